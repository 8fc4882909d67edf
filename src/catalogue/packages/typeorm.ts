import type { ResourceSpecification } from '../../analysis/specification.js';

/**
 * TypeORM. A query runner takes a connection from the pool with its first query. Released in the middle of a
 * transaction it hands that transaction to the next user of the connection, so a release after a failure needs
 * `rollbackTransaction()` before it; disposing of it (`await using`) commits instead. The MySQL driver throws when a
 * connection is released twice.
 */
export const typeorm = {
  'typeorm/query-runner': {
    kind: 'handle',
    noun: 'query runner',
    from: {
      package: 'typeorm',
      export: ['DataSource', 'Connection'],
      instances: [{ call: 'getConnection' }],
    },
    acquire: [{ how: 'method', name: 'createQueryRunner', obligation: 'result' }],
    release: [{ method: 'release' }],
    awaitRelease: true,
    uselessAfterRelease: ['query', 'startTransaction', 'stream'],
    parameters: [
      {
        call: { package: 'typeorm', export: 'DataSource', method: 'createEntityManager' },
        argument: 0,
        effect: 'borrow',
      },
      {
        call: { package: 'typeorm', export: 'DataSource', method: 'createQueryBuilder' },
        argument: 0,
        effect: 'borrow',
      },
      {
        call: { package: 'typeorm', export: 'DataSource', method: 'createQueryBuilder' },
        argument: 2,
        effect: 'borrow',
      },
      { call: { package: 'typeorm', export: 'DataSource', method: 'query' }, argument: 2, effect: 'borrow' },
      {
        call: { package: 'typeorm', export: 'EntityManager', method: 'createQueryBuilder' },
        argument: 0,
        effect: 'borrow',
      },
      {
        call: { package: 'typeorm', export: 'EntityManager', method: 'createQueryBuilder' },
        argument: 2,
        effect: 'borrow',
      },
      {
        call: { package: 'typeorm', export: 'Repository', method: 'createQueryBuilder' },
        argument: 1,
        effect: 'borrow',
      },
      { call: { package: 'typeorm', export: 'QueryBuilder', method: 'setQueryRunner' }, argument: 0, effect: 'borrow' },
    ],
    releaseAfterFailure: 'different',
    releaseTwice: 'throws',
    docs: 'https://typeorm.io/docs/query-runner',
  },
} as const satisfies Record<string, ResourceSpecification>;
