import { readFileSync } from 'node:fs';
import path from 'node:path';

import * as typescriptParser from '@typescript-eslint/parser';
import { Linter } from '@typescript-eslint/utils/ts-eslint';
import ts from 'typescript';

import threadHygiene from '../../src/thread-hygiene.js';

/** What TypeScript says of the edits of some rules. */
export interface CheckedEdits {
  readonly files: number;
  readonly fixes: number;
  readonly suggestions: number;
  /** What it says of a file after an edit and does not say before. */
  readonly complaints: readonly string[];
}

type Edit = Readonly<{ name: string; range: Readonly<[start: number, end: number]>; text: string }>;

const options: ts.CompilerOptions = {
  allowJs: true,
  checkJs: true,
  module: ts.ModuleKind.NodeNext,
  noEmit: true,
  skipLibCheck: true,
  strict: true,
  target: ts.ScriptTarget.ESNext,
  types: ['node'],
};

/**
 * Lints files with types and with `rules` at every confidence, and compares the diagnostics of each file before and after
 * its edits: after all automatic fixes together, and after each suggestion.
 */
export function checkEdits(files: readonly string[], rules: readonly string[]): CheckedEdits {
  const versions = new Map<string, { text: string; version: number }>();
  // A program of all files would take minutes: without types few of them are edited, and types add edits of collections.
  const candidates = files.filter(file => editsOf(file, undefined, rules).length > 0 || isTypedCandidate(file));
  const service = ts.createLanguageService(createHost(candidates, versions));
  const program = service.getProgram();
  if (program === undefined) throw new Error('TypeScript gives no program.');
  // Rules ask the program for the texts as they are: all of them lint before the first edit.
  const edited = candidates.map(file => ({ file, edits: editsOf(file, program, rules) })).filter(({ edits }) => edits.length > 0);
  const complaints = edited.flatMap(({ file, edits }) => {
    const before = new Set(diagnosticsOf(file));
    return variantsOf(edits).flatMap(variant => {
      const text = readText(file);
      versions.set(file, { text: applied(variant, text), version: (versions.get(file)?.version ?? 0) + 1 });
      const found = diagnosticsOf(file).filter(message => !before.has(message));
      versions.set(file, { text, version: (versions.get(file)?.version ?? 0) + 1 });
      return found.map(message => `${file} ${variant.map(({ name }) => name).join()}: ${message}`);
    });
  });
  const all = edited.flatMap(({ edits }) => edits);
  const fixes = all.filter(({ name }) => name === 'fix').length;
  return { files: files.length, fixes, suggestions: all.length - fixes, complaints };

  function diagnosticsOf(file: string): string[] {
    return [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)].map(({ messageText }) =>
      ts.flattenDiagnosticMessageText(messageText, ' '),
    );
  }
}

function createHost(files: readonly string[], versions: ReadonlyMap<string, { text: string; version: number }>): ts.LanguageServiceHost {
  return {
    getCompilationSettings: () => options,
    getCurrentDirectory: () => path.dirname(files[0] ?? '.'),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    getScriptFileNames: () => [...files],
    getScriptVersion: file => String(versions.get(file)?.version ?? 0),
    getScriptSnapshot: file => {
      const text = versions.get(file)?.text ?? ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  };
}

function isTypedCandidate(file: string): boolean {
  return /\.[cm]?ts$/u.test(file) && /new (?:Map|Set)\b/u.test(readText(file));
}

function editsOf(file: string, program: ts.Program | undefined, rules: readonly string[]): Edit[] {
  const linter = new Linter({ cwd: path.dirname(file) });
  const messages = linter.verify(
    readText(file),
    [
      {
        files: ['**/*.*'],
        languageOptions: { parser: typescriptParser, parserOptions: program === undefined ? {} : { programs: [program] } },
        linterOptions: { reportUnusedDisableDirectives: 'off' },
        plugins: { 'thread-hygiene': threadHygiene },
        rules: Object.fromEntries(rules.map(name => [`thread-hygiene/${name}`, ['error', { report: 'possible' }] as const])),
      },
    ],
    { filename: file, allowInlineConfig: false },
  );
  return messages.flatMap(({ fix, suggestions = [] }): Edit[] => [
    ...(fix === undefined ? [] : [{ name: 'fix', ...fix }]),
    ...suggestions.map(suggestion => ({ name: suggestion.messageId ?? suggestion.desc, ...suggestion.fix })),
  ]);
}

/** The edits that are applied together: the automatic ones that lie apart, and each suggestion by itself. */
function variantsOf(edits: readonly Edit[]): Edit[][] {
  const fixes: Edit[] = [];
  for (const edit of edits.filter(({ name }) => name === 'fix').sort((left, right) => left.range[0] - right.range[0])) {
    if ((fixes.at(-1)?.range[1] ?? -1) < edit.range[0]) fixes.push(edit);
  }
  return [...(fixes.length === 0 ? [] : [fixes]), ...edits.filter(({ name }) => name !== 'fix').map(edit => [edit])];
}

/** @param edits in order, apart from each other */
function applied(edits: readonly Edit[], text: string): string {
  return edits.reduceRight((result, { range: [start, end], text: inserted }) => result.slice(0, start) + inserted + result.slice(end), text);
}

/** ESLint leaves a byte order mark out of the ranges of its edits. */
function readText(file: string): string {
  return readFileSync(file, 'utf8').replace(/^\uFEFF/u, '');
}
