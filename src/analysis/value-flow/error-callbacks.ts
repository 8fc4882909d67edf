import type { TSESTree } from '@typescript-eslint/utils';

import { isFunction } from '../syntax/functions.js';
import { errorParameterName } from './harmless.js';

/** A callback that is told of the failure, so that the call that it is given to does not throw it. */
export function isErrorCallback(node: TSESTree.Node): boolean {
  const first = isFunction(node) ? node.params[0] : undefined;
  return first?.type === 'Identifier' && errorParameterName.test(first.name);
}
