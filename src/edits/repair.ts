import type { TSESTree } from '@typescript-eslint/utils';

import type { Draft } from './draft.js';

/** What the edits do, as the editor's menu says it. */
export const repairMessages = {
  addDisposer: 'Add a method `{{name}}` that calls `{{release}}`.',
  addRelease: 'Add `{{release}}` after it.',
  insertAwait: 'Await the promise before `finally` releases.',
  moveAcquireBeforeTry: 'Acquire before `try`.',
  releaseBeforeDropping: 'Call `{{release}}` before it is taken out.',
  releaseBeforeReplacing: 'Call `{{release}}` before the field gets the next one.',
  releaseBeforeReturn: 'Release before `return`.',
  releaseInDisposer: 'Call `{{release}}` in the disposer.',
  releaseInFinally: 'Release in `finally`.',
  releaseOnError: 'Release in `catch` and throw on.',
  startTryAtAcquire: 'Start `try` right after the acquire.',
  terminateAfterMessage: 'Call `{{release}}` when the answer is there.',
  terminateWhenSettled: 'Call `{{release}}` where the promise is settled.',
  useScopedForm: 'Use `{{method}}`, which releases by itself.',
  wrapInTryFinally: 'Wrap the code up to the release in `try` and release in `finally`.',
} as const;

export type RepairId = keyof typeof repairMessages;

/** One way to repair what a finding tells. */
export interface Repair {
  readonly messageId: RepairId;
  readonly data?: Readonly<Record<string, string>>;
  readonly draft: Draft;
  /** The node whose text the edit replaces. Default: the function that acquires. */
  readonly scope?: TSESTree.Node;
  /** Whether nothing but the missed path changes, as far as can be seen. Otherwise it is for the author to decide. */
  readonly isExact: boolean;
}
