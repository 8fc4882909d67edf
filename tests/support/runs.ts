import { posix } from 'node:path';

import * as typescriptParser from '@typescript-eslint/parser';
import { Linter, type FlatConfig, type RuleFix, type SourceCode } from '@typescript-eslint/utils/ts-eslint';
import { blankSourceFile } from 'ts-blank-space';
import ts from 'typescript';

import { caseDirectory, createCaseProgram, diagnosticsOf, root } from './case-program.js';

/** One of the three ways in which every case is linted. */
export interface Run {
  name: RunName;
  filename: string;
  languageOptions: FlatConfig.LanguageOptions;
  /** The text as this run sees it: without types in the JavaScript run, every other token in its place. */
  show: (source: string) => string;
  /** What the compiler says of `source` among the other files of the case. Only in the run with types. */
  diagnose?: (source: string) => { code: number; text: string }[];
}

export type RunName = 'with types' | 'TypeScript without types' | 'JavaScript';

export const runNames = ['with types', 'TypeScript without types', 'JavaScript'] as const satisfies readonly RunName[];

/** What decides how a text is parsed. */
export interface Surroundings {
  /** Relative to the case's directory; its extension decides the language. Default `case.ts`. */
  filename?: string | undefined;
  /** Further files of the program, by path relative to the case's directory. Only the run with types sees them. */
  files?: Readonly<Record<string, string>> | undefined;
}

/** The run called `name`. */
export function createRun(name: RunName, { filename = 'case.ts', files = {} }: Surroundings): Run {
  const path = posix.join(caseDirectory, filename);
  const sourceType = /\.c[jt]s$/u.test(filename) ? 'commonjs' : 'module';
  switch (name) {
    case 'with types': {
      const others = new Map(Object.entries(files).map(([file, text]) => [posix.join(caseDirectory, file), text]));
      const programOf = rememberPrograms(path, others);
      return {
        name,
        filename: path,
        languageOptions: { parser: typedParser(programOf), sourceType },
        show: source => source,
        diagnose: source => diagnosticsOf(programOf(source), [path, ...others.keys()]),
      };
    }
    case 'TypeScript without types':
      return {
        name,
        filename: path,
        languageOptions: { parser: typescriptParser, sourceType },
        show: source => source,
      };
    case 'JavaScript': {
      const jsx = filename.endsWith('x');
      return {
        name,
        filename: path.replace(/(\.[cm]?)ts(x?)$/u, '$1js$2'),
        languageOptions: { sourceType, parserOptions: { ecmaFeatures: { jsx } } },
        show: isTypeScript(filename) ? source => blankTypes(source, path) : source => source,
      };
    }
  }
}

/** Syntax that is more than types, so that no JavaScript remains when the types are taken away: `enum`, `namespace`, … */
export class NotBlankable extends Error {}

/**
 * The text without its types, every other token in its place.
 *
 * @throws NotBlankable if no JavaScript remains.
 */
function blankTypes(source: string, path: string): string {
  const offenders: string[] = [];
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.ESNext, true);
  const text = blankSourceFile(file, node => offenders.push(node.getText(file)));
  if (offenders.length > 0) throw new NotBlankable(`Not only types: ${offenders.join(', ')}`);
  return text;
}

const linter = new Linter({ configType: 'flat', cwd: root });

/** The messages of `configs` for `text`, as this run parses it. The first one is `fatal` if it does not parse. */
export function lint(run: Run, text: string, ...configs: FlatConfig.ConfigArray): Linter.LintMessage[] {
  return linter.verify(text, [...configs, baseOf(run)], run.filename);
}

/** `text` after ESLint's (at most ten) passes of automatic fixes. */
export function lintAndFix(run: Run, text: string, ...configs: FlatConfig.ConfigArray): Linter.FixReport {
  return linter.verifyAndFix(text, [...configs, baseOf(run)], { filename: run.filename });
}

/** `text` after one edit. */
export function applyFix(text: string, { range, text: inserted }: RuleFix): string {
  return text.slice(0, range[0]) + inserted + text.slice(range[1]);
}

/**
 * The tokens and comments of `text`.
 *
 * @throws SyntaxError if this run cannot parse it.
 */
export function parse(run: Run, text: string): SourceCode {
  const fatal = lint(run, text).find(message => message.fatal);
  if (fatal !== undefined) throw new SyntaxError(`${fatal.message} (line ${fatal.line})`);
  return linter.getSourceCode();
}

function baseOf({ languageOptions }: Run): FlatConfig.Config {
  return {
    files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
    languageOptions,
    linterOptions: { reportUnusedDisableDirectives: 'off' },
  };
}

function typedParser(programOf: (source: string) => ts.Program): FlatConfig.Parser {
  return {
    meta: { name: 'typescript-with-case-program' },
    parseForESLint: (text, options) =>
      typescriptParser.parseForESLint(text, { ...asObject(options), programs: [programOf(text)] }),
  };
}

/** One case is linted and diagnosed several times in the same few texts. */
function rememberPrograms(path: string, others: ReadonlyMap<string, string>): (source: string) => ts.Program {
  const programs = new Map<string, ts.Program>();
  return source => {
    const program = programs.get(source) ?? createCaseProgram(new Map([...others, [path, source]]));
    programs.set(source, program);
    return program;
  };
}

function isTypeScript(filename: string): boolean {
  return posix.extname(filename).includes('ts');
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
