import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Assumption, EscapeReason, FunctionNode, PathStep } from '../findings.js';

export type Variable = TSESLint.Scope.Variable;

/**
 * What is known of a value.
 *
 * - `resource`: the value that carries the duty of obligation `id`; with `parts`, what holds that value in each of
 *   these properties or elements; with `member`, a method taken from it.
 * - `flag`: a boolean that is true exactly if obligation `id` was acquired.
 * - `promise`: a promise of the value, `rejected`: a promise that is rejected on this path.
 */
export type Value =
  | { readonly kind: 'closure'; readonly node: FunctionNode }
  | { readonly kind: 'constant'; readonly value: bigint | boolean | number | string }
  | { readonly kind: 'flag'; readonly id: number }
  | { readonly kind: 'nullish' }
  | { readonly kind: 'promise'; readonly of: Value }
  | { readonly kind: 'rejected'; readonly trail: Trail }
  | { readonly kind: 'resource'; readonly id: number; readonly parts?: readonly string[]; readonly member?: string }
  | { readonly kind: 'truthy' }
  | { readonly kind: 'unknown' };

export const unknown: Value = { kind: 'unknown' };
export const nullish: Value = { kind: 'nullish' };
export const truthy: Value = { kind: 'truthy' };

/**
 * Where an obligation stands on one path. `pending`: its promise is not yet awaited. `perhaps`: its result was not yet
 * tested. An obligation without a status was not acquired.
 */
export type Status =
  | { readonly kind: 'escaped'; readonly reason: EscapeReason; readonly node: TSESTree.Node }
  | { readonly kind: 'held' }
  | { readonly kind: 'overwritten'; readonly node: TSESTree.Node }
  | { readonly kind: 'pending' }
  | { readonly kind: 'perhaps' }
  | { readonly kind: 'released'; readonly node: TSESTree.Node };

/** How a path came about since its last acquire. Not part of its identity: merged paths keep the better trail. */
export interface Trail {
  readonly steps: readonly PathStep[];
  readonly assumptions: readonly Assumption[];
  /** The trails of paths that were merged into this one, best first, a few of them. */
  readonly others: readonly Trail[];
}

/** One way through the function up to a point, with all that tells it from the others. Immutable. */
export interface Path {
  readonly status: ReadonlyMap<number, Status>;
  readonly variables: ReadonlyMap<Variable, Value>;
  /** The truth of conditions, by their normalised text. */
  readonly facts: ReadonlyMap<string, boolean>;
  readonly trail: Trail;
}

const noTrail: Trail = { steps: [], assumptions: [], others: [] };

export const emptyPath: Path = { status: new Map(), variables: new Map(), facts: new Map(), trail: noTrail };

/** Whether an obligation in this status is still to be released. */
export function isOpen(status: Status | undefined): boolean {
  return (
    status !== undefined &&
    (status.kind === 'held' || status.kind === 'perhaps' || status.kind === 'pending' || status.kind === 'overwritten')
  );
}

/** Whether any obligation is still to be released. */
function holdsAny(path: Path): boolean {
  for (const status of path.status.values()) {
    if (isOpen(status)) {
      return true;
    }
  }
  return false;
}

export function withStatus(path: Path, id: number, status: Status | undefined): Path {
  const next = new Map(path.status);
  if (status === undefined) {
    next.delete(id);
  } else {
    next.set(id, status);
  }
  return { ...path, status: next };
}

export function withVariable(path: Path, variable: Variable, value: Value): Path {
  const next = new Map(path.variables);
  if (value.kind === 'unknown') {
    next.delete(variable);
  } else {
    next.set(variable, value);
  }
  return { ...path, variables: next };
}

export function withFact(path: Path, text: string, truth: boolean): Path {
  return { ...path, facts: new Map(path.facts).set(text, truth) };
}

/** Forgets the facts whose text fits `isStale`. */
export function withoutFacts(path: Path, isStale: (text: string) => boolean): Path {
  const stale = [...path.facts.keys()].filter(isStale);
  return stale.length === 0
    ? path
    : { ...path, facts: new Map([...path.facts].filter(([text]) => !stale.includes(text))) };
}

export function withStep(path: Path, step: PathStep, assumption?: Assumption): Path {
  const { steps, assumptions, others } = path.trail;
  const isFailure = step.kind === 'mayThrow' || step.kind === 'throws';
  return {
    ...path,
    trail: {
      steps: [...steps, step],
      assumptions: assumption === undefined ? assumptions : [...assumptions, assumption],
      // What failed before is not what loses the resource now.
      others: isFailure ? [] : others,
    },
  };
}

/** Starts the trail at an acquire, unless another obligation is on its way already. */
export function withAcquire(path: Path, id: number, status: Status, node: TSESTree.Node): Path {
  const start = holdsAny(path) ? path : { ...path, trail: noTrail };
  return withStep(withStatus(start, id, status), { kind: 'acquired', node });
}

/** Whether a variable other than `except` still holds the resource. */
export function isAliased(path: Path, id: number, except: Variable): boolean {
  for (const [variable, value] of path.variables) {
    if (variable !== except && value.kind === 'resource' && value.id === id) {
      return true;
    }
  }
  return false;
}

const maximumOtherTrails = 8;

