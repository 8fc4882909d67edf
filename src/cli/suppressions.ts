import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { AuditError } from './errors.js';
import type { LintMessage, LintResult } from './eslint-api.js';
import { withMessages } from './results.js';
import { hasShape } from './shape.js';

/** Findings that are accepted, by file and rule: `eslint-suppressions.json`, written by `eslint --suppress-all`. */
export type Suppressions = Partial<Record<string, Partial<Record<string, { count: number }>>>>;

/**
 * Reads the suppressions of the project in `root`; none if there is no file.
 *
 * @throws AuditError if the file holds something else.
 */
export async function readSuppressions(root: string): Promise<Suppressions> {
  const file = path.join(root, 'eslint-suppressions.json');
  const text = await readFile(file, 'utf8').catch(() => '{}');
  try {
    const suppressions: unknown = JSON.parse(text);
    if (hasShape<Suppressions>(suppressions)) return suppressions;
  } catch {
    // What is no JSON is no suppressions either.
  }
  throw new AuditError(`${file} holds no suppressions. Write it anew: npx eslint --suppress-all`);
}

/**
 * Moves suppressed findings of `result` to its suppressed messages, with ESLint's meaning: a rule's errors in a file
 * are suppressed together, while there are no more of them than when they were accepted. ESLint 9 does this in its
 * command line only.
 */
export function applySuppressions(result: LintResult, root: string, suppressions: Suppressions): LintResult {
  const accepted = suppressions[path.relative(root, result.filePath).split(path.sep).join('/')];
  if (accepted === undefined) return result;

  const isErrorOf = (rule: string | null) => (message: LintMessage) =>
    message.severity === 2 && message.ruleId === rule;
  const isSuppressed = (message: LintMessage) =>
    message.severity === 2 &&
    result.messages.filter(isErrorOf(message.ruleId)).length <= (accepted[message.ruleId ?? '']?.count ?? 0);
  const suppressed = result.messages
    .filter(isSuppressed)
    .map(message => ({ ...message, suppressions: [{ kind: 'file', justification: '' }] }));
  return {
    ...withMessages(result, result.messages.filter(message => !isSuppressed(message))),
    suppressedMessages: [...result.suppressedMessages, ...suppressed],
  };
}
