import { isSameEvent, mayBeSameEvent } from './keys.js';
import type { Registration, Removal, Sender } from './model.js';

/** Whether `removal` may take the listener off. In doubt it does. */
export function mayRemove(removal: Removal, registration: Registration): boolean {
  if (!mayBeSameEvent(removal.event, registration.event)) return false;
  const { handler } = removal;
  if (handler === undefined || handler.kind === 'unknown') return mayBeSameSender(removal.sender, registration.sender);
  if (handler.kind === 'fresh') return false;
  if (registration.handler.kind === 'fresh') return handler.key === registration.handler.own;
  if (registration.handler.kind === 'unknown') return mayBeSameSender(removal.sender, registration.sender);
  return handler.key === registration.handler.key || mayBeSamePart(handler.key, registration.handler.key);
}

/** Whether both are surely about one event of one sender. */
export function isAboutSame(removal: Removal, registration: Registration): boolean {
  return isSameSender(removal.sender, registration.sender) && isSameEvent(removal.event, registration.event);
}

/** Whether two senders are surely the same. */
export function isSameSender(left: Sender, right: Sender): boolean {
  return left.key !== undefined && left.key === right.key;
}

/** Whether two handlers are parts of the same name, which may be of one object: `entry.listener`, `command.listener`. */
function mayBeSamePart(left: string, right: string): boolean {
  return left.includes('.') && right.includes('.') && lastName(left) === lastName(right);
}

function mayBeSameSender(left: Sender, right: Sender): boolean {
  if (left.key === undefined || right.key === undefined) return true;
  return left.key === right.key || lastName(left.key) === lastName(right.key);
}

function lastName(key: string): string {
  return key.slice(Math.max(key.lastIndexOf('.'), key.lastIndexOf(':')) + 1).replace(/^[#_]+/u, '');
}
