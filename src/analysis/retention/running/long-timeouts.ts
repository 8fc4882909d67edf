import type { TSESTree } from '@typescript-eslint/utils';

import type { Variables } from '../../scope/variables.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import type { Running } from './leak.js';

const minute = 60_000;

/** Whether something that runs once is to do that in a minute or later, by a delay that is written out. */
export function isFarAway({ start: { arguments: given } }: Running, variables: Variables): boolean {
  const [, delay] = given;
  return delay !== undefined && delay.type !== 'SpreadElement' && (numberOf(delay, variables) ?? 0) >= minute;
}

/** The number that an expression of literals and constants of the file gives. */
function numberOf(node: TSESTree.Expression, variables: Variables): number | undefined {
  const expression = skipWrappers(node);
  switch (expression.type) {
    case 'Literal':
      return typeof expression.value === 'number' ? expression.value : undefined;
    case 'BinaryExpression': {
      const [left, right] = [expression.left, expression.right].map(each =>
        each.type === 'PrivateIdentifier' ? undefined : numberOf(each, variables),
      );
      if (left === undefined || right === undefined) return undefined;
      return expression.operator === '*' ? left * right : expression.operator === '+' ? left + right : undefined;
    }
    case 'Identifier': {
      const definition = variables.of(expression)?.defs[0];
      const isConstant = definition?.type === 'Variable' && definition.parent.kind === 'const';
      return isConstant && definition.node.init?.type !== 'Identifier' && definition.node.init
        ? numberOf(definition.node.init, variables)
        : undefined;
    }
    default:
      return undefined;
  }
}
