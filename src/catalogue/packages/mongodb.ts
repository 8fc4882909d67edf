import type { ParameterEffect, ResourceSpecification } from '../../analysis/specification.js';

/** The methods that run in a session which their options name, by the position of the options. */
const methodsWithOptions: readonly (readonly [exported: string, position: number, methods: readonly string[]])[] = [
  ['Collection', 0, ['drop', 'estimatedDocumentCount', 'indexes', 'listIndexes', 'options']],
  [
    'Collection',
    1,
    [
      'aggregate', 'bulkWrite', 'countDocuments', 'createIndex', 'createIndexes', 'deleteMany', 'deleteOne', 'dropIndex',
      'find', 'findOne', 'findOneAndDelete', 'insertMany', 'insertOne', 'rename', 'watch',
    ],
  ],
  ['Collection', 2, ['distinct', 'findOneAndReplace', 'findOneAndUpdate', 'replaceOne', 'updateMany', 'updateOne']],
  ['Db', 1, ['aggregate', 'command', 'createCollection', 'dropCollection', 'listCollections', 'runCursorCommand', 'watch']],
];

const sessionParameters: ParameterEffect[] = methodsWithOptions.flatMap(([exported, argument, methods]) =>
  methods.map((method): ParameterEffect => ({
    call: { package: 'mongodb', export: exported, method },
    argument,
    property: 'session',
    effect: 'borrow',
  })),
);

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
    parameters: sessionParameters,
    docs: 'https://www.mongodb.com/docs/drivers/node/current/crud/transactions/',
  },
} as const satisfies Record<string, ResourceSpecification>;
