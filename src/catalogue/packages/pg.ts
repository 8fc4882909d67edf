import type { ResourceSpecification } from '../../analysis/specification.js';

/**
 * pg. A client goes back to its pool by `release()`, in the callback form by the function that comes last as well; a
 * second release throws. With an error the pool throws the client away, which also ends a transaction that is open. A
 * `connect` that fails leaves nothing open.
 */
export const pg = {
  'pg/pooled-client': {
    kind: 'handle',
    noun: 'pooled client',
    from: { package: 'pg', export: 'Pool' },
    acquire: [
      { how: 'method', name: 'connect', obligation: { callback: 0, parameter: 2, error: 0 } },
      { how: 'method', name: 'connect', obligation: { callback: 0, parameter: 1, error: 0 } },
      { how: 'method', name: 'connect', awaited: true, obligation: 'result' },
    ],
    release: [{ method: 'release' }, { call: true }],
    releaseAfterFailure: { argument: 'error' },
    releaseTwice: 'throws',
    acquireMayFail: true,
    docs: 'https://node-postgres.com/apis/pool#poolconnect',
  },
  'pg/client': {
    kind: 'handle',
    noun: 'database connection',
    from: { package: 'pg', export: 'Client' },
    acquire: [{ how: 'method', name: 'connect', awaited: true, obligation: 'object' }],
    release: [{ method: 'end' }],
    awaitRelease: true,
    acquireMayFail: true,
    docs: 'https://node-postgres.com/apis/client#clientend',
  },
} as const satisfies Record<string, ResourceSpecification>;
