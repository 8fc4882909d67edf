import { createRequire } from 'node:module';

import type * as ts from 'typescript';

export type TypeScript = typeof ts;

const copies = new WeakMap<ts.Program, TypeScript>();

/**
 * The `typescript` that made `program`: the flags of types differ between versions, so no other copy can read them. It
 * is the parser's, and as there is a Program it is loaded already. The parser is looked up from `filename`, a file that
 * it parsed, then from this package.
 *
 * @throws Error if there is no `typescript` at all.
 */
export function typescriptOf(program: ts.Program, filename: string): TypeScript {
  let typescript = copies.get(program);
  if (typescript === undefined) {
    const candidates = [filename, import.meta.url].flatMap(copiesSeenFrom);
    const copy = candidates.find(({ path, require }) => path in require.cache) ?? candidates[0];
    if (copy === undefined) throw new Error('There is type information, but `typescript` cannot be found.');
    typescript = copy.require(copy.path) as TypeScript;
    copies.set(program, typescript);
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
