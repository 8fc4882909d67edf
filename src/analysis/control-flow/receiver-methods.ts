import { functionAround } from '../syntax/functions.js';
import { memberName } from '../syntax/member-name.js';
import { escapeValue } from './escapes.js';
import type { EvaluatedCall } from './calls.js';
import type { Machine } from './machine.js';
import { wholeResource } from './members.js';
import type { CallNode } from './model.js';
import type { Path, Value } from './path.js';

/** A method that takes ownership of its own object: `handle.createReadStream()`. */
export function takeReceiver(machine: Machine, node: CallNode, callee: Value, path: Path): Path {
  return callee.kind === 'resource' && callee.member !== undefined
    ? escapeValue(machine, path, callee, 'passedToCall', node)
    : path;
}

/** Whether the call is one of a resource's methods that do not throw. */
export function isSafe(machine: Machine, node: CallNode, receiver: Value | undefined): boolean {
  const id = wholeResource(receiver);
  const name = memberName(node.callee);
  return id !== undefined && name !== undefined && machine.sites.get(id)?.safeMethods.has(name) === true;
}

/**
 * Notes a use of a resource that its own function has released further up: by a method that fails then, or that starts it
 * again. A release in a callback, or one that only a round of a loop puts before the use, is not sure to come first.
 */
export function noteLateUse(machine: Machine, node: CallNode, { path, receiver }: Pick<EvaluatedCall, 'path' | 'receiver'>): void {
  const id = wholeResource(receiver);
  const site = id === undefined ? undefined : machine.sites.get(id);
  const status = id === undefined ? undefined : path.status.get(id);
  if (site?.uselessMethods.has(memberName(node.callee) ?? '') !== true || status?.kind !== 'released') {
    return;
  }
  const { node: release } = status;
  const isBefore =
    release.type === 'CallExpression' &&
    site.methods.has(memberName(release.callee) ?? '') &&
    release.range[1] <= node.range[0] &&
    functionAround(release) === functionAround(node);
  if (isBefore) {
    machine.events.push({ kind: 'usedAfterRelease', id: site.id, witness: node, trail: path.trail });
  }
}
