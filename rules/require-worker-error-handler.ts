import { confidenceOf, isReported } from '../src/analysis/findings.js';
import { createRule } from '../src/create-rule.js';
import { failureListener } from '../src/edits/failure-listener.js';
import { analyseFile } from '../src/file-analysis.js';
import type { UnheardFailure } from '../src/file-analysis.js';
import { mention } from '../src/mention.js';
import { reportOptionSchema, thresholdOf } from '../src/report-option.js';
import type { ReportOption } from '../src/report-option.js';

/** One message for each way not to learn of a failure, where it is lost and where it ends the process; and the edit. */
const messages = {
  neverSettles: 'The promise (line {{line}}) waits for ever when the worker fails: only `{{node}}` settles it. Reject it on `{{event}}`.',
  neverSettlesOrEnds:
    'An exception in the worker ends this process, and its end without an answer leaves the promise (line {{line}}) pending: only `{{node}}` settles it. Reject it on `{{event}}` and `{{end}}`.',
  neverSettlesAtEnd:
    'The promise (line {{line}}) waits for ever when the worker ends without an answer. Reject it on `{{end}}`.',
  requestsNeverSettle:
    'The promises (line {{line}}) that wait for answers of `{{node}}` wait for ever when the worker fails. Reject them on `{{event}}`.',
  requestsNeverSettleOrEnd:
    'An exception in `{{node}}` ends this process, and its end leaves the promises (line {{line}}) that wait for its answers pending. Reject them on `{{event}}` and `{{end}}`.',
  unheard: 'Nobody learns when `{{node}}` throws or its script is not loaded. Listen for `{{event}}`.',
  unheardEnds: 'An exception in `{{node}}` ends this process, as nothing listens for `{{event}}`. Listen for it.',
  rejectOnFailure: 'Reject the promise on {{events}}.',
} as const;

export const requireWorkerErrorHandler = createRule<ReportOption, keyof typeof messages>({
  name: 'require-worker-error-handler',
  meta: {
    type: 'problem',
    docs: {
      description: 'Require whoever waits for a worker to learn of its failure',
      recommended: 'strict',
      kinds: ['worker'],
    },
    hasSuggestions: true,
    messages,
    schema: reportOptionSchema,
  },
  create(context) {
    const { sourceCode } = context;
    return {
      'Program:exit'() {
        const { settings, unheardFailures } = analyseFile(context);
        const threshold = thresholdOf(context.options, settings);
        for (const finding of unheardFailures()) {
          if (!isReported(confidenceOf(finding.assumptions), threshold)) continue;
          const { node, wrapper, failure, events } = finding;
          const fix = failureListener(sourceCode, finding);
          context.report({
            node,
            messageId: messageOf(finding),
            data: {
              node: mention(sourceCode, node),
              line: String((wrapper?.promise ?? node).loc.start.line),
              event: failure.error,
              end: failure.end ?? '',
            },
            suggest:
              fix === null
                ? []
                : [{ messageId: 'rejectOnFailure', data: { events: events.map(event => `\`${event}\``).join(' and ') }, fix }],
          });
        }
      },
    };
  },
});

function messageOf({ kind, endsProgram }: UnheardFailure): Exclude<keyof typeof messages, 'rejectOnFailure'> {
  switch (kind) {
    case 'neverSettles':
      return endsProgram ? 'neverSettlesOrEnds' : kind;
    case 'requestsNeverSettle':
      return endsProgram ? 'requestsNeverSettleOrEnd' : kind;
    case 'unheard':
      return endsProgram ? 'unheardEnds' : kind;
    case 'neverSettlesAtEnd':
      return kind;
  }
}
