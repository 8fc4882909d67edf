import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Assumption, FunctionNode, PathStep } from '../findings.js';
import { childrenOf } from '../syntax/children.js';
import type { AcquireSite, Model } from './model.js';
import type { Path, Trail, Value, Variable } from './path.js';
import { PathKeys, mergePaths, withStep } from './path.js';

/** The way in which a statement ends, as in the language specification (ECMA-262, "The Completion Record"). */
export interface Completion {
  readonly kind: 'break' | 'continue' | 'normal' | 'return' | 'throw';
  /** The label or the loop that a break or continue names; none for the innermost. */
  readonly label?: string | undefined;
  readonly path: Path;
  /** The node that caused it. */
  readonly cause: TSESTree.Node;
  /** What a return gives. */
  readonly value?: Value;
}

/** The outcome of an expression on one path. */
export interface Evaluated {
  readonly path: Path;
  readonly value: Value;
}

/** A loss that shows in the middle of a path, where no function is left. */
export interface LossEvent {
  readonly kind: 'acquiredInsideTry' | 'reacquired' | 'releasedEarly' | 'usedAfterRelease';
  readonly id: number;
  readonly witness: TSESTree.Node;
  readonly trail: Trail;
}

/** What is known of a function's conditions before it runs. */
export interface Conditions {
  /** Texts of conditions that the function tests more than once; only these are worth keeping as facts. */
  readonly recurring: ReadonlySet<string>;
  /** The variables that it tests. */
  readonly tested: ReadonlySet<Variable>;
}

/** The function is larger than the interpreter's limits. The analysis answers `unknown`. */
export class TooComplexError extends Error {
  override name = 'TooComplexError';
}

const maximumCompletions = 2000;

/** Truth of a condition: the paths on which it holds, and those on which it does not. */
export interface Branches {
  readonly whenTrue: readonly Path[];
  readonly whenFalse: readonly Path[];
}

/**
 * The interpreter's parts, which call each other through the machine. Every part gives its normal outcomes and adds
 * the others to `abrupt`.
 */
export interface Semantics {
  evaluate(machine: Machine, node: TSESTree.Node, path: Path, abrupt: Completion[]): Evaluated[];
  branch(machine: Machine, node: TSESTree.Expression, path: Path, abrupt: Completion[]): Branches;
  /** Runs the body of a function in place; its completions are only `return` and `throw`. */
  execute(machine: Machine, node: FunctionNode, path: Path): Completion[];
}

/** What the interpretation of one function shares. */
export class Machine {
  /** The function that is interpreted. */
  readonly unit: FunctionNode;
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly model: Model;
  readonly conditions: Conditions;
  readonly keys = new PathKeys();
  readonly sites = new Map<number, AcquireSite>();
  readonly events: LossEvent[] = [];
  /** Every node that was seen to release, by obligation. */
  readonly releases = new Map<number, Set<TSESTree.Node>>();
  /** What is handed over once the promise of an acquire is fulfilled, by the id of that acquire. */
  readonly givenWhenFulfilled = new Map<number, readonly number[]>();
  /** The obligations for whose end something listens. */
  readonly joined = new Set<number>();
  /** Local variables that a closure which left the function reads: what they hold from then on is shared. */
  readonly sharedVariables = new Set<Variable>();
  /** The functions that are being run in place, innermost last. */
  readonly calls: FunctionNode[] = [];
  readonly #semantics: Semantics;
  #completions = 0;

  constructor(
    unit: FunctionNode,
    sourceCode: Readonly<TSESLint.SourceCode>,
    model: Model,
    conditions: Conditions,
    semantics: Semantics,
  ) {
    this.unit = unit;
    this.sourceCode = sourceCode;
    this.model = model;
    this.conditions = conditions;
    this.#semantics = semantics;
  }

  evaluate(node: TSESTree.Node, path: Path, abrupt: Completion[]): Evaluated[] {
    return this.#semantics.evaluate(this, node, path, abrupt);
  }

  branch(node: TSESTree.Expression, path: Path, abrupt: Completion[]): Branches {
    return this.#semantics.branch(this, node, path, abrupt);
  }

  execute(node: FunctionNode, path: Path): Completion[] {
    return this.#semantics.execute(this, node, path);
  }

  /** Groups completions by kind, target and state, so that a nested `finally` stays linear. */
  group(completions: readonly Completion[]): Completion[] {
    const grouped = mergePaths(completions, this.keys, groupOf);
    this.#completions += grouped.length;
    if (this.#completions > maximumCompletions) {
      throw new TooComplexError();
    }
    return grouped;
  }

  merge(paths: readonly Path[]): Path[] {
    return mergePaths(
      paths.map(path => ({ path })),
      this.keys,
      () => '',
    ).map(({ path }) => path);
  }

  mergeEvaluated(results: readonly Evaluated[]): Evaluated[] {
    return mergePaths(results, this.keys, ({ value }) => this.keys.valueKey(value));
  }

  /** Whether the variable lives and dies with the function. */
  isLocal(variable: Variable): boolean {
    const { range } = variable.scope.block;
    return range[0] >= this.unit.range[0] && range[1] <= this.unit.range[1];
  }

  variableOf(node: TSESTree.Identifier): Variable | undefined {
    return this.model.variableOf(node);
  }

  /** The sub-expressions of an expression that the interpreter has no own rule for. */
  childrenOf(node: TSESTree.Node): TSESTree.Node[] {
    return childrenOf(node, this.sourceCode.visitorKeys);
  }

  textOf(node: TSESTree.Node): string {
    return this.sourceCode.getText(node).replaceAll(/\s+/gu, ' ');
  }
}

const returnGroups = new Set(['closure', 'promise', 'resource']);

function groupOf({ kind, label, value }: Completion): string {
  const returned = kind === 'return' && value !== undefined && returnGroups.has(value.kind) ? JSON.stringify(value.kind) : '';
  return `${kind}:${label ?? ''}:${returned}`;
}

/** A throw completion at `node`, with what it assumes. */
export function thrown(path: Path, node: TSESTree.Node, step: PathStep['kind'], assumption?: Assumption): Completion {
  return { kind: 'throw', cause: node, path: withStep(path, { kind: step, node }, assumption) };
}
