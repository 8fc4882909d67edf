import type { TSESTree } from '@typescript-eslint/utils';

import type { Variables } from '../../scope/variables.js';
import { isExpression } from '../../syntax/expressions.js';
import { memberName } from '../../syntax/member-name.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';

/** Methods and functions, by their last name, whose results are as large as what they read. */
const producers = new Set([
  'arrayBuffer', 'blob', 'readFile', 'readFileSync', 'getImageData', 'structuredClone',
]);

/** Constructors of buffers. */
const bufferTypes = new Set([
  'ArrayBuffer', 'BigInt64Array', 'BigUint64Array', 'Float32Array', 'Float64Array', 'Int16Array', 'Int32Array',
  'Int8Array', 'Uint16Array', 'Uint32Array', 'Uint8Array', 'Uint8ClampedArray',
]);

/** Names of files that are written by hand, or hold a key: settings, manifests, lists of what to ignore. */
const handWritten = /(?:(?:package|tsconfig|manifest)\.json|\.(?:cert|cfg|conf|crt|env|ini|key|pem|plist|properties|pub|toml|ya?ml)|ignore|rc)$/iu;

/** A buffer of fewer elements is not large. */
const leastSize = 1_024;

/** Whether an expression makes or reads something large: a file, a body, a buffer that is not small. */
export function producesLarge(node: TSESTree.Expression, variables: Variables): boolean {
  const expression = skipWrappers(node);
  switch (expression.type) {
    case 'AwaitExpression':
      return producesLarge(expression.argument, variables);
    case 'CallExpression':
      return isProducer(expression, variables);
    case 'NewExpression':
      return isGlobalNamed(expression.callee, bufferTypes, variables) && isLarge(expression.arguments[0]);
    default:
      return false;
  }
}

function isProducer({ callee, arguments: given }: TSESTree.CallExpression, variables: Variables): boolean {
  const name = callee.type === 'Identifier' ? callee.name : memberName(callee);
  if (name === undefined) return false;
  if (producers.has(name)) return !isSmallByName(given[0]);
  const isBuffer = callee.type === 'MemberExpression' && isGlobalNamed(callee.object, new Set(['Buffer']), variables);
  return isBuffer && (name === 'concat' || (name.startsWith('alloc') && isLarge(given[0])));
}

/** `join(folder, 'package.json')`: the last text in it names a file that somebody writes by hand. */
function isSmallByName(path: TSESTree.CallExpressionArgument | undefined): boolean {
  switch (path?.type) {
    case 'Literal':
      return typeof path.value === 'string' && handWritten.test(path.value);
    case 'TemplateLiteral':
      return handWritten.test(path.quasis.at(-1)?.value.raw ?? '');
    case 'BinaryExpression':
      return isExpression(path.right) && isSmallByName(path.right);
    case 'CallExpression':
      return isSmallByName(path.arguments.at(-1));
    case 'NewExpression':
      return isSmallByName(path.arguments[0]);
    default:
      return false;
  }
}

function isGlobalNamed(node: TSESTree.Expression, names: ReadonlySet<string>, variables: Variables): boolean {
  return node.type === 'Identifier' && names.has(node.name) && variables.isUnshadowedGlobal(node);
}

function isLarge(size: TSESTree.CallExpressionArgument | undefined): boolean {
  if (size === undefined || size.type === 'ArrayExpression') return false;
  return !(size.type === 'Literal' && typeof size.value === 'number' && size.value < leastSize);
}
