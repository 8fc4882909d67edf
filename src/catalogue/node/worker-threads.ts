import type { ResourceSpecification } from '../../analysis/specification.js';
import { portParameters } from '../port-parameters.js';
import { workerParameters } from '../worker-parameters.js';

/**
 * `node:worker_threads`. A worker ends by itself when its script has nothing left to do, and says so by `exit`. Closing
 * one port of a channel closes the other; a port that is transferred is closed by the thread that has got it.
 */
export const nodeWorkerThreads = {
  'node/worker': {
    kind: 'worker',
    noun: 'worker',
    from: { package: 'worker_threads', export: 'Worker' },
    acquire: [{ how: 'new', obligation: 'result' }],
    release: [{ method: 'terminate' }],
    awaitRelease: true,
    joinedBy: [{ event: 'exit' }, { event: 'error', byFailure: true }],
    script: { argument: 0, endsWhen: 'idle' },
    parameters: workerParameters,
    docs: 'https://nodejs.org/api/worker_threads.html#class-worker',
  },
  'node/message-channel': {
    kind: 'port',
    noun: 'message channel',
    from: { package: 'worker_threads', export: 'MessageChannel' },
    acquire: [{ how: 'new', obligation: { property: ['port1', 'port2'] } }],
    release: [{ method: 'close' }],
    neverThrows: ['start'],
    joinedBy: [{ event: 'close' }],
    parameters: portParameters,
    docs: 'https://nodejs.org/api/worker_threads.html#class-messagechannel',
  },
  'node/broadcast-channel': {
    kind: 'port',
    noun: 'broadcast channel',
    from: { package: 'worker_threads', export: 'BroadcastChannel' },
    acquire: [{ how: 'new', obligation: 'result' }],
    release: [{ method: 'close' }],
    docs: 'https://nodejs.org/api/worker_threads.html#class-broadcastchannel-extends-eventtarget',
  },
} as const satisfies Record<string, ResourceSpecification>;
