import type { TSESLint } from '@typescript-eslint/utils';

import { isReported } from '../src/analysis/findings.js';
import { createRule } from '../src/create-rule.js';
import { removalInDisposer, removalInFinally } from '../src/edits/added-removal.js';
import { matchingRemoval } from '../src/edits/matching-removal.js';
import { analyseFile } from '../src/file-analysis.js';
import type { BackReference } from '../src/file-analysis.js';
import { mention } from '../src/mention.js';
import { reportOptionSchema, thresholdOf } from '../src/report-option.js';
import type { ReportOption } from '../src/report-option.js';

type MessageId = BackReference['kind'] | 'makeItMatch' | 'removeInDisposer' | 'removeInFinally';

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
      globalSender:
        '`{{sender}}` lives as long as the program and keeps every instance alive through this listener. Remove it when the instance is disposed of.',
      makeItMatch: 'Add and remove the same function.',
      partialCleanup:
        'This listener stays on `{{sender}}` and keeps the instance alive: `{{witness}}` takes another one off (line {{line}}). Remove this one there too.',
      removalCannotMatch:
        'This listener stays on `{{sender}}`: `{{witness}}` names another function (line {{line}}). Add and remove one function.',
      removeInDisposer: 'Remove it in the disposer.',
      removeInFinally: 'Remove it in `finally`.',
      siblingKept:
        'This listener stays on `{{sender}}` when the promise is settled by another one. Remove each of them when one is called.',
      skippedByDisposer:
        'This listener stays on `{{sender}}` and keeps the instance alive after `{{disposer}}` (line {{line}}). Remove it there.',
      waitListenerKept:
        '`{{sender}}` keeps this listener when the promise has settled, once more with each call. Remove it when the promise settles.',
    },
    schema: reportOptionSchema,
  },
  create(context) {
    return {
      'Program:exit'() {
        const { settings, listeners } = analyseFile(context);
        const threshold = thresholdOf(context.options, settings);
        for (const finding of listeners().backReferences) {
          if (!isReported(finding.confidence, threshold)) continue;
          const suggest = suggestionsFor(context.sourceCode, finding);
          context.report({ ...descriptorOf(context.sourceCode, finding), suggest });
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

/** What takes the listener off; nothing where a promise waits for it, as only the author knows what settles it. */
function suggestionsFor(
  sourceCode: Readonly<TSESLint.SourceCode>,
  finding: BackReference,
): TSESLint.SuggestionReportDescriptor<MessageId>[] {
  switch (finding.kind) {
    case 'abortListenerKept':
      return suggestion('removeInFinally', removalInFinally(sourceCode, finding));
    case 'partialCleanup':
    case 'skippedByDisposer':
      return suggestion('removeInDisposer', removalInDisposer(sourceCode, finding));
    case 'removalCannotMatch':
      return suggestion('makeItMatch', finding.ineffective ? matchingRemoval(sourceCode, finding.ineffective) : null);
    default:
      return [];
  }
}

function suggestion(
  messageId: MessageId,
  fix: TSESLint.ReportFixFunction | null,
): TSESLint.SuggestionReportDescriptor<MessageId>[] {
  return fix === null ? [] : [{ messageId, fix }];
}
