import type { ResourceSpecification } from '../../analysis/specification.js';

/** generic-pool. `acquire` is rejected by a timeout and by a full queue, a second `release` of a resource as well. */
export const genericPool = {
  'generic-pool/resource': {
    kind: 'handle',
    noun: 'pooled resource',
    from: { package: 'generic-pool', export: 'Pool', instances: [{ call: 'createPool' }] },
    acquire: [{ how: 'method', name: 'acquire', awaited: true, obligation: 'result' }],
    release: [
      { receiverMethod: 'release', argument: 0 },
      { receiverMethod: 'destroy', argument: 0 },
    ],
    awaitRelease: true,
    scopedForm: { method: 'use', callback: 0 },
    acquireMayFail: true,
    releaseAfterFailure: 'different',
    releaseTwice: 'throws',
    docs: 'https://github.com/coopernurse/node-pool#poolacquire',
  },
} as const satisfies Record<string, ResourceSpecification>;
