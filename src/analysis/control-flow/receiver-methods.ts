import { memberName } from '../syntax/member-name.js';
import { escapeValue } from './escapes.js';
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
