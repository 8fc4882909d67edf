import { isReported } from '../src/analysis/findings.js';
import { createRule } from '../src/create-rule.js';
import { transferList } from '../src/edits/transfer-list.js';
import { analyseFile } from '../src/file-analysis.js';
import type { CloneFinding } from '../src/file-analysis.js';
import { mention } from '../src/mention.js';
import { reportOptionSchema, thresholdOf } from '../src/report-option.js';
import type { ReportOption } from '../src/report-option.js';

/** One message for each thing that is copied, and the edit. */
const messages = {
  clonesContainer:
    'Each `{{call}}` copies all that `{{node}}` holds by then (line {{line}}). Send what is new, or keep it in one thread.',
  clonesDeadBuffer: '`{{call}}` copies `{{node}}`, which nothing reads afterwards. Transfer it.',
  portNotTransferred: '`{{call}}` throws a `DataCloneError`: `{{node}}` can only be transferred. Name it in the transfer list.',
  transfer: 'Name `{{transferable}}` in the transfer list.',
} as const satisfies Record<CloneFinding['kind'] | 'transfer', string>;

export const noLargeClone = createRule<ReportOption, keyof typeof messages>({
  name: 'no-large-clone',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow copying into another thread what could be transferred',
      recommended: 'strict',
      kinds: [],
    },
    fixable: 'code',
    hasSuggestions: true,
    messages,
    schema: reportOptionSchema,
  },
  create(context) {
    const { sourceCode } = context;
    return {
      'Program:exit'() {
        const { settings, clones } = analyseFile(context);
        const threshold = thresholdOf(context.options, settings);
        for (const finding of clones()) {
          if (!isReported(finding.confidence, threshold)) continue;
          const { kind, node, call, transferable = '' } = finding;
          const fix = transferList(finding);
          // A buffer that is dead is as good transferred; whether the other port is the right one to send is not known.
          const isAutomatic = kind === 'clonesDeadBuffer' && settings.fixes !== 'none';
          context.report({
            node,
            messageId: kind,
            data: {
              call: mention(sourceCode, call.callee),
              node: mention(sourceCode, node),
              line: String(node.loc.start.line),
            },
            fix: isAutomatic ? fix : null,
            suggest: isAutomatic || fix === null ? [] : [{ messageId: 'transfer', data: { transferable }, fix }],
          });
        }
      },
    };
  },
});
