import type { LintMessage, LintResult } from './eslint-api.js';
import { factsRuleId, type FileFacts, readFacts } from './facts.js';

/** What one run of ESLint gave, with the facts taken out of the messages. */
export interface AuditedFile {
  /** ESLint's result with our messages only. */
  result: LintResult;
  facts: FileFacts[];
  /** Why the file could not be parsed. */
  parseError?: LintMessage;
}

/** Takes the facts and what is not ours out of `result`. */
export function auditedFile(result: LintResult, namespace: string): AuditedFile {
  const suppressed = result.suppressedMessages;
  const facts = [...result.messages, ...suppressed].filter(isFacts).map(({ message }) => readFacts(message));
  const parseError = result.messages.find(({ fatal }) => fatal === true);
  const isOurs = ({ ruleId }: LintMessage) => ruleId?.startsWith(`${namespace}/`) === true;
  const own = withMessages(result, result.messages.filter(isOurs));
  return {
    result: { ...own, suppressedMessages: suppressed.filter(isOurs) },
    facts,
    ...(parseError && { parseError }),
  };
}

/** `result` with `messages` in place of its own, and counts to match. */
export function withMessages(result: LintResult, messages: LintMessage[]): LintResult {
  const errors = messages.filter(({ severity }) => severity === 2);
  const warnings = messages.filter(({ severity }) => severity === 1);
  return {
    ...result,
    messages,
    errorCount: errors.length,
    fatalErrorCount: errors.filter(({ fatal }) => fatal === true).length,
    warningCount: warnings.length,
    fixableErrorCount: errors.filter(({ fix }) => fix !== undefined).length,
    fixableWarningCount: warnings.filter(({ fix }) => fix !== undefined).length,
  };
}

function isFacts({ ruleId }: LintMessage): boolean {
  return ruleId === factsRuleId;
}
