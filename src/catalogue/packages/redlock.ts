import type { ResourceSpecification } from '../../analysis/specification.js';

/**
 * redlock 4 (`lock`, `unlock`, node-style callbacks) and 5 (`acquire`, `release`, `using`). A lock that cannot be had
 * within the retries rejects, and so does the release of one that has expired or was released already.
 */
export const redlock = {
  'redlock/redlock': {
    kind: 'lock',
    noun: 'lock',
    from: { package: 'redlock', export: 'default' },
    acquire: [
      { how: 'method', name: 'acquire', obligation: { callback: 2, parameter: 1, error: 0 } },
      { how: 'method', name: 'lock', obligation: { callback: 2, parameter: 1, error: 0 } },
      { how: 'method', name: 'acquire', awaited: true, obligation: 'result' },
      { how: 'method', name: 'lock', awaited: true, obligation: 'result' },
    ],
    release: [
      // The one form that both versions have comes first: edits write it.
      { receiverMethod: 'release', argument: 0 },
      { receiverMethod: 'unlock', argument: 0 },
      { method: 'release' },
      { method: 'unlock' },
    ],
    awaitRelease: true,
    scopedForm: { method: 'using', callback: 'last' },
    acquireMayFail: true,
    releaseTwice: 'throws',
    reentrant: true,
    expires: true,
    docs: 'https://github.com/mike-marcacci/node-redlock#usage',
  },
} as const satisfies Record<string, ResourceSpecification>;
