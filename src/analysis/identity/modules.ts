import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';

/** Whether an import specifier names the package (or builtin module, with or without `node:`) `name` itself. */
export function namesPackage(specifier: string, name: string): boolean {
  return specifier === name || withoutScheme(specifier) === withoutScheme(name);
}

function withoutScheme(specifier: string): string {
  return isBuiltin(specifier) ? specifier.replace(/^node:/, '') : specifier;
}

/** Whether `filename` (absolute, or an import resolved to one) is the file of the project that `file` names. */
export function namesFile(filename: string, file: string): boolean {
  const wanted = moduleKey(file);
  const key = moduleKey(filename);
  return key === wanted || key.endsWith(`/${wanted}`);
}

/** Whether an import specifier has the form `form`, in which `*` stands for any text. */
export function hasForm(specifier: string, form: string): boolean {
  const [start = '', ...rest] = form.split('*');
  const end = rest.pop();
  if (end === undefined) return specifier === form;
  let position = start.length;
  for (const part of rest) {
    const found = specifier.indexOf(part, position);
    if (found === -1) return false;
    position = found + part.length;
  }
  return specifier.startsWith(start) && specifier.endsWith(end) && specifier.length - end.length >= position;
}

/** The absolute path that a relative import of the file `from` leads to, as far as text tells; else undefined. */
export function relativeImport(specifier: string, from: string): string | undefined {
  return /^\.{1,2}(\/|$)/.test(specifier) ? path.resolve(path.dirname(from), specifier) : undefined;
}

function moduleKey(filename: string): string {
  return filename
    .replaceAll('\\', '/')
    .replace(/^\.\//, '')
    .replace(/(\.d)?\.[cm]?[jt]sx?$/, '')
    .replace(/\/index$/, '');
}

const packageNames = new Map<string, string | undefined>();

/** The `name` in the package.json nearest to a file; undefined if there is none. */
export function packageNameOf(filename: string): string | undefined {
  return packageNameIn(path.dirname(path.resolve(filename)));
}

function packageNameIn(directory: string): string | undefined {
  if (packageNames.has(directory)) return packageNames.get(directory);
  const parent = path.dirname(directory);
  const name = nameIn(path.join(directory, 'package.json')) ?? (parent === directory ? undefined : packageNameIn(parent));
  packageNames.set(directory, name);
  return name;
}

function nameIn(manifest: string): string | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
    if (typeof content !== 'object' || content === null || !('name' in content)) return undefined;
    return typeof content.name === 'string' ? content.name : undefined;
  } catch {
    // No manifest here, or one that npm could not read either.
    return undefined;
  }
}
