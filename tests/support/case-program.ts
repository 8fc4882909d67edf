import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

/** The root of the package, where real packages resolve from. With slashes everywhere, as TypeScript writes paths. */
export const root = fileURLToPath(new URL('../..', import.meta.url))
  .replaceAll('\\', '/')
  .replace(/\/$/u, '');

/** The directory that every case seems to lie in. It need not exist. */
export const caseDirectory = posix.join(root, 'tests', 'case');

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  lib: ['lib.esnext.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: ['node'],
  module: ts.ModuleKind.Preserve,
  moduleDetection: ts.ModuleDetectionKind.Force,
  jsx: ts.JsxEmit.Preserve,
  strict: true,
  allowJs: true,
  noEmit: true,
  skipLibCheck: true,
};

const disk = ts.createCompilerHost(options, true);
const declarations = new Map<string, ts.SourceFile | undefined>();
const resolutions = ts.createModuleResolutionCache(root, name => name, options);
let previous: ts.Program | undefined;

/**
 * A program of the texts in `files`, by absolute path, over the declarations on disk, which are read once per process.
 * About 10 ms after the first one.
 */
export function createCaseProgram(files: ReadonlyMap<string, string>): ts.Program {
  const roots = [...files.keys()].filter(name => isSource(name) && !name.includes('/node_modules/'));
  // What resolves in one case's extra files would be wrong in the next case: those programs share only declarations.
  if (files.size > 1) return ts.createProgram(roots, options, hostOf(files));
  const host = { ...hostOf(files), getModuleResolutionCache: () => resolutions };
  previous = ts.createProgram(roots, options, host, previous);
  return previous;
}

/** What the compiler says of the files of the case, one line each, without positions. */
export function diagnosticsOf(program: ts.Program, files: Iterable<string>): { code: number; text: string }[] {
  return [...files].flatMap(name => {
    const file = program.getSourceFile(name);
    if (file === undefined) return [];
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(diagnostic => ({
      code: diagnostic.code,
      text: `TS${diagnostic.code}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`,
    }));
  });
}

function hostOf(files: ReadonlyMap<string, string>): ts.CompilerHost {
  return {
    ...disk,
    getSourceFile(name, languageVersion) {
      const text = files.get(name);
      return text === undefined
        ? declaration(name, languageVersion)
        : ts.createSourceFile(name, text, languageVersion, true);
    },
    fileExists: name => files.has(name) || disk.fileExists(name),
    readFile: name => files.get(name) ?? disk.readFile(name),
    directoryExists: name =>
      [...files.keys()].some(file => file.startsWith(`${name}/`)) || (disk.directoryExists?.(name) ?? true),
  };
}

function declaration(
  name: string,
  languageVersion: ts.ScriptTarget | ts.CreateSourceFileOptions,
): ts.SourceFile | undefined {
  if (!declarations.has(name)) declarations.set(name, disk.getSourceFile(name, languageVersion));
  return declarations.get(name);
}

function isSource(name: string): boolean {
  return /\.[cm]?[jt]sx?$/u.test(name);
}
