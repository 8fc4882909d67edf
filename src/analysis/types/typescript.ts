import { createRequire } from 'node:module';

import type * as ts from 'typescript';

export type TypeScript = typeof ts;

const loaded = new Map<string, TypeScript>();

/**
 * The `typescript` that the parser of the linted file uses: the flags of types differ between versions, so no other copy
 * can read them. Called only where a Program exists, so the copy is loaded already and this costs a look-up. The parser
 * is looked up from the linted file, then from this package.
 *
 * @throws Error if there is no `typescript` at all.
 */
export function typescriptFor(filename: string): TypeScript {
  let typescript = loaded.get(filename);
  if (typescript === undefined) {
    const copies = [filename, import.meta.url].flatMap(copiesSeenFrom);
    const copy = copies.find(({ path, require }) => path in require.cache) ?? copies[0];
    if (copy === undefined) throw new Error('There is type information, but `typescript` cannot be found.');
    typescript = copy.require(copy.path) as TypeScript;
    loaded.set(filename, typescript);
  }
  return typescript;
}

interface Copy {
  path: string;
  require: NodeJS.Require;
}

/** The copies of `typescript` that a parser installed for the file `origin` may have loaded, the likeliest first. */
function copiesSeenFrom(origin: string): Copy[] {
  const direct = createRequire(origin);
  const parsers = [resolved(direct, '@typescript-eslint/parser')];
  const meta = resolved(direct, 'typescript-eslint');
  if (meta !== undefined) parsers.push(resolved(createRequire(meta), '@typescript-eslint/parser'));
  return [...parsers.map(parser => parser && createRequire(parser)), direct].flatMap(require => {
    const path = require && resolved(require, 'typescript');
    return require && path ? [{ path, require }] : [];
  });
}

function resolved(require: NodeJS.Require, name: string): string | undefined {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}
