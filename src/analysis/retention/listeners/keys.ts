import type { TSESTree } from '@typescript-eslint/utils';

import type { ClassModel, Classes } from '../../classes/class-model.js';
import type { Variables } from '../../scope/variables.js';
import { ancestorsOf } from '../../syntax/ancestors.js';
import { propertyName, stringOf } from '../../syntax/property-name.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import { referenceText } from '../../value-flow/reference-text.js';
import type { EventKey } from './model.js';

/** Names things so that two expressions which surely mean the same thing have the same name, in all of a file. */
export interface Keys {
  /** The name of what an expression refers to; undefined for what is computed anew by each evaluation. */
  of(node: TSESTree.Expression): string | undefined;
  /** The name of an event. */
  ofEvent(node: TSESTree.CallExpressionArgument | undefined): EventKey;
  /** The class whose instance is `this` at `node`, or at the nearest place around it where it is one's. */
  classAround(node: TSESTree.Node): ClassModel | undefined;
}

/** The names in the file of `variables`. */
export function createKeys(variables: Variables, classes: Classes): Keys {
  const numbers = new Map<object, number>();
  return { of, ofEvent, classAround };

  function of(node: TSESTree.Expression): string | undefined {
    const text = referenceText(node, variables);
    const root = text === undefined ? undefined : /^[\w$]+/u.exec(text)?.[0];
    if (text === undefined || root === undefined) return undefined;
    return `${owner(root, node)}:${text}`;
  }

  /** What the first name of a text belongs to. */
  function owner(root: string, node: TSESTree.Expression): string {
    if (root === 'this') {
      const model = rootClass(classAround(node));
      return model === undefined ? 'this' : numbered(model);
    }
    const isItself = node.type === 'Identifier' && node.name === root;
    const variable = isItself ? variables.of(node) : variables.named(root, node);
    return variable === undefined || variable.defs.length === 0 ? 'global' : numbered(variable);
  }

  function numbered(thing: object): string {
    const number = numbers.get(thing) ?? numbers.size;
    numbers.set(thing, number);
    return String(number);
  }

  function classAround(node: TSESTree.Node): ClassModel | undefined {
    for (const current of [node, ...ancestorsOf(node)]) {
      const model = classes.around(current);
      if (model !== undefined) return model;
    }
    return undefined;
  }

  function ofEvent(node: TSESTree.CallExpressionArgument | undefined): EventKey {
    if (node === undefined || node.type === 'SpreadElement') return { name: undefined, isLiteral: false };
    const text = literalOf(node, 0);
    if (text !== undefined) return { name: isOne(text) ? text : undefined, isLiteral: true };
    return { name: of(node), isLiteral: false };
  }

  /** The text that an event's expression has, by constants, enums and constant objects of this file. */
  function literalOf(node: TSESTree.Expression, depth: number): string | undefined {
    const expression = skipWrappers(node);
    const text = stringOf(expression);
    if (text !== undefined || depth > maximumDepth) return text;
    if (expression.type === 'Identifier') {
      const init = constantOf(expression);
      return init === undefined ? undefined : literalOf(init, depth + 1);
    }
    if (expression.type !== 'MemberExpression' || expression.object.type !== 'Identifier') return undefined;
    const name = propertyName(expression);
    const value = name === undefined ? undefined : memberOfConstant(expression.object, name);
    return value === undefined ? undefined : stringOf(value);
  }

  function constantOf(node: TSESTree.Identifier): TSESTree.Expression | undefined {
    const definition = variables.of(node)?.defs[0];
    const isConstant = definition?.type === 'Variable' && definition.parent.kind === 'const';
    return isConstant && definition.node.id.type === 'Identifier' ? (definition.node.init ?? undefined) : undefined;
  }

  function memberOfConstant(object: TSESTree.Identifier, name: string): TSESTree.Node | undefined {
    const definition = variables.of(object)?.defs[0];
    if (definition?.type === 'TSEnumName') {
      const member = definition.node.body.members.find(({ id }) => nameOf(id) === name);
      return member?.initializer;
    }
    const init = constantOf(object);
    const literal = init === undefined ? undefined : frozen(skipWrappers(init));
    if (literal?.type !== 'ObjectExpression') return undefined;
    const property = literal.properties.find(each => each.type === 'Property' && propertyName(each) === name);
    return property?.type === 'Property' ? property.value : undefined;
  }
}

/** Whether two events may be the same one. */
export function mayBeSameEvent(left: EventKey, right: EventKey): boolean {
  if (left.name === undefined || right.name === undefined) return true;
  return !(left.isLiteral && right.isLiteral) || left.name === right.name;
}

/** Whether two events are surely the same one. */
export function isSameEvent(left: EventKey, right: EventKey): boolean {
  return left.name !== undefined && left.name === right.name && left.isLiteral === right.isLiteral;
}

const maximumDepth = 3;

/** jQuery and others take several events, or a namespace, in one string. */
function isOne(event: string): boolean {
  return !/[\s*]|^\./u.test(event);
}

function frozen(node: TSESTree.Expression): TSESTree.Expression {
  const [argument] = node.type === 'CallExpression' ? node.arguments : [];
  const isFreeze = node.type === 'CallExpression' && propertyNameOf(node.callee) === 'freeze';
  return isFreeze && argument !== undefined && argument.type !== 'SpreadElement' ? skipWrappers(argument) : node;
}

function propertyNameOf(node: TSESTree.Expression): string | undefined {
  return node.type === 'MemberExpression' ? propertyName(node) : undefined;
}

function nameOf(node: TSESTree.Node): string | undefined {
  return node.type === 'Identifier' ? node.name : stringOf(node);
}

function rootClass(model: ClassModel | undefined): ClassModel | undefined {
  return model?.superClass === undefined ? model : rootClass(model.superClass);
}
