import type { FunctionNode, PathStep } from '../findings.js';
import { variablesCapturedBy } from '../scope/captures.js';
import { contains } from '../syntax/contains.js';
import { bind } from './assignments.js';
import { escapeClosure } from './escapes.js';
import type { Completion, Evaluated, Machine } from './machine.js';
import type { Path, Value } from './path.js';
import { nullish, unknown } from './path.js';

/** Whether running the function in place can change what is known: it holds an obligation or writes a local. */
export function isWorthRunning(
  machine: Machine,
  closure: FunctionNode,
  path: Path,
  values: readonly Value[],
): boolean {
  return (
    values.some(({ kind }) => kind === 'resource' || kind === 'promise' || kind === 'closure') ||
    variablesCapturedBy(machine.sourceCode, closure).some(
      variable =>
        path.variables.has(variable) ||
        (machine.isLocal(variable) && variable.references.some(reference => reference.isWrite() && contains(closure, reference.identifier))),
    ) ||
    [...machine.sites.values()].some(site => machine.model.isReleasedByNameIn(closure, site))
  );
}

const maximumDepth = 4;

/** Runs a function in place. An async one gives a promise, which is rejected where its body throws. */
export function run(
  machine: Machine,
  closure: FunctionNode,
  values: readonly Value[],
  path: Path,
  abrupt: Completion[],
): Evaluated[] {
  if (closure.generator || machine.calls.includes(closure) || machine.calls.length >= maximumDepth) {
    return [{ path: escapeClosure(machine, path, closure, 'capturedByClosure', closure), value: unknown }];
  }
  machine.calls.push(closure);
  const started = closure.params.reduce<Path[]>(
    (paths, parameter, index) =>
      paths.flatMap(next => bind(machine, parameter, values[index] ?? unknown, next, abrupt)),
    [path],
  );
  const completions = started.flatMap(next => machine.execute(closure, next));
  machine.calls.pop();
  return completions.flatMap(({ kind, path: next, cause, value = nullish }): Evaluated[] => {
    if (kind !== 'throw') {
      return [{ path: withoutReturn(next, path, closure), value: closure.async ? promiseOf(value) : value }];
    }
    if (closure.async) {
      return [{ path: next, value: { kind: 'rejected', trail: next.trail } }];
    }
    abrupt.push({ kind: 'throw', path: next, cause });
    return [];
  });
}

/** The end of a function that ran in place is no end of its caller: a `return` in it is a jump, what it merged is told. */
function withoutReturn({ trail, ...path }: Path, before: Path, closure: FunctionNode): Path {
  const steps = trail.steps.flatMap((step): PathStep[] => {
    const isReturn = (step.kind === 'returns' || step.kind === 'ends') && contains(closure, step.node);
    return !isReturn ? [step] : step.node.type === 'ReturnStatement' ? [{ ...step, kind: 'breaks' }] : [];
  });
  return { ...path, trail: { ...trail, steps, others: trail.others.filter(other => before.trail.others.includes(other)) } };
}

/** A promise that adopts the value: a promise of a promise is that promise. */
export function promiseOf(value: Value): Value {
  return value.kind === 'promise' || value.kind === 'rejected' ? value : { kind: 'promise', of: value };
}
