import type { TSESTree } from '@typescript-eslint/utils';

import { memberName } from '../syntax/member-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import { escapeValue } from './escapes.js';
import { assumptionOf, fulfil } from './failures.js';
import type { Completion, Evaluated, Machine } from './machine.js';
import type { CallNode } from './model.js';
import type { Path, Trail, Value } from './path.js';
import { nullish, unknown, withStep } from './path.js';
import { isReleaser, releaseResource } from './releases.js';
import { isWorthRunning, promiseOf, run } from './run.js';

/** A call of `then`, `catch` or `finally`. */
interface ChainCall extends TSESTree.CallExpression {
  callee: TSESTree.MemberExpression;
}

/** Whether the call adds handlers to a promise. */
export function isChain(node: CallNode): node is ChainCall {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') {
    return false;
  }
  const name = memberName(node.callee);
  return (name === 'then' || name === 'catch' || name === 'finally') && node.arguments.length > 0;
}

/** How a promise settles on one path. */
type Settled =
  | { readonly kind: 'fulfilled'; readonly path: Path; readonly value: Value }
  | { readonly kind: 'rejected'; readonly path: Path; readonly trail: Trail };

/**
 * Runs the handlers of `promise.then(f, g)`, `.catch(g)` and `.finally(h)` on the outcomes that reach them. Where no
 * handler and no outcome has to do with an obligation, the chain is a promise like any other.
 */
export function evaluateChain(machine: Machine, node: ChainCall, path: Path, abrupt: Completion[]): Evaluated[] {
  return machine.mergeEvaluated(
    machine.evaluate(node.callee.object, path, abrupt).flatMap(base => {
      if (base.value.kind === 'nullish') {
        return [{ path: base.path, value: nullish }];
      }
      const handlers = evaluateHandlers(machine, node, base.path);
      if (!isRelevant(machine, base, handlers.values)) {
        return [{ path: handlers.path, value: unknown }];
      }
      const name = memberName(node.callee);
      const [first, second] = handlers.values;
      return settlementsOf(machine, node, { path: handlers.path, value: base.value }).flatMap(settled => {
        if (name === 'finally') {
          return runFinally(machine, node, first, settled);
        }
        const handler = settled.kind === 'fulfilled' ? (name === 'then' ? first : undefined) : name === 'then' ? second : first;
        return runHandler(machine, node, handler, settled);
      });
    }),
  );
}

/** The handlers of a chain. A call among them only builds one, `then(flow(f, g))`, and does not fail. */
function evaluateHandlers(machine: Machine, node: ChainCall, path: Path): { path: Path; values: Value[] } {
  const values: Value[] = [];
  let next = path;
  for (const argument of node.arguments) {
    const [result] = machine.evaluate(argument, next, []);
    next = result?.path ?? next;
    values.push(result?.value ?? unknown);
  }
  return { path: next, values };
}

function isRelevant(machine: Machine, base: Evaluated, handlers: readonly Value[]): boolean {
  return (
    base.value.kind === 'promise' ||
    base.value.kind === 'rejected' ||
    handlers.some(
      handler =>
        isReleaser(machine, handler) ||
        (handler.kind === 'closure' && isWorthRunning(machine, handler.node, base.path, [])),
    )
  );
}

function settlementsOf(machine: Machine, node: ChainCall, { path, value }: Evaluated): Settled[] {
  const base = skipWrappers(node.callee.object);
  if (value.kind === 'rejected') {
    return [{ kind: 'rejected', path, trail: value.trail }];
  }
  if (value.kind === 'promise') {
    const failures: Completion[] = [];
    const fulfilled = fulfil(machine, base, path, value.of, failures);
    return [
      ...fulfilled.map(result => ({ kind: 'fulfilled', ...result }) as const),
      ...failures.map(failure => ({ kind: 'rejected', path: failure.path, trail: failure.path.trail }) as const),
    ];
  }
  const settled: Settled[] = [{ kind: 'fulfilled', path, value: unknown }];
  const failure = machine.model.awaitFailure(base);
  if (failure !== 'impossible') {
    const failed = withStep(path, { kind: 'mayThrow', node: base }, assumptionOf(machine, base, failure));
    settled.push({ kind: 'rejected', path: failed, trail: failed.trail });
  }
  return settled;
}

/** What the chain's promise gives when `handler` has run on this outcome, or has let it pass. */
function runHandler(machine: Machine, node: ChainCall, handler: Value | undefined, settled: Settled): Evaluated[] {
  if (handler === undefined || handler.kind === 'nullish') {
    return [pass(settled)];
  }
  const caught =
    settled.kind === 'rejected' ? { ...settled.path, trail: settled.trail } : settled.path;
  const argument = settled.kind === 'fulfilled' ? settled.value : unknown;
  if (handler.kind === 'resource' && isReleaser(machine, handler)) {
    return [{ path: releaseResource(machine, node, handler.id, caught), value: promiseOf(unknown) }];
  }
  if (handler.kind === 'closure') {
    const abrupt: Completion[] = [];
    const results = run(machine, handler.node, [argument], caught, abrupt);
    return [
      ...results.map(result => ({ path: result.path, value: promiseOf(result.value) })),
      ...abrupt.map(({ path }): Evaluated => ({ path, value: { kind: 'rejected', trail: path.trail } })),
    ];
  }
  return [{ path: escapeValue(machine, caught, argument, 'passedToCall', node), value: promiseOf(unknown) }];
}

/** `finally` runs its handler on every outcome and then lets the outcome pass. */
function runFinally(machine: Machine, node: ChainCall, handler: Value | undefined, settled: Settled): Evaluated[] {
  return runHandler(machine, node, handler, { kind: 'fulfilled', path: settled.path, value: nullish }).map(
    ({ path, value }) =>
      value.kind === 'rejected' ? { path, value } : pass({ ...settled, path }),
  );
}

function pass(settled: Settled): Evaluated {
  return settled.kind === 'fulfilled'
    ? { path: settled.path, value: promiseOf(settled.value) }
    : { path: settled.path, value: { kind: 'rejected', trail: settled.trail } };
}
