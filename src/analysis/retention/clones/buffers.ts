import type { TSESTree } from '@typescript-eslint/utils';

import type { Variables } from '../../scope/variables.js';
import { memberName } from '../../syntax/member-name.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';

const viewTypes = new Set([
  'BigInt64Array', 'BigUint64Array', 'Float32Array', 'Float64Array', 'Int16Array', 'Int32Array', 'Int8Array',
  'Uint16Array', 'Uint32Array', 'Uint8Array', 'Uint8ClampedArray',
]);

/** Copying less than this costs less than a transfer. */
const leastSize = 1_024;

/**
 * What a transfer list names to send the value of an expression that is kept under `name`, if the expression makes a
 * buffer of its own: `data.buffer` for a view over the whole of a new `ArrayBuffer`, `data` for such a buffer itself.
 */
export function ownBuffer(node: TSESTree.Expression, name: string, variables: Variables): string | undefined {
  const expression = skipWrappers(node);
  switch (expression.type) {
    case 'AwaitExpression': {
      const call = skipWrappers(expression.argument);
      return call.type === 'CallExpression' && memberName(call.callee) === 'arrayBuffer' ? name : undefined;
    }
    case 'NewExpression': {
      const { callee, arguments: given } = expression;
      if (callee.type !== 'Identifier' || !variables.isUnshadowedGlobal(callee) || given.length !== 1) return undefined;
      const [size] = given;
      if (size === undefined || !isLargeSize(size)) return undefined;
      if (callee.name === 'ArrayBuffer') return name;
      return viewTypes.has(callee.name) ? `${name}.buffer` : undefined;
    }
    default:
      return undefined;
  }
}

/** Whether it is a number, and not a small one. A name may stand for another buffer, which the view would share. */
function isLargeSize(node: TSESTree.CallExpressionArgument): boolean {
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'number' && node.value >= leastSize;
    case 'BinaryExpression':
      return ['*', '+', '-', '<<'].includes(node.operator);
    case 'MemberExpression':
      return memberName(node) === 'length' || memberName(node) === 'byteLength';
    default:
      return false;
  }
}
