import type * as ts from 'typescript';

import type { Types } from '../types/types.js';
import type { Ownership } from '../value-flow/ownership-tags.js';
import { ownershipTags } from '../value-flow/ownership-tags.js';
import type { FreshResult } from '../value-flow/program-callees.js';
import type { AcquiredResult, KeyedSpecification } from './acquires.js';
import { createCatalogueCalls } from './acquires.js';
import type { Callee, Callees } from './callees.js';
import { createHandingNames } from './handing-names.js';
import { documentationOf } from './documentation.js';
import { createMemory, maximumDepth } from './memory.js';
import type { CalleeParameters } from './parameters.js';
import type { Locks } from './locks.js';
import type { Returned } from './returns.js';
import { returnedCalls } from './returns.js';
import { hasModifier } from './syntax.js';

/** Answers which functions hand a fresh resource to their caller. */
export interface FreshResults {
  /** What `call` hands to its caller; undefined if the callee does not, or cannot be read. */
  of(call: ts.CallExpression): FreshResult | undefined;
  /** Whether the documentation of the callee gives the result to the caller. */
  isDeclared(call: ts.CallExpression): boolean;
}

/** The twin of `obligations/fresh-results.ts` on the TypeScript AST: both answer alike for the same function. */
export function createFreshResults(
  types: Types<ts.Node>,
  callees: Callees,
  parameters: CalleeParameters,
  locks: Locks,
  specifications: readonly KeyedSpecification[],
): FreshResults {
  const { typescript } = types;
  const catalogue = createCatalogueCalls(types, specifications);
  const names = createHandingNames(types, callees, catalogue.names);
  const remember = createMemory<FreshResult | 'none'>();

  return {
    of: call => (names.mayHandOver(call) ? ofCall(call, maximumDepth) : undefined),
    isDeclared: call => names.mayHandOver(call) && tagOf(callees.functionOf(call)) === 'owns',
  };

  function tagOf(callee: Callee | undefined): Ownership | undefined {
    return callee && ownershipTags(documentationOf(callee.node, typescript)).result;
  }

  function ofCall(call: ts.CallExpression, depth: number): FreshResult | undefined {
    const callee = depth === 0 ? undefined : callees.functionOf(call);
    if (callee === undefined) {
      return undefined;
    }
    const result = remember(callee.node, String(depth), () => ofCallee(callee, depth - 1) ?? 'none');
    return result === 'none' ? undefined : result;
  }

  function ofCallee(callee: Callee, depth: number): FreshResult | undefined {
    const { node, body } = callee;
    const returned =
      tagOf(callee) === 'borrows' || node.asteriskToken !== undefined ? undefined : returnedCalls(body, typescript);
    const results = returned?.map(each => (isHandedOverWhole(each, body) ? ofReturned(each, depth) : undefined));
    const [first] = results ?? [];
    if (first === undefined || results?.every(result => result?.specification === first.specification) !== true) {
      return undefined;
    }
    const isAsync = hasModifier(node, typescript.ModifierFlags.Async, typescript);
    return { ...first, awaited: isAsync || first.awaited };
  }

  /** A resource that the function also keeps may be released by somebody else. */
  function isHandedOverWhole({ variable }: Returned, body: ts.ConciseBody): boolean {
    return variable === undefined || parameters.isReturnedAlone(variable, body);
  }

  function ofReturned({ call }: Returned, depth: number): FreshResult | undefined {
    const acquired = catalogue.acquiredBy(call);
    if (acquired !== undefined) {
      return { ...acquired, isHidden: isHidden(call, acquired) };
    }
    return typescript.isCallExpression(call) ? ofCall(call, depth) : undefined;
  }

  function isHidden({ expression }: Returned['call'], { specification: { release } }: AcquiredResult): boolean {
    const methods = release.flatMap(way => ('receiverMethod' in way && way.argument === undefined ? [way.receiverMethod] : []));
    return (
      methods.length === 0 ||
      (typescript.isPropertyAccessExpression(expression) && locks.isHidden(expression.expression, new Set(methods)))
    );
  }
}
