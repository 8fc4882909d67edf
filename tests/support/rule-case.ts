import { isDeepStrictEqual } from 'node:util';

import type { Linter } from '@typescript-eslint/utils/ts-eslint';
import { expect } from 'vitest';

import type { ThreadHygieneSettings } from '../../src/settings.js';
import { checkEdit, type Edit } from './edit-checks.js';
import { dedent, parseFixture, renderFixture, type Annotation } from './fixture.js';
import { dataOf, isFilledWith, unfilledPlaceholders } from './message-template.js';
import { configBesideOthers, configOf, type TestedRule } from './plugin-config.js';
import { applyFix, createRun, lint, lintAndFix, NotBlankable, parse, runNames, type Run } from './runs.js';

/** Code in which a rule is silent. Every text may be an indented template literal (see `dedent`). */
export interface ValidCase {
  /** A sentence fragment, unique in its `testRule`: "is released in finally". */
  name: string;
  code: string;
  options?: readonly unknown[];
  /** `settings['thread-hygiene']`. */
  settings?: ThreadHygieneSettings;
  /** Its extension decides the language. Default `case.ts`. */
  filename?: string;
  /** Further files of the program, by path relative to the case (`node_modules/…` too). Only the typed run sees them. */
  files?: Readonly<Record<string, string>>;
  /** Why no JavaScript remains when the types are taken away: the case skips that run. */
  typescriptOnly?: string;
  /** Why an import need not resolve. Without it an unresolved one fails, as the typed run would prove nothing. */
  unresolvedImports?: string;
}

/** Code in which a rule reports. `code` is annotated (see `parseFixture`); `output` or `suggestions` is stated. */
export interface InvalidCase extends ValidCase {
  /** The text after the automatic fixes, all passes; `null` if there are none. */
  output?: string | null;
  /** The suggestions of all reports in source order; each `output` is the whole text after this one alone. */
  suggestions?: readonly StatedSuggestion[];
  /** Why only the typed run reports; the other two must be silent. */
  onlyTyped?: string;
  /** Why only the runs without types report; the typed one must be silent. */
  onlySyntax?: string;
  /** Why the runs without types offer fewer of the stated edits. The reports stay the same. */
  editsNeedTypes?: string;
}

export interface StatedSuggestion {
  messageId: string;
  output: string;
}

/** Asserts that `rule` is silent in every run of `testCase`. */
export function checkValid(rule: TestedRule, testCase: ValidCase): void {
  checkCase(rule, testCase, dedent(testCase.code), []);
}

/** Asserts the reports and the edits of `rule` in every run of `testCase`, and that each edit is sound. */
export function checkInvalid(rule: TestedRule, testCase: InvalidCase): void {
  if (testCase.output === undefined && testCase.suggestions === undefined) {
    throw new Error('State `output` or `suggestions`; `output: null` says that there is no edit.');
  }
  const { code, annotations } = parseFixture(dedent(testCase.code));
  if (annotations.length === 0) throw new Error('An invalid case marks at least one report.');
  checkCase(rule, testCase, code, annotations);
}

function checkCase(rule: TestedRule, testCase: InvalidCase, code: string, annotations: readonly Annotation[]): void {
  const files = Object.fromEntries(Object.entries(testCase.files ?? {}).map(([path, text]) => [path, dedent(text)]));
  for (const name of runNames) {
    const run = createRun(name, { filename: testCase.filename, files });
    if (isSkipped(run, code, testCase)) continue;
    checkImports(run, code, testCase);
    const why = name === 'with types' ? testCase.onlySyntax : testCase.onlyTyped;
    const stated = why === undefined ? annotations : [];
    const messages = checkReports(rule, testCase, run, code, stated);
    if (stated.length > 0) checkEdits(rule, testCase, run, run.show(code), messages);
  }
}

/**
 * Whether the case opts out of this run, and rightly so.
 *
 * @throws Error if the run cannot parse the code.
 */
function isSkipped(run: Run, code: string, { typescriptOnly }: ValidCase): boolean {
  const mayFail = run.name === 'JavaScript' && typescriptOnly !== undefined;
  try {
    parse(run, run.show(code));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof NotBlankable)) throw error;
    if (mayFail) return true;
    throw new Error(`${run.name}: the case does not parse: ${error.message}`, { cause: error });
  }
  if (mayFail) throw new Error('The case says `typescriptOnly`, yet JavaScript remains without its types.');
  return false;
}

/** Cannot find module, not a module, no default export, no such export (three forms), no declarations. */
const unresolvedImportCodes = new Set([2307, 2306, 1192, 2305, 2614, 2724, 7016]);

