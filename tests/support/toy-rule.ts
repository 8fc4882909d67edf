import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { createRule } from '../../src/create-rule.js';

type MessageId = 'open' | 'twice' | 'close';
type Report = TSESLint.ReportDescriptor<MessageId>;
type Context = Readonly<TSESLint.RuleContext<MessageId, []>>;

/** A rule that reports each call of `open`, with what `edit` adds to the report, to show the harness right and wrong rules. */
export function createToyRule(
  edit: (call: TSESTree.CallExpression, context: Context) => Partial<Report>,
  applies: (call: TSESTree.CallExpression, context: Context) => boolean = () => true,
) {
  return createRule<[], MessageId>({
    name: 'toy',
    meta: {
      type: 'problem',
      docs: { description: 'Disallow open', recommended: 'strict', kinds: [] },
      fixable: 'code',
      hasSuggestions: true,
      messages: {
        open: '`{{argument}}` is opened.',
        twice: 'It is opened twice.',
        close: 'Close it.',
      },
      schema: [],
    },
    create: context => ({
      'CallExpression[callee.name="open"]'(call: TSESTree.CallExpression) {
        if (!applies(call, context)) return;
        const argument = context.sourceCode.getText(call.arguments[0]);
        context.report({ node: call, messageId: 'open', data: { argument }, ...edit(call, context) });
      },
    }),
  });
}
