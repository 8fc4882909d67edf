import type { ResourceSpecification } from '../../analysis/specification.js';

/**
 * await-semaphore. The releaser ignores a second call. `use(fn)` does not release when `fn` throws before it returns a
 * promise, so `fn` has to be async.
 */
export const awaitSemaphore = {
  'await-semaphore/semaphore': {
    kind: 'lock',
    noun: 'semaphore permit',
    from: { package: 'await-semaphore', export: ['Semaphore', 'Mutex'] },
    acquire: [{ how: 'method', name: 'acquire', awaited: true, obligation: 'result' }],
    release: [{ call: true }],
    scopedForm: { method: 'use', callback: 0 },
    reentrant: true,
    docs: 'https://github.com/notenoughneon/await-semaphore#api',
  },
} as const satisfies Record<string, ResourceSpecification>;
