import type { TSESTree } from '@typescript-eslint/utils';

import type { Variables } from '../scope/variables.js';
import { ancestorsOf } from '../syntax/ancestors.js';
import { contains } from '../syntax/contains.js';
import { propertyName } from '../syntax/property-name.js';
import { addingMethods, maximumVariables } from '../value-flow/owner-class.js';

/** A field of an instance that gets a value. */
export interface StoredField {
  readonly name: string;
  /** The call that puts the value, or what holds it, into a container that the field holds. */
  readonly adding?: TSESTree.CallExpression;
}

/**
 * The fields into which `value` gets: by itself, in a container, or by way of a variable.
 *
 * @param method where the search ends; undefined in the initialiser of a field
 */
export function storedFieldsOf(
  value: TSESTree.Node,
  method: TSESTree.Node | undefined,
  variables: Variables,
  steps = maximumVariables,
): StoredField[] {
  for (const around of ancestorsOf(value)) {
    if (around === method) {
      return [];
    }
    const field = fieldAt(around, value);
    if (field !== undefined) {
      return [field];
    }
    if (around.type === 'VariableDeclarator' && around.id.type === 'Identifier') {
      const references = steps === 0 ? [] : (variables.of(around.id)?.references ?? []);
      const values = references.filter(({ identifier, init }) => init !== true && identifier.parent.type !== 'MemberExpression');
      return values.flatMap(({ identifier }) => storedFieldsOf(identifier, method, variables, steps - 1));
    }
  }
  return [];
}

/** `this.field = …`, `field = …` in the class body, `this.field.push(…)`. */
function fieldAt(around: TSESTree.Node, value: TSESTree.Node): StoredField | undefined {
  switch (around.type) {
    case 'AssignmentExpression':
      return contains(around.right, value) ? fieldNamed(fieldOfThis(around.left)) : undefined;
    case 'PropertyDefinition':
      return fieldNamed(propertyName(around));
    case 'CallExpression': {
      const { callee } = around;
      const isGiven = around.arguments.some(argument => contains(argument, value));
      const isAdding = isGiven && callee.type === 'MemberExpression' && addingMethods.has(propertyName(callee) ?? '');
      return isAdding ? fieldNamed(fieldOfThis(callee.object), around) : undefined;
    }
    default:
      return undefined;
  }
}

function fieldNamed(name: string | undefined, adding?: TSESTree.CallExpression): StoredField | undefined {
  return name === undefined ? undefined : { name, ...(adding === undefined ? {} : { adding }) };
}

/** The name in `this.name`. */
export function fieldOfThis(node: TSESTree.Node): string | undefined {
  return node.type === 'MemberExpression' && node.object.type === 'ThisExpression' ? propertyName(node) : undefined;
}
