import { readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

import { default as ignore, type Ignore } from 'ignore';

import { AuditError } from './errors.js';

const extension = /\.(?:[cm]?[jt]s|[jt]sx|vue|svelte|astro)$/;
const neverEntered = new Set(['.git', 'node_modules']);

/** A .gitignore, and the directory whose paths it speaks of. */
interface IgnoreFile {
  directory: string;
  rules: Ignore;
}

/**
 * The source files that `paths` name: files as they are, directories with all that is in them, except what a
 * .gitignore excludes.
 *
 * @param paths absolute.
 * @returns absolute paths, sorted, each once.
 * @throws AuditError if a path does not exist.
 */
export async function findSourceFiles(paths: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const start of paths) {
    const stats = statSync(start, { throwIfNoEntry: false });
    if (stats === undefined) {
      throw new AuditError(`There is no file or directory ${start}. Globs are left to the shell: write them unquoted.`);
    }
    if (stats.isDirectory()) await walk(start, ignoreFilesAbove(start), found);
    else found.add(start);
  }
  return [...found].sort();
}

async function walk(directory: string, above: readonly IgnoreFile[], found: Set<string>): Promise<void> {
  const ignoreFiles = [...above, ...ignoreFileIn(directory)];
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const file = path.join(directory, entry.name);
    if (entry.isDirectory()) {
      if (neverEntered.has(entry.name) || isIgnored(`${file}/`, ignoreFiles)) continue;
      await walk(file, ignoreFiles, found);
    } else if (entry.isFile() && extension.test(entry.name) && !isIgnored(file, ignoreFiles)) {
      found.add(file);
    }
  }
}

/** The innermost .gitignore that mentions the path decides. */
function isIgnored(file: string, ignoreFiles: readonly IgnoreFile[]): boolean {
  for (const { directory, rules } of ignoreFiles.toReversed()) {
    const { ignored, unignored } = rules.test(relativePath(directory, file));
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
}

/** The .gitignore files between the repository's root and `directory`, outermost first. */
function ignoreFilesAbove(directory: string): IgnoreFile[] {
  const parent = path.dirname(directory);
  if (parent === directory || statSync(path.join(directory, '.git'), { throwIfNoEntry: false })) return [];
  return [...ignoreFilesAbove(parent), ...ignoreFileIn(parent)];
}

function ignoreFileIn(directory: string): IgnoreFile[] {
  const file = path.join(directory, '.gitignore');
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return [];
  return [{ directory, rules: ignore().add(readFileSync(file, 'utf8')) }];
}

/** Relative with forward slashes; a directory keeps the slash at its end, which .gitignore patterns ask for. */
function relativePath(directory: string, file: string): string {
  const relative = path.relative(directory, file).split(path.sep).join('/');
  return file.endsWith('/') ? `${relative}/` : relative;
}
