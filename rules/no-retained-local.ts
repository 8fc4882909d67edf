import { confidenceOf, isReported } from '../src/analysis/findings.js';
import { createRule } from '../src/create-rule.js';
import { ownFunction } from '../src/edits/own-function.js';
import { analyseFile } from '../src/file-analysis.js';
import { mention } from '../src/mention.js';
import { reportOptionSchema, thresholdOf, type ReportOption } from '../src/report-option.js';

/** One message for each thing that the function does meanwhile, and the edit. */
const messages = {
  keptDuringWait:
    '`{{name}}` is not used any more, but code that is not optimised keeps it until `{{wait}}` ends (line {{line}}). Make and use it in a function of its own.',
  keptInLoop:
    '`{{name}}` is not used any more, but code that is not optimised keeps it as long as the loop of line {{line}} runs. Make and use it in a function of its own.',
  moveToOwnFunction: 'Make and use `{{name}}` in a function of its own.',
} as const;

/** Reports a large local that a suspended function keeps after its last use. */
export const noRetainedLocal = createRule<ReportOption, keyof typeof messages>({
  name: 'no-retained-local',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow keeping a large local that is done with through a long wait',
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
        const { settings, retainedLocals } = analyseFile(context);
        const threshold = thresholdOf(context.options, settings);
        for (const local of retainedLocals()) {
          if (!isReported(confidenceOf(local.assumptions), threshold)) continue;
          const { name, wait } = local;
          const fix = ownFunction(sourceCode, local);
          context.report({
            node: name,
            messageId: wait.kind === 'loop' ? 'keptInLoop' : 'keptDuringWait',
            data: {
              name: name.name,
              wait: mention(sourceCode, wait.node.type === 'ForOfStatement' ? wait.node.right : wait.node),
              line: String(wait.node.loc.start.line),
            },
            suggest: fix === null ? [] : [{ messageId: 'moveToOwnFunction', data: { name: name.name }, fix }],
          });
        }
      },
    };
  },
});
