import type { SenderSpecification } from '../../analysis/sender-specification.js';

type Protocol = Pick<SenderSpecification, 'add' | 'remove'>;

/** `EventTarget` of the web, which Node has too. */
export const eventTarget = {
  add: [{ method: 'addEventListener', event: 0, handler: 1, options: 2 }],
  remove: [{ method: 'removeEventListener', event: 0, handler: 1, options: 2 }],
} as const satisfies Protocol;

/** `EventEmitter` of Node, and of the many libraries that have the same methods. */
export const eventEmitter = {
  add: [
    { method: 'on', event: 0, handler: 1, options: 2 },
    { method: 'addListener', event: 0, handler: 1 },
    { method: 'prependListener', event: 0, handler: 1 },
    { method: 'once', event: 0, handler: 1, once: true },
    { method: 'prependOnceListener', event: 0, handler: 1, once: true },
  ],
  remove: [
    { method: 'off', event: 0, handler: 1 },
    { method: 'removeListener', event: 0, handler: 1 },
    { method: 'removeAllListeners', event: 0 },
  ],
} as const satisfies Protocol;

/** Both, as a `WebSocket` of `ws` or a `MessagePort` of Node has them. */
export const targetAndEmitter = {
  add: [...eventTarget.add, ...eventEmitter.add],
  remove: [...eventTarget.remove, ...eventEmitter.remove],
} as const satisfies Protocol;
