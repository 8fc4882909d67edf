import type { ResourceSpecification } from '../../analysis/specification.js';

/**
 * Knex transactions that are not given a function. Each holds a connection of the pool until it is committed or rolled
 * back; a second end does nothing.
 */
export const knex = {
  'knex/transaction': {
    kind: 'handle',
    noun: 'transaction',
    from: { package: 'knex', export: 'Knex', instances: [{ call: 'default' }, { call: 'knex' }] },
    acquire: [{ how: 'method', name: 'transaction', awaited: true, obligation: 'result' }],
    release: [{ method: 'rollback' }, { method: 'commit' }],
    awaitRelease: true,
    scopedForm: { method: 'transaction', callback: 0 },
    releaseAfterFailure: { method: 'rollback' },
    acquireMayFail: true,
    docs: 'https://knexjs.org/guide/transactions.html',
  },
} as const satisfies Record<string, ResourceSpecification>;
