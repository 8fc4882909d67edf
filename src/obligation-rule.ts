import type { FindingKind } from './analysis/findings.js';
import { isReported } from './analysis/findings.js';
import type { ResourceKind } from './analysis/specification.js';
import { createRule } from './create-rule.js';
import type { RuleDocs } from './create-rule.js';
import type { RepairId } from './edits/repairs.js';
import { editsOf, repairMessages } from './edits/repairs.js';
import { analyseFile } from './file-analysis.js';
import { messageData, messages, reportLocation } from './obligation-message.js';
import { reportOptionSchema, thresholdOf, type ReportOption } from './report-option.js';

type MessageId = FindingKind | RepairId;

/** The parts of a rule that its family decides. */
export interface ObligationRule {
  name: string;
  description: string;
  recommended: RuleDocs['recommended'];
  kinds: readonly ResourceKind[];
}

/** Creates a rule that reports the obligations of some kinds which are not released on every path. */
export function createObligationRule({ name, description, recommended, kinds }: ObligationRule) {
  return createRule<ReportOption, MessageId>({
    name,
    meta: {
      type: 'problem',
      docs: { description, recommended, kinds },
      fixable: 'code',
      hasSuggestions: true,
      messages: { ...messages, ...repairMessages },
      schema: reportOptionSchema,
    },
    create(context) {
      return {
        'Program:exit'() {
          const { settings, outcomes, fail } = analyseFile(context);
          const threshold = thresholdOf(context.options, settings);
          const findings = outcomes(kinds)
            .flatMap(outcome => (outcome.kind === 'reported' ? [outcome.finding] : []))
            .filter(({ confidence }) => isReported(confidence, threshold));
          const options = { fixes: settings.fixes, onFailure: fail };
          for (const [finding, edits] of editsOf(context.sourceCode, findings, options)) {
            context.report({
              loc: reportLocation(finding),
              messageId: finding.kind,
              data: messageData(context.sourceCode, finding),
              ...edits,
            });
          }
        },
      };
    },
  });
}
