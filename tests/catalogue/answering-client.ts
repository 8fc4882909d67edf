import pg from 'pg';

/** A `pg.Client` that answers every query without a network: with nothing, and with an error for a missing table. */
export class AnsweringClient extends pg.Client {}

type Done = (error?: Error) => void;

Object.assign(AnsweringClient.prototype, {
  connect(done: Done) {
    setImmediate(done);
  },
  query: (text: string) =>
    text.includes('missing_table')
      ? Promise.reject(new Error('relation "missing_table" does not exist'))
      : Promise.resolve({ rows: [] }),
  end(done?: Done) {
    if (done !== undefined) setImmediate(done);
  },
});
