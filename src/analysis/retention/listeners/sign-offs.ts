import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { ClassModel, Method } from '../../classes/class-model.js';
import { reachableMethods } from '../../classes/reachable-methods.js';
import { descendantsOf } from '../../syntax/descendants.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import type { Keys } from './keys.js';
import type { Sender } from './model.js';

/** Tells where instances take leave of what they are registered on. */
export interface SignOffs {
  /**
   * Whether an instance takes leave of a sender when it ends: `this.hub.detach(this)`. Whoever takes leave of something
   * expects it to live on.
   */
  has(sender: Sender, model: ClassModel, disposers: readonly Method[]): boolean;
}

/** The sign-offs of one file. */
export function createSignOffs({ visitorKeys }: TSESLint.SourceCode, keys: Keys): SignOffs {
  return {
    has: ({ key }, model, disposers) =>
      key !== undefined &&
      [...reachableMethods(model, disposers)].some(({ node }) =>
        [...descendantsOf(node, visitorKeys)].some(each => each.type === 'CallExpression' && isOn(each, key)),
      ),
  };

  function isOn({ callee, arguments: given }: TSESTree.CallExpression, key: string): boolean {
    const method = skipWrappers(callee);
    if (method.type !== 'MemberExpression' || !given.some(({ type }) => type === 'ThisExpression')) return false;
    return keys.of(skipWrappers(method.object)) === key;
  }
}
