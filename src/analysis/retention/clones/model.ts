import type { TSESTree } from '@typescript-eslint/utils';

import type { Assumption, Confidence } from '../../findings.js';

/**
 * What a message clones, or cannot clone.
 *
 * - `clonesDeadBuffer`: a buffer that nobody reads afterwards. `clonesContainer`: a container that the module keeps
 *   filling, with each message.
 * - `portNotTransferred`: a port that is sent and not transferred, which throws a `DataCloneError`.
 */
export type CloneKind = 'clonesContainer' | 'clonesDeadBuffer' | 'portNotTransferred';

/** A value that is sent to another thread by copying it. */
export interface CloneFinding {
  readonly kind: CloneKind;
  /** The value in the message. */
  readonly node: TSESTree.Expression;
  readonly call: TSESTree.CallExpression | TSESTree.NewExpression;
  /** The object in which a transfer list can be a property: the options of a worker. */
  readonly options: TSESTree.ObjectExpression | undefined;
  /** What a transfer list names to send it: `data.buffer`. */
  readonly transferable: string | undefined;
  readonly assumptions: readonly Assumption[];
  readonly confidence: Confidence;
}
