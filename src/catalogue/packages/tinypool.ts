import type { ResourceSpecification } from '../../analysis/specification.js';

/** Tinypool. `destroy()` stops the workers, be they threads or processes, and rejects what is queued; `run()` starts new ones then. */
export const tinypool = {
  'tinypool/tinypool': {
    kind: 'pool',
    noun: 'worker pool',
    from: { package: 'tinypool', export: ['default', 'Tinypool'] },
    acquire: [{ how: 'new', obligation: 'result' }],
    release: [{ method: 'destroy' }],
    awaitRelease: true,
    uselessAfterRelease: ['run'],
    docs: 'https://github.com/tinylibs/tinypool#api',
  },
} as const satisfies Record<string, ResourceSpecification>;
