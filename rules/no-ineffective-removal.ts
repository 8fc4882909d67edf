import { isReported } from '../src/analysis/findings.js';
import { createRule } from '../src/create-rule.js';
import { matchingRemoval } from '../src/edits/matching-removal.js';
import { analyseFile } from '../src/file-analysis.js';
import type { IneffectiveRemoval } from '../src/file-analysis.js';
import { mention } from '../src/mention.js';
import { reportOptionSchema, thresholdOf } from '../src/report-option.js';
import type { ReportOption } from '../src/report-option.js';

type MessageId = IneffectiveRemoval['kind'] | 'makeItMatch';

export const noIneffectiveRemoval = createRule<ReportOption, MessageId>({
  name: 'no-ineffective-removal',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow removing a listener in a way that cannot match its registration',
      recommended: 'recommended',
      kinds: [],
    },
    fixable: 'code',
    hasSuggestions: true,
    messages: {
      freshHandler:
        '`{{handler}}` makes a new function, so `{{method}}` takes nothing off. Add and remove one function that is kept in a variable or a field.',
      makeItMatch: 'Add and remove the same function.',
      neverRegistered:
        '`{{handler}}` is made for this removal alone, so `{{method}}` takes nothing off. Remove the function that was added (line {{line}}).',
      otherCapture:
        'The listener was added with the other `capture` flag (line {{line}}), so `{{method}}` takes nothing off. Use the same flag.',
      wrappedHandler:
        '`{{added}}` was added (line {{line}}), which is another function than `{{handler}}`, so `{{method}}` takes nothing off. Add and remove one function.',
    },
    schema: reportOptionSchema,
  },
  create(context) {
    const { sourceCode } = context;
    return {
      'Program:exit'() {
        const { settings, listeners } = analyseFile(context);
        const threshold = thresholdOf(context.options, settings);
        for (const finding of listeners().ineffectiveRemovals) {
          const { kind, removal, registration, confidence } = finding;
          if (!isReported(confidence, threshold)) continue;
          const { call, method, handler } = removal;
          const fix = matchingRemoval(sourceCode, finding);
          context.report({
            node: call,
            messageId: kind,
            data: {
              method,
              handler: mention(sourceCode, handler?.node ?? call),
              added: mention(sourceCode, registration?.handler.node ?? call),
              line: String((registration?.call ?? call).loc.start.line),
            },
            ...(settings.fixes === 'none' && fix !== null ? { suggest: [{ messageId: 'makeItMatch', fix }] } : { fix }),
          });
        }
      },
    };
  },
});
