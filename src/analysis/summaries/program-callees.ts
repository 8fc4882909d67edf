import type * as ts from 'typescript';

import type { CallNode } from '../control-flow/model.js';
import type { Types } from '../types/types.js';
import { typesOfProgram } from '../types/types.js';
import type { ProgramCallees } from '../value-flow/program-callees.js';
import type { KeyedSpecification } from './acquires.js';
import type { Callees } from './callees.js';
import { createCallees } from './callees.js';
import type { CalleeFailures } from './failures.js';
import { createCalleeFailures } from './failures.js';
import type { FreshResults } from './fresh-results.js';
import { createFreshResults } from './fresh-results.js';
import type { Locks } from './locks.js';
import { createLocks } from './locks.js';
import type { OwnerClasses } from './owner-classes.js';
import { createOwnerClasses } from './owner-classes.js';
import type { CalleeParameters } from './parameters.js';
import { createCalleeParameters } from './parameters.js';

/** What is known of the functions of a program. */
interface ProgramFacts {
  readonly callees: Callees;
  readonly failures: CalleeFailures;
  readonly parameters: CalleeParameters;
  readonly locks: Locks;
  /** What rests on the specifications in force, which differ only where configurations do. */
  readonly resources: ResourceFacts[];
}

/** What functions and classes of a program do with resources of these specifications. */
interface ResourceFacts {
  readonly specifications: readonly KeyedSpecification[];
  readonly freshResults: FreshResults;
  readonly ownerClasses: OwnerClasses;
}

/** With the program and not longer: a fact about one file may rest on another one. */
const programFacts = new WeakMap<ts.Program, ProgramFacts>();

/**
 * The callees of a file, wherever in its program they have a body. Read from the TypeScript AST with the checker, and
 * remembered for all files of the program.
 */
export function createProgramCallees(types: Types, specifications: readonly KeyedSpecification[]): ProgramCallees {
  const { typescript } = types;
  const facts = factsOf(types);
  const { freshResults, ownerClasses } = resourceFactsOf(facts, types, specifications);

  return {
    callFailure: call => answer(call, node => facts.failures.ofCall(node)),
    awaitFailure: call =>
      answer(call, node => (typescript.isCallExpression(node) ? facts.failures.ofAwait(node) : undefined)),
    argumentEffect: (call, index, specification) =>
      answer(call, node => facts.parameters.effectOf(node, index, specification)),
    releasesLock: (call, receiver, methods) =>
      answer(call, node => {
        const lock = types.tsNodeOf(receiver);
        return (
          typescript.isCallExpression(node) &&
          lock !== undefined &&
          typescript.isExpression(lock) &&
          facts.locks.isReleasedBy(node, lock, methods)
        );
      }) === true,
    freshResult: call => answer(call, node => (typescript.isCallExpression(node) ? freshResults.of(node) : undefined)),
    isOwnedResult: call =>
      answer(call, node => typescript.isCallExpression(node) && freshResults.isDeclared(node)) === true,
    ownedResource: (call, disposers) =>
      answer(call, node => (typescript.isNewExpression(node) ? ownerClasses.of(node, disposers) : undefined)),
  };

  function answer<Answer>(
    call: CallNode,
    ask: (node: ts.CallExpression | ts.NewExpression) => Answer | undefined,
  ): Answer | undefined {
    const node = types.tsNodeOf(call);
    return node !== undefined && (typescript.isCallExpression(node) || typescript.isNewExpression(node))
      ? ask(node)
      : undefined;
  }
}

function factsOf(types: Types): ProgramFacts {
  let facts = programFacts.get(types.program);
  if (facts === undefined) {
    const nodeTypes = typesOfProgram(types);
    const callees = createCallees(nodeTypes);
    facts = {
      callees,
      failures: createCalleeFailures(nodeTypes, callees),
      parameters: createCalleeParameters(nodeTypes, callees),
      locks: createLocks(nodeTypes, callees),
      resources: [],
    };
    programFacts.set(types.program, facts);
  }
  return facts;
}

function resourceFactsOf(
  { callees, parameters, locks, resources }: ProgramFacts,
  types: Types,
  specifications: readonly KeyedSpecification[],
): ResourceFacts {
  const known = resources.find(
    each =>
      each.specifications.length === specifications.length &&
      each.specifications.every(({ specification }, index) => specification === specifications[index]?.specification),
  );
  if (known !== undefined) {
    return known;
  }
  const nodeTypes = typesOfProgram(types);
  const freshResults = createFreshResults(nodeTypes, callees, parameters, locks, specifications);
  const ownerClasses = createOwnerClasses(nodeTypes, callees, freshResults, specifications);
  const facts = { specifications, freshResults, ownerClasses };
  resources.push(facts);
  return facts;
}
