import type { TSESTree } from '@typescript-eslint/utils';

import { bind } from './assignments.js';
import { escapeValue } from './escapes.js';
import { thrown, type Completion, type Machine } from './machine.js';
import type { Path } from './path.js';
import { unknown } from './path.js';

type Loop =
  | TSESTree.DoWhileStatement
  | TSESTree.ForInStatement
  | TSESTree.ForOfStatement
  | TSESTree.ForStatement
  | TSESTree.WhileStatement;

type Execute = (machine: Machine, node: TSESTree.Statement, paths: readonly Path[]) => Completion[];

/** One round of a loop: the paths that enter the body, and those that leave the loop before it. */
interface Round {
  readonly enters: readonly Path[];
  readonly leaves: readonly Path[];
}

/** Rounds after which nothing new can be learned: a status changes at most a few times along a path. */
const maximumRounds = 6;

/** Executes a loop until no round adds a new path. */
export function executeLoop(
  machine: Machine,
  node: Loop,
  path: Path,
  label: string | undefined,
  execute: Execute,
): Completion[] {
  const left: Completion[] = [];
  const seen = new Set<string>();
  let heads = start(machine, node, path, left, execute);
  for (let round = 0; heads.length > 0 && round < maximumRounds; round++) {
    const { enters, leaves } =
      node.type === 'DoWhileStatement' ? { enters: heads, leaves: [] } : head(machine, node, heads, left);
    left.push(...leaves.map(next => ({ kind: 'normal', cause: node, path: next }) as const));
    const ends: Path[] = [];
    for (const completion of execute(machine, node.body, enters)) {
      const isOwn = completion.label === undefined || completion.label === label;
      if (completion.kind === 'normal' || (completion.kind === 'continue' && isOwn)) {
        ends.push(completion.path);
      } else {
        left.push(completion.kind === 'break' && isOwn ? { ...completion, kind: 'normal', label: undefined } : completion);
      }
    }
    heads = tail(machine, node, ends, left).filter(next => {
      const key = machine.keys.keyOf(next);
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    });
  }
  return left;
}

function start(machine: Machine, node: Loop, path: Path, abrupt: Completion[], execute: Execute): Path[] {
  switch (node.type) {
    case 'ForInStatement':
    case 'ForOfStatement':
      // Leaving the loop ends the iterator, and with it what it was made of.
      return machine
        .evaluate(node.right, path, abrupt)
        .map(result => escapeValue(machine, result.path, result.value, 'passedToCall', node.right));
    case 'ForStatement': {
      if (node.init === null) {
        return [path];
      }
      if (node.init.type !== 'VariableDeclaration') {
        return machine.evaluate(node.init, path, abrupt).map(result => result.path);
      }
      const completions = execute(machine, node.init, [path]);
      abrupt.push(...completions.filter(({ kind }) => kind !== 'normal'));
      return completions.filter(({ kind }) => kind === 'normal').map(completion => completion.path);
    }
    default:
      return [path];
  }
}

function head(
  machine: Machine,
  node: Exclude<Loop, TSESTree.DoWhileStatement>,
  paths: readonly Path[],
  abrupt: Completion[],
): Round {
  if (node.type === 'ForInStatement' || node.type === 'ForOfStatement') {
    if (node.type === 'ForOfStatement' && node.await) {
      abrupt.push(...paths.map(path => thrown(path, node.right, 'mayThrow')));
    }
    const target = node.left.type === 'VariableDeclaration' ? node.left.declarations[0].id : node.left;
    const enters = paths.flatMap(path => bind(machine, target, unknown, path, abrupt));
    return { enters: machine.merge(enters), leaves: paths };
  }
  return test(machine, node.test, paths, abrupt);
}

function tail(machine: Machine, node: Loop, paths: readonly Path[], left: Completion[]): Path[] {
  const merged = machine.merge(paths);
  if (node.type === 'DoWhileStatement') {
    const { enters, leaves } = test(machine, node.test, merged, left);
    left.push(...leaves.map(path => ({ kind: 'normal', cause: node, path }) as const));
    return machine.merge(enters);
  }
  if (node.type === 'ForStatement' && node.update !== null) {
    const { update } = node;
    return machine.merge(merged.flatMap(path => machine.evaluate(update, path, left).map(result => result.path)));
  }
  return merged;
}

function test(
  machine: Machine,
  condition: TSESTree.Expression | null,
  paths: readonly Path[],
  abrupt: Completion[],
): Round {
  if (condition === null) {
    return { enters: paths, leaves: [] };
  }
  const branches = paths.map(path => machine.branch(condition, path, abrupt));
  return {
    enters: machine.merge(branches.flatMap(({ whenTrue }) => whenTrue)),
    leaves: machine.merge(branches.flatMap(({ whenFalse }) => whenFalse)),
  };
}
