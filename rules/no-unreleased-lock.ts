import { analyseFile } from '../src/file-analysis.js';
import { createRule } from '../src/create-rule.js';

export const noUnreleasedLock = createRule({
  name: 'no-unreleased-lock',
  meta: {
    type: 'problem',
    docs: { description: 'Require every acquired lock to be released on every path', recommended: 'recommended' },
    fixable: 'code',
    hasSuggestions: true,
    messages: { neverReleased: '{{noun}} is never released.' },
    schema: [],
  },
  defaultOptions: [],
  create(context) {
    return {
      'Program:exit'() {
        for (const outcome of analyseFile(context).outcomes(['lock'])) {
          if (outcome.kind === 'reported') {
            context.report({ node: outcome.obligation.acquire, messageId: 'neverReleased', data: { noun: outcome.obligation.specification.noun } });
          }
        }
      },
    };
  },
});