/** Joins the trail of an equal path: the one that rests on less leads, then the shorter story, then the first. */
function joinTrails(first: Trail, second: Trail): Trail {
  const difference = second.assumptions.length - first.assumptions.length || second.steps.length - first.steps.length;
  const [best, rest] = difference < 0 ? [second, first] : [first, second];
  const ended = hasEnded(rest) ? [{ ...rest, others: [] }] : [];
  const others = [...best.others, ...ended, ...rest.others].filter(
    (other, index, all) => !tellsTheSame(other, best) && !all.slice(0, index).some(known => tellsTheSame(other, known)),
  );
  return { ...best, others: others.slice(0, maximumOtherTrails) };
}

/** Whether two trails lead by the same steps: those of two rounds of a loop. */
function tellsTheSame(left: Trail, right: Trail): boolean {
  return (
    left.steps.length === right.steps.length &&
    left.steps.every(({ kind, node }, index) => kind === right.steps[index]?.kind && node === right.steps[index].node)
  );
}

/** Whether the trail leads to a place where the function is left, or an exception was caught: only such are told. */
function hasEnded({ steps }: Trail): boolean {
  const last = steps.at(-1)?.kind;
  return last === 'ends' || last === 'mayThrow' || last === 'returns' || last === 'throws';
}

/** Names paths, so that equal ones can be found. One instance per interpreted function. */
export class PathKeys {
  readonly #variables = new Map<Variable, number>();
  readonly #nodes = new Map<TSESTree.Node, number>();

  /** A text that is equal for paths that differ in their trail only. */
  keyOf(path: Path): string {
    const status = [...path.status].map(([id, { kind }]) => `${String(id)}${kind}`);
    const variables = [...path.variables].map(
      ([variable, value]) => `${this.#number(this.#variables, variable)}=${this.valueKey(value)}`,
    );
    const facts = [...path.facts].map(([text, truth]) => `${text}:${String(truth)}`);
    return [status.sort().join(), variables.sort().join(), facts.sort().join()].join('|');
  }

  valueKey(value: Value): string {
    switch (value.kind) {
      case 'closure':
        return `closure${this.#number(this.#nodes, value.node)}`;
      case 'constant':
        return `${typeof value.value}${String(value.value)}`;
      case 'flag':
        return `flag${String(value.id)}`;
      case 'promise':
        return `promise(${this.valueKey(value.of)})`;
      case 'resource':
        return `resource${String(value.id)}.${value.parts?.join() ?? ''}.${value.member ?? ''}`;
      case 'nullish':
      case 'rejected':
      case 'truthy':
      case 'unknown':
        return value.kind;
    }
  }

  #number<T>(numbers: Map<T, number>, item: T): string {
    let number = numbers.get(item);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(item, number);
    }
    return String(number);
  }
}

const maximumPaths = 16;

/** Forgets counters and texts, and keeps what is true or false: latches (`done = true`) guard releases. */
function withoutCounters(path: Path): Path {
  return withVariablesOf(path, value => value.kind !== 'constant' || typeof value.value === 'boolean');
}

/** Keeps what carries a duty and forgets conditions, where there are too many paths to tell apart. */
function withoutConditions(path: Path): Path {
  return { ...withVariablesOf(path, ({ kind }) => kind !== 'constant' && kind !== 'truthy'), facts: new Map() };
}

function withVariablesOf({ trail, ...path }: Path, isKept: (value: Value) => boolean): Path {
  const isMarked = trail.assumptions.some(({ kind }) => kind === 'conditionsDropped');
  return {
    ...path,
    variables: new Map([...path.variables].filter(([, value]) => isKept(value))),
    trail: isMarked ? trail : { ...trail, assumptions: [...trail.assumptions, { kind: 'conditionsDropped' }] },
  };
}

/**
 * Merges entries whose path and `group` are equal. Above 16 in one group the counters of all of them are dropped, then
 * all conditions.
 */
export function mergePaths<T extends { readonly path: Path }>(
  entries: readonly T[],
  keys: PathKeys,
  group: (entry: T) => string,
): T[] {
  if (entries.length < 2) {
    return [...entries];
  }
  return [withoutCounters, withoutConditions].reduce((merged, simplified) => {
    const isLarge = largeGroups(merged, group);
    return merged.some(isLarge)
      ? mergeEqual(
          merged.map(entry => (isLarge(entry) ? { ...entry, path: simplified(entry.path) } : entry)),
          keys,
          group,
        )
      : merged;
  }, mergeEqual(entries, keys, group));
}

/** Whether an entry's group has too many paths. */
function largeGroups<T>(entries: readonly T[], group: (entry: T) => string): (entry: T) => boolean {
  const sizes = new Map<string, number>();
  for (const entry of entries) {
    sizes.set(group(entry), (sizes.get(group(entry)) ?? 0) + 1);
  }
  return entry => (sizes.get(group(entry)) ?? 0) > maximumPaths;
}

function mergeEqual<T extends { readonly path: Path }>(
  entries: readonly T[],
  keys: PathKeys,
  group: (entry: T) => string,
): T[] {
  const merged = new Map<string, T>();
  for (const entry of entries) {
    const key = `${group(entry)}#${keys.keyOf(entry.path)}`;
    const known = merged.get(key);
    merged.set(
      key,
      known === undefined
        ? entry
        : { ...known, path: { ...known.path, trail: joinTrails(known.path.trail, entry.path.trail) } },
    );
  }
  return [...merged.values()];
}
