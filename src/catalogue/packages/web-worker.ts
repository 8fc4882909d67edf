import type { ResourceSpecification } from '../../analysis/specification.js';
import { workerParameters } from '../worker-parameters.js';

/** web-worker, the web's `Worker` for Node as well. */
export const webWorker = {
  'web-worker/worker': {
    kind: 'worker',
    noun: 'worker',
    from: { package: 'web-worker', export: 'default' },
    acquire: [{ how: 'new', obligation: 'result' }],
    release: [{ method: 'terminate' }],
    script: { argument: 0, endsWhen: 'collected' },
    parameters: workerParameters,
    docs: 'https://github.com/developit/web-worker#usage-example',
  },
} as const satisfies Record<string, ResourceSpecification>;
