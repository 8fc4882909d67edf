import type { TSESLint } from '@typescript-eslint/utils';

import { isReported } from '../src/analysis/findings.js';
import { createRule } from '../src/create-rule.js';
import { removalInDisposer, removalInFinally, removalReturned } from '../src/edits/added-removal.js';
import { signalOfController } from '../src/edits/controller-signal.js';
import { matchingRemoval } from '../src/edits/matching-removal.js';
import { removalWhenSettled } from '../src/edits/removal-when-settled.js';
import type { StopContext } from '../src/edits/stop-running.js';
import { weakHandler } from '../src/edits/weak-handler.js';
import { analyseFile } from '../src/file-analysis.js';
import type { BackReference } from '../src/file-analysis.js';
import { mention } from '../src/mention.js';
import { reportOptionSchema, thresholdOf } from '../src/report-option.js';
import type { ReportOption } from '../src/report-option.js';

type MessageId =
  | BackReference['kind']
  | 'addSignal'
  | 'holdWeakly'
  | 'makeItMatch'
  | 'removeInDisposer'
  | 'removeInFinally'
  | 'removeWhenSettled'
  | 'returnCleanup';

export const noStrongListenerBackref = createRule<ReportOption, MessageId>({
  name: 'no-strong-listener-backref',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow listeners that keep their host alive on a sender that outlives it',
      recommended: 'strict',
      kinds: [],
    },
    hasSuggestions: true,
    messages: {
      abortListenerKept:
        '`{{sender}}` keeps this listener when the call has ended, once more with each call; `once` frees it only by an abort. Remove it in `finally`.',
      addedAgain:
        'Each call of this method adds one more listener to `{{sender}}`, and nothing removes them. Add it once, or remove the one before.',
      addSignal: 'Register it with the signal of the controller that the disposer aborts.',
      globalSender:
        '`{{sender}}` lives as long as the program and keeps every instance alive through this listener. Remove it when the instance is disposed of.',
      holdWeakly: 'Let it hold the instance weakly.',
      injectedSender:
        '`{{sender}}` keeps the instance alive through this listener for as long as it lives itself. Remove it when the instance is done.',
      makeItMatch: 'Add and remove the same function.',
      missingCleanup:
        'The effect returns nothing that removes this listener from `{{sender}}`. Return a function that does.',
      partialCleanup:
        'This listener stays on `{{sender}}` and keeps the instance alive: `{{witness}}` takes another one off (line {{line}}). Remove this one there too.',
      removalCannotMatch:
        'This listener stays on `{{sender}}`: `{{witness}}` names another function (line {{line}}). Add and remove one function.',
      removeInDisposer: 'Remove it in the disposer.',
      removeInFinally: 'Remove it in `finally`.',
      removeWhenSettled: 'Remove it wherever the promise is settled.',
      returnCleanup: 'Return a function that removes it.',
      siblingKept:
        'This listener stays on `{{sender}}` when the promise is settled by another one. Remove each of them when one is called.',
      skippedByDisposer:
        'This listener stays on `{{sender}}` and keeps the instance alive after `{{disposer}}` (line {{line}}). Remove it there.',
      wrapperKept:
        '`{{sender}}` keeps what this function returns alive through this listener. Remove it when that is done.',
      waitListenerKept:
        '`{{sender}}` keeps this listener when the promise has settled, once more with each call. Remove it when the promise settles.',
    },
    schema: reportOptionSchema,
  },
  create(context) {
    const { sourceCode } = context;
    return {
      'Program:exit'() {
        const { settings, listeners } = analyseFile(context);
        const threshold = thresholdOf(context.options, settings);
        for (const finding of listeners().backReferences) {
          if (!isReported(finding.confidence, threshold)) continue;
          const suggest = suggestionsFor({ sourceCode, isTypeScript: /\.[cm]?tsx?$/u.test(context.filename) }, finding);
          context.report({ ...descriptorOf(sourceCode, finding), suggest });
        }
      },
    };
  },
});

function descriptorOf(
  sourceCode: Readonly<TSESLint.SourceCode>,
  { kind, registration, witness, disposer }: BackReference,
): TSESLint.ReportDescriptor<MessageId> {
  return {
    node: registration.call,
    messageId: kind,
    data: {
      sender: mention(sourceCode, registration.sender.node),
      witness: mention(sourceCode, witness),
      disposer: disposer ?? '',
      line: String(witness.loc.start.line),
    },
  };
}

/** What takes the listener off. */
function suggestionsFor(
  context: StopContext,
  finding: BackReference,
): TSESLint.SuggestionReportDescriptor<MessageId>[] {
  const { sourceCode } = context;
  switch (finding.kind) {
    case 'abortListenerKept':
      return [
        ...suggestion('removeInFinally', removalInFinally(sourceCode, finding)),
        ...suggestion('removeWhenSettled', removalWhenSettled(context, finding)),
      ];
    case 'siblingKept':
    case 'waitListenerKept':
      return suggestion('removeWhenSettled', removalWhenSettled(context, finding));
    case 'partialCleanup':
    case 'skippedByDisposer':
      return [
        ...suggestion('addSignal', signalOfController(sourceCode, finding)),
        ...suggestion('removeInDisposer', removalInDisposer(sourceCode, finding)),
      ];
    case 'globalSender':
    case 'injectedSender':
      return suggestion('holdWeakly', weakHandler(sourceCode, finding));
    case 'missingCleanup':
      return suggestion('returnCleanup', removalReturned(sourceCode, finding));
    case 'addedAgain':
    case 'wrapperKept':
      return [];
    case 'removalCannotMatch':
      return suggestion('makeItMatch', finding.ineffective ? matchingRemoval(sourceCode, finding.ineffective) : null);
  }
}

function suggestion(
  messageId: MessageId,
  fix: TSESLint.ReportFixFunction | null,
): TSESLint.SuggestionReportDescriptor<MessageId>[] {
  return fix === null ? [] : [{ messageId, fix }];
}
