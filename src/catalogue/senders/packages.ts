import type { SenderSpecification } from '../../analysis/sender-specification.js';
import { eventEmitter, targetAndEmitter } from './protocols.js';

/** What sends events in packages. */
export const packageSenders = {
  'ws/socket': {
    noun: 'socket',
    from: { package: 'ws', export: ['WebSocket', 'default'] },
    lifetime: 'itself',
    endEvent: 'close',
    ...targetAndEmitter,
    docs: 'https://github.com/websockets/ws/blob/master/doc/ws.md#event-close',
  },
  'socket.io/sockets': {
    noun: 'socket',
    from: { package: 'socket.io', export: 'Socket' },
    lifetime: 'itself',
    endEvent: 'disconnect',
    ...eventEmitter,
    docs: 'https://socket.io/docs/v4/server-api/#event-disconnect',
  },
  'socket.io-client/sockets': {
    noun: 'socket',
    from: { package: 'socket.io-client', export: 'Socket', instances: [{ call: 'io' }, { call: 'default' }] },
    lifetime: 'owner',
    add: [...eventEmitter.add, { method: 'onAny', handler: 0 }],
    remove: [...eventEmitter.remove, { method: 'offAny', handler: 0 }],
    docs: 'https://socket.io/docs/v4/client-api/#socketoffeventname',
  },
  'mitt/emitter': {
    noun: 'event emitter',
    from: { package: 'mitt', export: 'Emitter', instances: [{ call: 'default' }] },
    lifetime: 'owner',
    add: [{ method: 'on', event: 0, handler: 1 }],
    remove: [{ method: 'off', event: 0, handler: 1 }],
    docs: 'https://github.com/developit/mitt#off',
  },
  'eventemitter3/emitter': {
    noun: 'event emitter',
    from: { package: 'eventemitter3', export: ['EventEmitter', 'default'] },
    lifetime: 'owner',
    ...eventEmitter,
    docs: 'https://github.com/primus/eventemitter3',
  },
  'chokidar/watcher': {
    noun: 'file watcher',
    from: { package: 'chokidar', export: 'FSWatcher', instances: [{ call: 'watch' }] },
    lifetime: 'owner',
    ...eventEmitter,
    docs: 'https://github.com/paulmillr/chokidar#methods--events',
  },
} as const satisfies Record<string, SenderSpecification>;
