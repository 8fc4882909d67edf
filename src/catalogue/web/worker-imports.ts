import type { ResourceSpecification } from '../../analysis/specification.js';
import { workerParameters } from '../worker-parameters.js';

/**
 * Imports that bundlers turn into workers: `./work?worker` (Vite), `worker-loader!./work` and `work.worker` (webpack's
 * worker-loader and its usual test `/\.worker\.js$/`), `web-worker:./work` (rollup-plugin-web-worker-loader).
 */
export const workerImports = {
  'web/worker-import': {
    kind: 'worker',
    noun: 'worker',
    from: {
      module: [
        '*?worker',
        '*?worker&*',
        'worker!*',
        'worker-loader!*',
        'worker-loader?*!*',
        'web-worker:*',
        '*.worker',
        '*.worker.js',
        '*.worker.ts',
      ],
      export: 'default',
    },
    acquire: [{ how: 'new', obligation: 'result' }],
    release: [{ method: 'terminate' }],
    script: { argument: 0, endsWhen: 'collected' },
    parameters: workerParameters,
    docs: 'https://vite.dev/guide/features#import-with-query-suffixes',
  },
} as const satisfies Record<string, ResourceSpecification>;
