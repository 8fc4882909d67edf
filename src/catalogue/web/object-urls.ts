import type { ResourceSpecification } from '../../analysis/specification.js';

/**
 * Object URLs. Each keeps its blob until it is revoked or the page is left. A worker and a request take the blob when
 * they are created, so the URL is not theirs.
 */
export const webObjectUrls = {
  'web/object-url': {
    kind: 'url',
    noun: 'object URL',
    from: { global: 'URL' },
    acquire: [{ how: 'method', name: 'createObjectURL', obligation: 'result' }],
    release: [{ receiverMethod: 'revokeObjectURL', argument: 0 }],
    parameters: [
      { call: { global: 'Worker' }, argument: 0, effect: 'borrow' },
      { call: { global: 'SharedWorker' }, argument: 0, effect: 'borrow' },
      { call: { global: 'fetch' }, argument: 0, effect: 'borrow' },
    ],
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/URL/revokeObjectURL_static',
  },
} as const satisfies Record<string, ResourceSpecification>;
