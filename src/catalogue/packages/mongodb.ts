import type { ResourceSpecification } from '../../analysis/specification.js';

/** MongoDB. Ending a session aborts a transaction that is open; ending it again does nothing. */
export const mongodb = {
  'mongodb/session': {
    kind: 'handle',
    noun: 'session',
    from: { package: 'mongodb', export: 'MongoClient' },
    acquire: [{ how: 'method', name: 'startSession', obligation: 'result' }],
    release: [{ method: 'endSession' }],
    awaitRelease: true,
    scopedForm: { method: 'withSession', callback: 'last' },
    docs: 'https://www.mongodb.com/docs/drivers/node/current/crud/transactions/',
  },
} as const satisfies Record<string, ResourceSpecification>;
