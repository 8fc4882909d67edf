import type * as ts from 'typescript';

import type { Types } from '../types/types.js';
import type { OwnedResource } from '../value-flow/owner-class.js';
import { ownedResourceOf, ownerSpecification } from '../value-flow/owner-class.js';
import type { KeyedSpecification } from './acquires.js';
import { createCatalogueCalls } from './acquires.js';
import type { Callees } from './callees.js';
import { sketchOf } from './class-sketch.js';
import type { FreshResults } from './fresh-results.js';
import { isExport } from './imports.js';
import { createMemory, maximumDepth } from './memory.js';
import { superclassOf } from './syntax.js';

/** Answers what the instances of the classes of a program own. */
export interface OwnerClasses {
  /** What the instance that `call` makes owns; undefined if nothing, or if the class cannot be read. */
  of(call: ts.NewExpression, disposers: readonly string[]): OwnedResource | undefined;
}

/** The twin of `obligations/owner-classes.ts` on the TypeScript AST: both answer alike for the same class. */
export function createOwnerClasses(
  types: Types<ts.Node>,
  callees: Callees,
  freshResults: FreshResults,
  specifications: readonly KeyedSpecification[],
): OwnerClasses {
  const { typescript } = types;
  const threads = specifications.filter(({ specification: { kind } }) => kind === 'pool' || kind === 'worker');
  const catalogue = createCatalogueCalls(types, threads);
  const words = threads.flatMap(wordsOf);
  const remember = createMemory<OwnedResource | 'none'>();

  return { of: (call, disposers) => ofCall(call, disposers, maximumDepth) };

  function ofCall({ expression }: ts.NewExpression, disposers: readonly string[], depth: number): OwnedResource | undefined {
    const node = depth === 0 ? undefined : callees.classOf(expression);
    if (node === undefined || !mayOwn(node)) {
      return undefined;
    }
    const owned = remember(node, `${disposers.join()} ${depth}`, () => ofClass(node, disposers, depth - 1) ?? 'none');
    return owned === 'none' ? undefined : owned;
  }

  /** The gate: only the file of a class that names a thread, or a package of them, is read. */
  function mayOwn(node: ts.ClassLikeDeclaration): boolean {
    const { text } = node.getSourceFile();
    return words.some(word => text.includes(word));
  }

  function ofClass(node: ts.ClassLikeDeclaration, disposers: readonly string[], depth: number): OwnedResource | undefined {
    const line = lineOf(node);
    const root = line.at(-1);
    const parent = root && superclassOf(root, typescript);
    const inherited = parent && threads.find(({ specification: { acquire, from } }) => acquire.some(({ how }) => how === 'new') && isExport(parent, from, types));
    if (inherited !== undefined) {
      return { ...inherited, specification: ownerSpecification(inherited.specification), fields: new Set() };
    }
    const sketch = sketchOf(line, call => acquiredBy(call, disposers, depth), typescript);
    return sketch && ownedResourceOf(sketch, disposers);
  }

  function acquiredBy(call: ts.CallExpression | ts.NewExpression, disposers: readonly string[], depth: number) {
    const found = catalogue.acquiredBy(call) ?? (typescript.isNewExpression(call) ? ofCall(call, disposers, depth) : freshThread(call));
    return found && { key: found.key, specification: found.specification };
  }

  function freshThread(call: ts.CallExpression) {
    const found = freshResults.of(call);
    return found?.specification.kind === 'worker' || found?.specification.kind === 'pool' ? found : undefined;
  }

  /** The class and those of the program that it extends. */
  function lineOf(node: ts.ClassLikeDeclaration): ts.ClassLikeDeclaration[] {
    const line = [node];
    for (const each of line) {
      const parent = superclassOf(each, typescript);
      const next = parent && callees.classOf(parent);
      if (next !== undefined && !line.includes(next)) {
        line.push(next);
      }
    }
    return line;
  }
}

/** The words of which every text that acquires has one. A default export has any name, but its package has not. */
function wordsOf({ specification: { from } }: KeyedSpecification): string[] {
  if ('global' in from) {
    return [from.global];
  }
  return [...[from.export].flat().filter(name => name !== 'default'), ...('package' in from ? [from.package].flat() : [])];
}
