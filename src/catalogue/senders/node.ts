import type { SenderSpecification } from '../../analysis/sender-specification.js';
import { eventEmitter, eventTarget, targetAndEmitter } from './protocols.js';

const endsByItself = { lifetime: 'itself', endEvent: 'close', ...eventEmitter } as const;

/** What sends events in Node. */
export const nodeSenders = {
  'node/process': {
    noun: 'process',
    from: { global: 'process' },
    lifetime: 'program',
    ...eventEmitter,
    docs: 'https://nodejs.org/api/process.html#process-events',
  },
  'node/process-module': {
    noun: 'process',
    from: { package: 'node:process', export: 'default' },
    lifetime: 'program',
    ...eventEmitter,
    docs: 'https://nodejs.org/api/process.html#process-events',
  },
  'node/streams': {
    noun: 'stream',
    from: {
      package: 'node:stream',
      export: ['Readable', 'Writable', 'Duplex', 'Transform', 'PassThrough', 'ReadableBase', 'WritableBase', 'DuplexBase', 'Stream'],
    },
    ...endsByItself,
    docs: 'https://nodejs.org/api/stream.html#event-close',
  },
  'node/sockets': {
    noun: 'socket',
    from: { package: 'node:net', export: 'Socket' },
    ...endsByItself,
    docs: 'https://nodejs.org/api/net.html#event-close_1',
  },
  'node/child-process': {
    noun: 'child process',
    from: { package: 'node:child_process', export: 'ChildProcess' },
    ...endsByItself,
    docs: 'https://nodejs.org/api/child_process.html#event-exit',
  },
  'node/http-messages': {
    noun: 'HTTP message',
    from: { package: 'node:http', export: ['IncomingMessage', 'ServerResponse', 'ClientRequest', 'OutgoingMessage'] },
    ...endsByItself,
    docs: 'https://nodejs.org/api/http.html#event-close_3',
  },
  'node/worker': {
    noun: 'worker',
    from: { package: 'node:worker_threads', export: ['Worker', 'MessagePort'] },
    lifetime: 'itself',
    ...targetAndEmitter,
    docs: 'https://nodejs.org/api/worker_threads.html#event-exit',
  },
  'node/fs-watcher': {
    noun: 'file watcher',
    from: { package: 'node:fs', export: ['FSWatcher', 'StatWatcher', 'ReadStream', 'WriteStream'] },
    ...endsByItself,
    docs: 'https://nodejs.org/api/fs.html#class-fsfswatcher',
  },
  'node/readline': {
    noun: 'readline interface',
    from: { package: 'node:readline', export: 'Interface' },
    ...endsByItself,
    docs: 'https://nodejs.org/api/readline.html#event-close',
  },
  'node/event-emitter': {
    noun: 'event emitter',
    from: { package: 'node:events', export: ['EventEmitter', 'default'] },
    lifetime: 'owner',
    structural: true,
    ...eventEmitter,
    docs: 'https://nodejs.org/api/events.html#class-eventemitter',
  },
  'node/event-target': {
    noun: 'event target',
    from: { global: 'EventTarget' },
    lifetime: 'owner',
    structural: true,
    ...eventTarget,
    docs: 'https://nodejs.org/api/events.html#class-eventtarget',
  },
} as const satisfies Record<string, SenderSpecification>;
