import type { TSESLint } from '@typescript-eslint/utils';

import { confidenceOf, isReported } from '../src/analysis/findings.js';
import { createRule } from '../src/create-rule.js';
import { loopCondition } from '../src/edits/loop-condition.js';
import { analyseFile } from '../src/file-analysis.js';
import type { EndlessRun } from '../src/file-analysis.js';
import { mention } from '../src/mention.js';
import { reportOptionSchema, thresholdOf } from '../src/report-option.js';
import type { ReportOption } from '../src/report-option.js';

/** One message for each way to have no end, and the edit. */
const messages = {
  blocksListener:
    'The loop never lets go of the thread, so that `{{witness}}` (line {{line}}) hears nothing. Await something in each round.',
  neverChanges: 'Nothing changes `{{name}}`, so that the loop has no end. Set it where the loop is to stop.',
  neverSeen:
    '`{{name}}` stays as it is while the loop runs: only `{{witness}}` (line {{line}}) changes it, and no event is handled meanwhile. Await something in each round.',
  onlyTerminated: 'Nothing in this worker ends the loop: `terminate()` does, in the middle of a round. Let a message end it.',
  outlivesDisposer: '`{{name}}` (line {{line}}) does not end this loop, which goes on and keeps its instance. Stop it there.',
  rearmed: 'Nothing in this worker ends what `{{node}}` starts again and again. Let a message end it.',
  checkCondition: 'Go on while `{{condition}}`.',
} as const satisfies Record<EndlessRun['kind'] | 'checkCondition', string>;

export const requireStopSignal = createRule<ReportOption, keyof typeof messages>({
  name: 'require-stop-signal',
  meta: {
    type: 'problem',
    docs: {
      description: 'Require loops of workers and of instances that end to have an end',
      recommended: 'strict',
      kinds: [],
    },
    hasSuggestions: true,
    messages,
    schema: reportOptionSchema,
  },
  create(context) {
    const { sourceCode } = context;
    return {
      'Program:exit'() {
        const { settings, endlessRuns } = analyseFile(context);
        const threshold = thresholdOf(context.options, settings);
        for (const finding of endlessRuns()) {
          if (!isReported(confidenceOf(finding.assumptions), threshold)) continue;
          const { kind, node, name = '', witness = node, condition = '' } = finding;
          const fix = loopCondition(finding);
          context.report({
            loc: headOf(sourceCode, node),
            messageId: kind,
            data: {
              name,
              node: mention(sourceCode, node),
              witness: mention(sourceCode, witness),
              line: String(witness.loc.start.line),
            },
            suggest: fix === null ? [] : [{ messageId: 'checkCondition', data: { condition }, fix }],
          });
        }
      },
    };
  },
});

/** A loop without its body. */
function headOf(sourceCode: Readonly<TSESLint.SourceCode>, node: EndlessRun['node']): TSESLint.AST.SourceLocation {
  const last = node.type === 'CallExpression' ? null : sourceCode.getTokenBefore(node.body);
  return last === null ? node.loc : { start: node.loc.start, end: last.loc.end };
}
