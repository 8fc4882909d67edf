import type { ResourceSpecification } from '../../analysis/specification.js';

/** Piscina. `destroy()` stops the threads at once and rejects what is queued, `close()` (from 4.0) lets it finish. After either `run()` starts new ones. */
export const piscina = {
  'piscina/piscina': {
    kind: 'pool',
    noun: 'thread pool',
    from: { package: 'piscina', export: ['default', 'Piscina'] },
    acquire: [{ how: 'new', obligation: 'result' }],
    release: [{ method: 'destroy' }, { method: 'close' }],
    awaitRelease: true,
    uselessAfterRelease: ['run'],
    docs: 'https://piscinajs.dev/api-reference/Methods#method-destroy',
  },
} as const satisfies Record<string, ResourceSpecification>;
