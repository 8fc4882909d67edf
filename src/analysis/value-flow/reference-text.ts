import type { TSESTree } from '@typescript-eslint/utils';

import type { Variables } from '../scope/variables.js';
import { propertyName } from '../syntax/property-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';

/**
 * A text that is equal for two expressions that name the same thing in one class or module: `this.mutex` for
 * `this.mutex!`, and for `mutex` after `const { mutex } = this`. Undefined for what is computed anew by each evaluation.
 */
export function referenceText(node: TSESTree.Expression, variables: Variables): string | undefined {
  return textOf(node, variables, 0);
}

const maximumAliases = 5;

function textOf(node: TSESTree.Expression, variables: Variables, aliases: number): string | undefined {
  const expression = skipWrappers(node);
  switch (expression.type) {
    case 'ThisExpression':
      return 'this';
    case 'Super':
      return 'this';
    case 'Identifier':
      return aliasOf(expression, variables, aliases) ?? expression.name;
    case 'Literal':
      return expression.raw;
    case 'MemberExpression': {
      const object = textOf(expression.object, variables, aliases);
      if (object === undefined) {
        return undefined;
      }
      const name = propertyName(expression);
      if (name !== undefined) {
        return `${object}.${name}`;
      }
      const key = expression.property.type === 'PrivateIdentifier' ? undefined : textOf(expression.property, variables, aliases);
      return key === undefined ? undefined : `${object}[${key}]`;
    }
    case 'CallExpression': {
      // `locks.get(key)` names the same lock each time, as far as one function is concerned.
      const callee = textOf(expression.callee, variables, aliases);
      const parts = expression.arguments.map(argument =>
        argument.type === 'SpreadElement' ? undefined : textOf(argument, variables, aliases),
      );
      return callee === undefined || parts.includes(undefined) ? undefined : `${callee}(${parts.join()})`;
    }
    default:
      return undefined;
  }
}

/** What a const binding stands for, if it only renames a member or a variable. */
function aliasOf(node: TSESTree.Identifier, variables: Variables, aliases: number): string | undefined {
  const definition = variables.of(node)?.defs[0];
  if (aliases >= maximumAliases || definition?.type !== 'Variable' || definition.parent.kind !== 'const') {
    return undefined;
  }
  const { id, init } = definition.node;
  if (init === null) {
    return undefined;
  }
  const source = skipWrappers(init);
  if (source.type !== 'MemberExpression' && source.type !== 'Identifier' && source.type !== 'ThisExpression') {
    return undefined;
  }
  const text = textOf(source, variables, aliases + 1);
  if (id.type === 'Identifier') {
    return text;
  }
  const property =
    id.type === 'ObjectPattern'
      ? id.properties.find(candidate => candidate.type === 'Property' && candidate.value === definition.name)
      : undefined;
  const name = property?.type === 'Property' ? propertyName(property) : undefined;
  return text === undefined || name === undefined ? undefined : `${text}.${name}`;
}
