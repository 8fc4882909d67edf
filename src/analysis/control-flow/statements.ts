import type { TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../findings.js';
import { bind } from './assignments.js';
import { isCondition } from './conditions.js';
import { escapeClosure, escapeValue } from './escapes.js';
import type { Branches, Completion, Machine } from './machine.js';
import { executeLoop } from './loops.js';
import type { Path, Value } from './path.js';
import { nullish, unknown, withStatus, withStep } from './path.js';

/** Executes a statement from each of the paths and gives its completions, grouped. */
function executeStatement(
  machine: Machine,
  node: TSESTree.Statement,
  paths: readonly Path[],
  label?: string,
): Completion[] {
  return machine.group(paths.flatMap(path => executeOnPath(machine, node, path, label)));
}

function executeOnPath(machine: Machine, node: TSESTree.Statement, path: Path, label?: string): Completion[] {
  const abrupt: Completion[] = [];
  const normal = (paths: readonly Path[]): Completion[] => [
    ...abrupt,
    ...paths.map(next => ({ kind: 'normal', cause: node, path: next }) as const),
  ];
  switch (node.type) {
    case 'BlockStatement':
      return executeList(machine, node.body, [path], node);
    case 'BreakStatement':
      return [{ kind: 'break', label: node.label?.name, cause: node, path: withStep(path, { kind: 'breaks', node }) }];
    case 'ClassDeclaration':
      return normal([escapeClosure(machine, path, node, 'capturedByClosure', node)]);
    case 'ContinueStatement':
      return [{ kind: 'continue', label: node.label?.name, cause: node, path: withStep(path, { kind: 'breaks', node }) }];
    case 'DoWhileStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'ForStatement':
    case 'WhileStatement':
      return executeLoop(machine, node, path, label, executeStatement);
    case 'ExpressionStatement':
      return normal(machine.evaluate(node.expression, path, abrupt).map(result => result.path));
    case 'IfStatement': {
      const { whenTrue, whenFalse } = machine.branch(node.test, path, abrupt);
      const completions = executeStatement(machine, node.consequent, whenTrue);
      return [
        ...completions,
        ...(node.alternate === null ? normal(whenFalse) : [...abrupt, ...executeStatement(machine, node.alternate, whenFalse)]),
      ];
    }
    case 'LabeledStatement':
      return executeStatement(machine, node.body, [path], node.label.name).map(completion =>
        completion.kind === 'break' && completion.label === node.label.name
          ? { ...completion, kind: 'normal', label: undefined }
          : completion,
      );
    case 'ReturnStatement':
      return executeReturn(machine, node, path);
    case 'SwitchStatement':
      return executeSwitch(machine, node, path);
    case 'ThrowStatement': {
      const thrown = machine.evaluate(node.argument, path, abrupt).map(({ path: next, value }): Completion => {
        const given = escapeValue(machine, next, value, 'thrown', node);
        return { kind: 'throw', cause: node, path: withStep(given, { kind: 'throws', node }) };
      });
      return [...abrupt, ...thrown];
    }
    case 'TryStatement':
      return executeTry(machine, node, path);
    case 'VariableDeclaration': {
      const paths = node.declarations.reduce<Path[]>(
        (starts, declarator) =>
          machine.merge(starts.flatMap(start => executeDeclarator(machine, node, declarator, start, abrupt))),
        [path],
      );
      return normal(paths);
    }
    case 'WithStatement':
      return executeStatement(machine, node.body, [path]);
    default:
      return normal([path]);
  }
}

/** Executes statements one after the other; what does not complete normally leaves the list. */
function executeList(
  machine: Machine,
  statements: readonly TSESTree.Statement[],
  paths: readonly Path[],
  node: TSESTree.Node,
): Completion[] {
  const left: Completion[] = [];
  let current = paths;
  for (const statement of statements) {
    if (current.length === 0) {
      break;
    }
    const completions = executeStatement(machine, statement, current);
    left.push(...completions.filter(({ kind }) => kind !== 'normal'));
    current = completions.filter(({ kind }) => kind === 'normal').map(({ path }) => path);
  }
  return machine.group([...left, ...current.map(path => ({ kind: 'normal', cause: node, path }) as const)]);
}

function executeReturn(machine: Machine, node: TSESTree.ReturnStatement, path: Path): Completion[] {
  if (node.argument === null) {
    return [{ kind: 'return', cause: node, value: nullish, path: withStep(path, { kind: 'returns', node }) }];
  }
  const abrupt: Completion[] = [];
  const returned = machine.evaluate(node.argument, path, abrupt).map(
    ({ path: next, value }): Completion => ({
      kind: 'return',
      cause: node,
      value,
      path: withStep(next, { kind: 'returns', node }),
    }),
  );
  return [...abrupt, ...returned];
}

function executeDeclarator(
  machine: Machine,
  { kind }: TSESTree.VariableDeclaration,
  { id, init }: TSESTree.VariableDeclarator,
  path: Path,
  abrupt: Completion[],
): Path[] {
  if (init === null) {
    return kind === 'var' ? [path] : bind(machine, id, nullish, path, abrupt);
  }
  const variable = id.type === 'Identifier' ? machine.variableOf(id) : undefined;
  if (variable !== undefined && machine.conditions.tested.has(variable) && isCondition(init)) {
    const { whenTrue, whenFalse }: Branches = machine.branch(init, path, abrupt);
    return [
      ...whenTrue.flatMap(next => bind(machine, id, { kind: 'constant', value: true }, next, abrupt)),
      ...whenFalse.flatMap(next => bind(machine, id, { kind: 'constant', value: false }, next, abrupt)),
    ];
  }
  return machine.evaluate(init, path, abrupt).flatMap(({ path: next, value }) => {
    const isScoped = kind === 'using' || kind === 'await using';
    return bind(machine, id, isScoped ? unknown : value, isScoped ? disposed(next, value, init) : next, abrupt);
  });
}

/** A `using` declaration releases at every exit of its block. */
function disposed(path: Path, value: Value, node: TSESTree.Node): Path {
  return value.kind === 'resource' ? withStatus(path, value.id, { kind: 'released', node }) : path;
}

function executeSwitch(machine: Machine, node: TSESTree.SwitchStatement, path: Path): Completion[] {
  const abrupt: Completion[] = [];
  const starts = machine.merge(machine.evaluate(node.discriminant, path, abrupt).map(result => result.path));
  const left: Completion[] = abrupt;
  let falling: readonly Path[] = [];
  for (const { consequent } of node.cases) {
    const completions = executeList(machine, consequent, machine.merge([...starts, ...falling]), node);
    left.push(...completions.filter(({ kind }) => kind !== 'normal'));
    falling = completions.filter(({ kind }) => kind === 'normal').map(next => next.path);
  }
  const ends = node.cases.some(({ test }) => test === null) ? falling : [...starts, ...falling];
  return [
    ...left.map(completion =>
      completion.kind === 'break' && completion.label === undefined
        ? ({ ...completion, kind: 'normal' } as const)
        : completion,
    ),
    ...ends.map(next => ({ kind: 'normal', cause: node, path: next }) as const),
  ];
}

function executeTry(machine: Machine, node: TSESTree.TryStatement, path: Path): Completion[] {
  const body = executeStatement(machine, node.block, [path]);
  const { handler, finalizer } = node;
  const handled =
    handler === null
      ? body
      : machine.group(
          body.flatMap(completion =>
            completion.kind === 'throw' ? executeCatch(machine, handler, completion.path) : [completion],
          ),
        );
  return finalizer === null
    ? handled
    : machine.group(handled.flatMap(completion => executeFinally(machine, finalizer, completion)));
}

function executeCatch(machine: Machine, node: TSESTree.CatchClause, path: Path): Completion[] {
  const abrupt: Completion[] = [];
  const caught = withStep(path, { kind: 'caught', node });
  const paths = node.param === null ? [caught] : bind(machine, node.param, unknown, caught, abrupt);
  return [...abrupt, ...executeStatement(machine, node.body, paths)];
}

/** `finally` runs on every incoming completion, and its own abrupt completions replace that. */
function executeFinally(machine: Machine, node: TSESTree.BlockStatement, incoming: Completion): Completion[] {
  return executeStatement(machine, node, [incoming.path]).map(completion => {
    if (completion.kind !== 'normal') {
      return completion;
    }
    noteEarlyRelease(machine, incoming, completion.path);
    return { ...incoming, path: completion.path };
  });
}

/** `return promise` under a lock: `finally` gives the lock back while the work behind the promise still runs. */
function noteEarlyRelease(machine: Machine, { kind, cause, path }: Completion, after: Path): void {
  if (kind !== 'return' || cause.type !== 'ReturnStatement' || cause.argument === null) {
    return;
  }
  for (const [id, status] of path.status) {
    const site = machine.sites.get(id);
    if (
      site !== undefined &&
      status.kind === 'held' &&
      after.status.get(id)?.kind === 'released' &&
      machine.model.startsWork(cause.argument, site)
    ) {
      machine.events.push({ kind: 'releasedEarly', id, witness: cause, trail: after.trail });
    }
  }
}

/** Executes the body of a function that is run in place or as a unit: only `return` and `throw` completions are left. */
export function executeBody(machine: Machine, node: FunctionNode, path: Path): Completion[] {
  if (node.body.type !== 'BlockStatement') {
    const body = node.body;
    const abrupt: Completion[] = [];
    const returned = machine
      .evaluate(body, path, abrupt)
      .map(
        ({ path: next, value }): Completion => ({
          kind: 'return',
          cause: body,
          value,
          path: withStep(next, { kind: 'returns', node: body }),
        }),
      );
    return machine.group([...abrupt, ...returned]);
  }
  return machine.group(
    executeStatement(machine, node.body, [path]).map(completion =>
      completion.kind === 'normal'
        ? { ...completion, kind: 'return', value: nullish, path: withStep(completion.path, { kind: 'ends', node: node.body }) }
        : completion,
    ),
  );
}
