import { confidenceOf, isReported } from '../src/analysis/findings.js';
import { createRule } from '../src/create-rule.js';
import { analyseFile } from '../src/file-analysis.js';
import { reportOptionSchema, thresholdOf, type ReportOption } from '../src/report-option.js';

/** Reports a promise that gathers a reaction from each round of a loop that races it. */
export const noRaceLeak = createRule<ReportOption, 'repeatedRace'>({
  name: 'no-race-leak',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow racing one pending promise again in each round of a loop',
      recommended: 'strict',
      kinds: [],
    },
    messages: {
      repeatedRace:
        '`{{contender}}` keeps what each round of the loop (line {{line}}) hands to `{{call}}` until it settles. Register on it once, before the loop.',
    },
    schema: reportOptionSchema,
  },
  create(context) {
    const { sourceCode } = context;
    return {
      'Program:exit'() {
        const { settings, repeatedRaces } = analyseFile(context);
        const threshold = thresholdOf(context.options, settings);
        for (const { call, contender, loop, assumptions } of repeatedRaces()) {
          if (!isReported(confidenceOf(assumptions), threshold)) continue;
          context.report({
            node: contender,
            messageId: 'repeatedRace',
            data: {
              contender: contender.name,
              call: sourceCode.getText(call.callee),
              line: String(loop.loc.start.line),
            },
          });
        }
      },
    };
  },
});
