import type { ResourceSpecification } from '../../analysis/specification.js';

/**
 * mysql and mysql2. A connection that goes back to its pool in the middle of a transaction takes that transaction with
 * it. A second release throws in mysql.
 */
export const mysql = {
  'mysql/pooled-connection': {
    kind: 'handle',
    noun: 'pooled connection',
    from: { package: ['mysql', 'mysql2'], export: 'Pool', instances: [{ call: 'createPool' }] },
    acquire: [{ how: 'method', name: 'getConnection', obligation: { callback: 0, parameter: 1, error: 0 } }],
    release: [{ method: 'release' }, { method: 'destroy' }],
    releaseAfterFailure: 'different',
    releaseTwice: 'throws',
    acquireMayFail: true,
    docs: 'https://github.com/mysqljs/mysql#pooling-connections',
  },
  'mysql/connection': {
    kind: 'handle',
    noun: 'database connection',
    from: { package: ['mysql', 'mysql2'], export: 'createConnection' },
    acquire: [{ how: 'call', obligation: 'result' }],
    release: [{ method: 'end' }, { method: 'destroy' }],
    docs: 'https://github.com/mysqljs/mysql#terminating-connections',
  },
  'mysql2/pooled-connection': {
    kind: 'handle',
    noun: 'pooled connection',
    from: { package: 'mysql2/promise', export: 'Pool', instances: [{ call: 'createPool' }] },
    acquire: [{ how: 'method', name: 'getConnection', awaited: true, obligation: 'result' }],
    release: [{ method: 'release' }, { method: 'destroy' }],
    releaseAfterFailure: 'different',
    acquireMayFail: true,
    docs: 'https://sidorares.github.io/node-mysql2/docs#using-connection-pools',
  },
  'mysql2/connection': {
    kind: 'handle',
    noun: 'database connection',
    from: { package: 'mysql2/promise', export: 'createConnection' },
    acquire: [{ how: 'call', awaited: true, obligation: 'result' }],
    release: [{ method: 'end' }, { method: 'destroy' }],
    awaitRelease: true,
    acquireMayFail: true,
    docs: 'https://sidorares.github.io/node-mysql2/docs',
  },
} as const satisfies Record<string, ResourceSpecification>;
