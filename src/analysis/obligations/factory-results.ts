import type { CallNode } from '../control-flow/model.js';
import type { Identity } from '../identity/identity.js';
import type { Variables } from '../scope/variables.js';
import { memberName } from '../syntax/member-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import type { FoundAcquire, NamedSpecification } from './acquires.js';
import { siteOf } from './acquires.js';
import { isThread } from './thread-life.js';

/**
 * Adds the calls of functions whose code cannot be read, whose declared result is a thread, and whose name says that
 * they make one, where a class keeps the result in a field: `this.worker = this.workerFactory()`.
 *
 * @returns the given acquires and the new ones
 */
export function withFactoryResults(
  acquires: ReadonlyMap<CallNode, FoundAcquire>,
  calls: readonly CallNode[],
  specifications: readonly NamedSpecification[],
  { identity, variables }: { identity: Identity; variables: Variables },
): Map<CallNode, FoundAcquire> {
  const all = new Map(acquires);
  const threads = specifications.filter(isThread);
  for (const call of threads.length === 0 ? [] : calls) {
    const name = call.type === 'CallExpression' && !all.has(call) && isKeptInField(call) ? nameOf(call) : undefined;
    const found = name === undefined || !makingName.test(name) ? undefined : threads.find(({ specification }) => identity.isInstance(call, specification.from));
    const acquire = found?.specification.acquire.find(({ how, obligation }) => how === 'new' && obligation === 'result');
    if (name !== undefined && found !== undefined && acquire !== undefined) {
      const site = siteOf(call, all.size, found.specification, { ...acquire, how: 'call' }, variables);
      all.set(call, { ...found, acquire, site, through: name, isDeclaredOnly: true });
    }
  }
  return all;
}

const makingName = /factory|^#?_?(?:build|create|launch|make|new|spawn)/iu;

function nameOf({ callee }: CallNode): string | undefined {
  const target = skipWrappers(callee);
  return target.type === 'Identifier' ? target.name : memberName(target);
}

function isKeptInField({ parent }: CallNode): boolean {
  return (
    parent.type === 'AssignmentExpression' &&
    parent.left.type === 'MemberExpression' &&
    parent.left.object.type === 'ThisExpression'
  );
}