function checkImports({ diagnose }: Run, code: string, { unresolvedImports }: ValidCase): void {
  if (diagnose === undefined) return;
  const unresolved = diagnose(code).filter(diagnostic => unresolvedImportCodes.has(diagnostic.code));
  if (unresolvedImports === undefined && unresolved.length > 0) {
    throw new Error(`An import does not resolve: ${unresolved.map(diagnostic => diagnostic.text).join(' ')}`);
  }
  if (unresolvedImports !== undefined && unresolved.length === 0) {
    throw new Error('The case says `unresolvedImports`, yet all of them resolve.');
  }
}

/** Returns the messages, in source order. */
function checkReports(
  rule: TestedRule,
  testCase: InvalidCase,
  run: Run,
  code: string,
  stated: readonly Annotation[],
): Linter.LintMessage[] {
  const messages = lint(run, run.show(code), configOf(rule, testCase));
  const actual = messages.map(message => annotationOf(rule, message, stated));
  expect(renderFixture(code, actual), `${run.name}: the reports differ`).toBe(renderFixture(code, stated));
  return messages;
}

/** What the fixture says of a message, if something there says it, else all that the message tells. */
function annotationOf(
  rule: TestedRule,
  { message, messageId, line, column, endLine = line, endColumn = column }: Linter.LintMessage,
  stated: readonly Annotation[],
): Annotation {
  const template = templateOf(rule, messageId, message);
  const place = { messageId: messageId ?? '', line, column, endLine, endColumn };
  const data = dataOf(template, message);
  const same = stated.find(
    annotation =>
      isDeepStrictEqual({ ...annotation, data }, { ...place, data }) &&
      isFilledWith(template, annotation.data, message),
  );
  return same ?? { ...place, data };
}

function templateOf(rule: TestedRule, messageId: string | undefined, message: string): string {
  const template = rule.meta.messages[messageId ?? ''];
  if (template === undefined) throw new Error(`No message id leads to: ${message}`);
  const unfilled = unfilledPlaceholders(template, message);
  if (unfilled.length > 0) throw new Error(`Nothing fills "${unfilled.join('", "')}" in: ${message}`);
  return template;
}

function checkEdits(
  rule: TestedRule,
  testCase: InvalidCase,
  run: Run,
  text: string,
  messages: readonly Linter.LintMessage[],
): void {
  const edits = [...fixOf(rule, testCase, run, text, messages), ...suggestionsOf(rule, text, messages)];
  const actual = edits.map(edit => transcriptOf(run, edit));
  const stated = statedEdits(testCase).map(edit => transcriptOf(run, { ...edit, output: run.show(edit.output) }));
  const offersFewer = testCase.editsNeedTypes !== undefined && run.name !== 'with types';
  const expected = offersFewer ? stated.filter(edit => actual.includes(edit)) : stated;
  expect(actual.join('\n\n'), `${run.name}: the edits differ`).toBe(expected.join('\n\n'));
  if (offersFewer && actual.length === stated.length) {
    throw new Error('The case says `editsNeedTypes`, yet all of them are there without types.');
  }
  for (const edit of edits) checkEdit(run, text, edit, configBesideOthers(rule, testCase));
}

function fixOf(
  rule: TestedRule,
  testCase: InvalidCase,
  run: Run,
  text: string,
  messages: readonly Linter.LintMessage[],
): Edit[] {
  const silences = messages.filter(message => message.fix !== undefined);
  if (silences.length === 0) return [];
  const { output, messages: left } = lintAndFix(run, text, configOf(rule, testCase));
  if (left.some(message => message.fix !== undefined)) {
    throw new Error(`${run.name}: the fix never comes to an end\n\n${output}`);
  }
  return [{ label: 'fix', output, silences }];
}

function suggestionsOf(rule: TestedRule, text: string, messages: readonly Linter.LintMessage[]): Edit[] {
  return messages.flatMap(message =>
    (message.suggestions ?? []).map(({ messageId, desc, fix }) => {
      templateOf(rule, messageId, desc);
      return { label: `suggestion ${messageId ?? desc}`, output: applyFix(text, fix), silences: [message] };
    }),
  );
}

function statedEdits({ output, suggestions = [] }: InvalidCase): { label: string; output: string }[] {
  const fixes = typeof output === 'string' ? [{ label: 'fix', output: dedent(output) }] : [];
  return [
    ...fixes,
    ...suggestions.map(stated => ({ label: `suggestion ${stated.messageId}`, output: dedent(stated.output) })),
  ];
}

/** An edit as text. Where types were taken away, blanks that stand for them do not count. */
function transcriptOf(run: Run, { label, output }: { label: string; output: string }): string {
  return `${label}:\n${run.name === 'JavaScript' ? withoutBlanks(output) : output}`;
}

function withoutBlanks(text: string): string {
  return text
    .split('\n')
    .map(line =>
      line
        .replaceAll(/\s+/gu, ' ')
        .replaceAll(/ ?([^\w$]) ?/gu, '$1')
        .trim(),
    )
    .filter(line => line !== '')
    .join('\n');
}
