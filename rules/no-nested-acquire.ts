import { createRule } from '../src/create-rule.js';
import { analyseFile } from '../src/file-analysis.js';
import { reportOptionSchema, type ReportOption } from '../src/report-option.js';

type MessageId = 'acquiredAgain' | 'acquiredAgainInCallee';

/** Reports a lock that is acquired again by code that runs while it is held. */
export const noNestedAcquire = createRule<ReportOption, MessageId>({
  name: 'no-nested-acquire',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow acquiring a lock again while it is held, which waits for ever',
      recommended: 'strict',
      kinds: ['lock'],
    },
    messages: {
      acquiredAgain:
        '`{{call}}` waits for the {{noun}} that `{{outer}}` holds (line {{outerLine}}), so neither ends. Do the work without acquiring it again.',
      acquiredAgainInCallee:
        '`{{call}}` acquires the {{noun}} (line {{innerLine}}) that `{{outer}}` holds (line {{outerLine}}), so neither ends. Call a function that expects it to be held.',
    },
    schema: reportOptionSchema,
  },
  create(context) {
    const { sourceCode } = context;
    return {
      'Program:exit'() {
        for (const { call, inner, outer, specification } of analyseFile(context).nestedAcquires()) {
          context.report({
            node: call,
            messageId: call === inner ? 'acquiredAgain' : 'acquiredAgainInCallee',
            data: {
              call: sourceCode.getText(call.callee),
              noun: specification.noun,
              outer: sourceCode.getText(outer.callee),
              outerLine: String(outer.loc.start.line),
              innerLine: String(inner.loc.start.line),
            },
          });
        }
      },
    };
  },
});
