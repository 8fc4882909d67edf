import type { ResourceSpecification } from '../../analysis/specification.js';
import { portParameters } from '../port-parameters.js';
import { workerParameters } from '../worker-parameters.js';

/**
 * The workers and ports of browsers. A shared worker ends with its last client, so a client closes its port. Closing one
 * port of a channel closes the other; a port that is transferred is closed by whoever has got it. Browsers collect a
 * channel of which both ports are out of reach, and other ports as long as nothing listens to them; Node collects none.
 */
export const webWorkers = {
  'web/worker': {
    kind: 'worker',
    noun: 'worker',
    from: { global: 'Worker' },
    acquire: [{ how: 'new', obligation: 'result' }],
    release: [{ method: 'terminate' }],
    script: { argument: 0, endsWhen: 'collected' },
    parameters: workerParameters,
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/Worker/terminate',
  },
  'web/shared-worker': {
    kind: 'port',
    noun: 'port of the shared worker',
    from: { global: 'SharedWorker' },
    acquire: [{ how: 'new', obligation: { property: 'port' } }],
    release: [{ method: 'close' }],
    collected: 'withoutListener',
    neverThrows: ['start'],
    parameters: portParameters,
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/SharedWorker/port',
  },
  'web/message-channel': {
    kind: 'port',
    noun: 'message channel',
    from: { global: 'MessageChannel' },
    acquire: [{ how: 'new', obligation: { property: ['port1', 'port2'] } }],
    release: [{ method: 'close' }],
    collected: 'always',
    neverThrows: ['start'],
    parameters: portParameters,
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/MessagePort/close',
  },
  'web/broadcast-channel': {
    kind: 'port',
    noun: 'broadcast channel',
    from: { global: 'BroadcastChannel' },
    acquire: [{ how: 'new', obligation: 'result' }],
    release: [{ method: 'close' }],
    collected: 'withoutListener',
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/BroadcastChannel/close',
  },
} as const satisfies Record<string, ResourceSpecification>;
