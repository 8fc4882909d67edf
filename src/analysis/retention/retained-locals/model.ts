import type { TSESTree } from '@typescript-eslint/utils';

import type { Assumption } from '../../findings.js';

/**
 * What a function waits for while it keeps a local.
 *
 * - `wait`: something outside, for nobody knows how long. `loop`: whatever each round of a loop that nothing ends waits for.
 */
export interface LongWait {
  readonly kind: 'loop' | 'wait';
  /** The `await`, or the loop. */
  readonly node: TSESTree.Node;
}

/** A large local that nothing uses any more while its function waits. */
export interface RetainedLocal {
  readonly declaration: TSESTree.VariableDeclarator;
  readonly name: TSESTree.Identifier;
  readonly wait: LongWait;
  /** Its last mention, or the loop around that. */
  readonly lastUse: TSESTree.Node;
  readonly assumptions: readonly Assumption[];
}
