import js from '@eslint/js';
import tseslint from 'typescript-eslint';

import type { FlatConfig, Linter } from '@typescript-eslint/utils/ts-eslint';

import { lint, parse, type Run } from './runs.js';

/** What one automatic fix or one suggestion makes of the text of a run. */
export interface Edit {
  /** `fix`, or `suggestion <messageId>`. */
  label: string;
  output: string;
  /** The messages that the edit promises to silence. */
  silences: readonly Linter.LintMessage[];
}

/**
 * Asserts that `edit` of `text` is sound: it parses, silences its report, makes no rule of `config` report anew, keeps
 * every comment, and in the run with types raises nothing in the compiler, `@eslint/js` recommended or typescript-eslint
 * strict.
 *
 * @throws Error that names the run, the edit and what is wrong.
 */
export function checkEdit(run: Run, text: string, edit: Edit, config: FlatConfig.Config): void {
  const fault =
    parseFault(run, edit) ??
    reportFault(run, text, edit, config) ??
    commentFault(run, text, edit) ??
    compilerFault(run, text, edit) ??
    strictFault(run, text, edit);
  if (fault !== undefined) throw new Error(`${run.name}: ${edit.label} ${fault}\n\n${edit.output}`);
}

function parseFault(run: Run, { output }: Edit): string | undefined {
  try {
    parse(run, output);
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return `does not parse: ${error.message}`;
    throw error;
  }
}

function reportFault(
  run: Run,
  text: string,
  { output, silences }: Edit,
  config: FlatConfig.Config,
): string | undefined {
  const promised = silences.map(idOf);
  const left = surplus(lint(run, text, config).map(idOf), promised);
  const arisen = surplus(lint(run, output, config).map(idOf), left);
  const kept = arisen.find(id => promised.includes(id));
  if (kept !== undefined) return `leaves the report ${kept}`;
  return arisen.length > 0 ? `makes a new report arise: ${arisen.join(', ')}` : undefined;
}

function commentFault(run: Run, text: string, { output }: Edit): string | undefined {
  const before = commentsOf(run, text);
  const after = commentsOf(run, output);
  const [dropped] = surplus(before, after);
  if (dropped !== undefined) return `drops the comment "${dropped}"`;
  const [repeated] = surplus(after, before);
  return repeated === undefined ? undefined : `adds the comment "${repeated}"`;
}

function compilerFault({ diagnose }: Run, text: string, { output }: Edit): string | undefined {
  if (diagnose === undefined) return undefined;
  const textsOf = (source: string): string[] => diagnose(source).map(diagnostic => diagnostic.text);
  const arisen = surplus(textsOf(output), textsOf(text));
  return arisen.length > 0 ? `does not type-check: ${arisen.join(' ')}` : undefined;
}

const strict: FlatConfig.ConfigArray = [js.configs.recommended, ...tseslint.configs.strictTypeChecked];

function strictFault(run: Run, text: string, { output }: Edit): string | undefined {
  if (run.diagnose === undefined) return undefined;
  const messagesOf = (source: string): string[] =>
    lint(run, source, ...strict).map(({ ruleId, message }) => `${ruleId ?? 'ESLint'}: ${message}`);
  const arisen = surplus(messagesOf(output), messagesOf(text));
  return arisen.length > 0 ? `makes other rules report: ${arisen.join(' ')}` : undefined;
}

function commentsOf(run: Run, text: string): string[] {
  return parse(run, text)
    .getAllComments()
    .map(comment => comment.value.replaceAll(/\s+/gu, ' ').trim());
}

function idOf({ ruleId, messageId, message }: Linter.LintMessage): string {
  return `${ruleId ?? 'ESLint'} ${messageId ?? message}`;
}

/** The items of `items` that remain when each of `others` takes one equal item away. */
function surplus(items: readonly string[], others: readonly string[]): string[] {
  const remaining = [...items];
  for (const other of others) {
    const index = remaining.indexOf(other);
    if (index >= 0) remaining.splice(index, 1);
  }
  return remaining;
}
