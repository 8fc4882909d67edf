import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { AuditError } from './errors.js';
import type { ESLintModule } from './eslint-api.js';
import type { ParserFiles } from './request.js';
import { hasShape } from './shape.js';

/** The tools that lint a project: its own copies where they will do, else the audit's. */
export interface Toolchain {
  eslint: ESLintModule;
  parsers: ParserFiles;
  /** The version of TypeScript that the parser uses. */
  typescriptVersion?: string;
  /** Why there is no parser for TypeScript, and how to get one. */
  typescriptAdvice?: string;
}

/** The directory that ESLint works from: `cwd`, or for paths outside it the project that they belong to. */
export function findRoot(cwd: string, paths: readonly string[]): string {
  const base = paths.map(file => path.dirname(path.join(file, 'x'))).reduce(commonDirectory, paths[0] ?? cwd);
  return isInside(base, cwd) ? cwd : (nearestProject(base) ?? base);
}

/**
 * Loads ESLint, and finds the parsers without loading them.
 *
 * @param root the directory whose dependencies come first.
 * @param own a module whose dependencies come second.
 * @throws AuditError if there is no usable ESLint.
 */
export async function loadToolchain(root: string, own: string = import.meta.url): Promise<Toolchain> {
  const manifest = path.join(root, 'package.json');
  const places = [manifest, own];
  const eslintPlace = places.find(place => isAtLeast(versionOf('eslint', place), 9, 34));
  const eslintFile = eslintPlace && resolve('eslint', eslintPlace);
  if (!eslintFile) throw new AuditError('ESLint 9.34 or later was not found. Install it: npm i -D eslint@9');

  const eslint: unknown = await import(pathToFileURL(eslintFile).href);
  if (!hasShape<ESLintModule>(eslint, 'ESLint')) throw new AuditError(`${eslintFile} is not ESLint.`);
  const espree = createRequire(eslintFile).resolve('espree');
  const found = places.map(findTypeScriptParser).filter(parser => parser !== undefined);
  const usable = found.find(({ typescriptVersion }) => hasCompilerAPI(typescriptVersion));
  if (usable) {
    const { file, typescriptVersion } = usable;
    return { eslint, parsers: { espree, typescript: file }, ...(typescriptVersion && { typescriptVersion }) };
  }
  return { eslint, parsers: { espree }, typescriptAdvice: adviceFor(versionOf('typescript', manifest)) };
}

interface TypeScriptParser {
  file: string;
  /** The version of the copy that the parser itself loads. */
  typescriptVersion: string | undefined;
}

/** Package managers that hoist nothing show the parser only to `typescript-eslint`. */
function findTypeScriptParser(place: string): TypeScriptParser | undefined {
  const suite = resolve('typescript-eslint', place);
  const file =
    resolve('@typescript-eslint/parser', place) ?? (suite && resolve('@typescript-eslint/parser', suite));
  return file === undefined ? undefined : { file, typescriptVersion: versionOf('typescript', file) };
}

function adviceFor(installed: string | undefined): string {
  if (installed === undefined) {
    return 'TypeScript files are left out: their parser needs TypeScript. Install it: npm i -D typescript@~6.0';
  }
  return (
    `TypeScript files are left out: TypeScript ${installed} has no compiler API that parsers can use. ` +
    `Install 6 beside it: npm i -D typescript@~6.0 typescript-7@npm:typescript@7`
  );
}

/** TypeScript 7 gives out a version and nothing to parse with. */
function hasCompilerAPI(version: string | undefined): boolean {
  return isAtLeast(version, 4, 8) && !isAtLeast(version, 7, 0);
}

function isAtLeast(version: string | undefined, major: number, minor: number): boolean {
  const [actualMajor = 0, actualMinor = 0] = (version ?? '0.0').split('.').map(Number);
  return actualMajor > major || (actualMajor === major && actualMinor >= minor);
}

function versionOf(packageName: string, place: string): string | undefined {
  const file = resolve(`${packageName}/package.json`, place);
  if (file === undefined) return undefined;
  const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return hasShape<{ version: string }>(manifest, 'version') ? manifest.version : undefined;
}

function resolve(request: string, place: string): string | undefined {
  try {
    return createRequire(place).resolve(request);
  } catch {
    return undefined;
  }
}

function commonDirectory(left: string, right: string): string {
  let common = left;
  while (!isInside(right, common)) common = path.dirname(common);
  return common;
}

function isInside(inner: string, outer: string): boolean {
  const relative = path.relative(outer, inner);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}

function nearestProject(directory: string): string | undefined {
  const isProject = ['package.json', '.git'].some(name => existsSync(path.join(directory, name)));
  if (isProject) return directory;
  const parent = path.dirname(directory);
  return parent === directory ? undefined : nearestProject(parent);
}
