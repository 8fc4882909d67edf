import type * as ts from 'typescript';

import { isDeclared } from '../identity/matching.js';
import type { Acquire, ResourceSpecification, Source } from '../specification.js';
import type { Origin, Types } from '../types/types.js';
import type { FreshResult } from '../value-flow/program-callees.js';
import { importedTypeOrigin, isExport } from './imports.js';
import { skipWrappers } from './syntax.js';

/** A specification under the key that the catalogue or the settings know it by. */
export interface KeyedSpecification {
  readonly key: string;
  readonly specification: ResourceSpecification;
}

interface Entry extends KeyedSpecification {
  readonly acquire: Acquire;
  /** The words without which no text can acquire this way. */
  readonly names: readonly string[];
}

/** The resource in the result of one of the catalogue's own calls. */
export type AcquiredResult = Omit<FreshResult, 'isHidden'>;

/** The catalogue's own calls, on the TypeScript AST. */
export interface CatalogueCalls {
  /** The words of which every text that acquires has one. */
  readonly names: ReadonlySet<string>;
  /** The resource in the result of `call`, if it is an acquire of the catalogue. */
  acquiredBy(call: ts.CallExpression | ts.NewExpression): AcquiredResult | undefined;
}

/** Finds acquires whose result carries the duty, by name first and then by the declaration of the type or value. */
export function createCatalogueCalls(
  types: Types<ts.Node>,
  specifications: readonly KeyedSpecification[],
): CatalogueCalls {
  const { typescript } = types;
  const entries = specifications.flatMap(entriesOf);
  return { names: new Set(entries.flatMap(({ names }) => names)), acquiredBy };

  function acquiredBy(call: ts.CallExpression | ts.NewExpression): AcquiredResult | undefined {
    const found = entries.find(entry => fits(call, entry));
    if (found === undefined) {
      return undefined;
    }
    const { key, specification, acquire } = found;
    return { key, specification, acquire, awaited: acquire.awaited === true, mayFail: mayFail(call, specification) };
  }

  function fits(
    call: ts.CallExpression | ts.NewExpression,
    { specification: { from }, acquire, names }: Entry,
  ): boolean {
    const callee = skipWrappers(call.expression, typescript);
    if (typescript.isNewExpression(call) !== (acquire.how === 'new')) {
      return false;
    }
    if (acquire.how !== 'method') {
      return isExport(callee, from, types);
    }
    return (
      typescript.isPropertyAccessExpression(callee) &&
      names.includes(callee.name.text) &&
      (isInstance(callee.expression, from) || isExport(callee.expression, from, types))
    );
  }

  function isInstance(node: ts.Expression, from: Source): boolean {
    const alternatives = types.instanceOriginsOf(node);
    const isOne = (origins: readonly Origin[]) => origins.some(origin => isDeclared(origin, from));
    return (alternatives.length > 0 && alternatives.every(isOne)) || isOne(importedTypeOrigin(node, types));
  }
}

function entriesOf({ key, specification }: KeyedSpecification): Entry[] {
  const { acquire: acquires, from } = specification;
  return acquires.flatMap(acquire => {
    const { obligation, how, name } = acquire;
    const isInResult =
      obligation === 'result' ||
      (typeof obligation === 'object' && ('property' in obligation || 'element' in obligation));
    const names =
      how === 'method' ? [name ?? ''] : 'global' in from ? from.global.split('.').slice(-1) : [from.export].flat();
    return isInResult ? [{ key, specification, acquire, names }] : [];
  });
}

function mayFail(call: ts.CallExpression | ts.NewExpression, { acquireMayFail }: ResourceSpecification): boolean {
  return typeof acquireMayFail === 'object'
    ? (call.arguments?.length ?? 0) > acquireMayFail.argument
    : acquireMayFail === true;
}
