/**
 * What a query runner that is not released does to a running service: TypeORM with the real pool of `pg`, of two
 * connections, over clients that answer every query with one row and never touch a network. Two requests fail, then a
 * sound one comes. The argument is the form, `lossy` or `repaired`. Prints the figures as JSON.
 */
import { EventEmitter } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';

import pg from 'pg';
import { DataSource } from 'typeorm';

const patience = 1_000;
const poolSize = 2;

/** The part of `pg.Client` that the pool and TypeORM use. */
class AnsweringClient extends EventEmitter {
  // Without it the pool takes the client for broken.
  _queryable = true;

  connect(done) {
    setImmediate(done);
  }

  async query(text) {
    await after(1);
    if (text.includes('missing_table')) throw new Error('relation "missing_table" does not exist');
    return { command: 'SELECT', rowCount: 1, rows: [{ version: '16.0', server_version: '16.0' }] };
  }

  end(done) {
    setImmediate(done);
  }
}

const pools = [];
class AnsweringPool extends pg.Pool {
  constructor(options) {
    super({ ...options, Client: AnsweringClient });
    pools.push(this);
  }
}

const database = new DataSource({ type: 'postgres', driver: { Pool: AnsweringPool }, poolSize });
await database.initialize();

/** The release is skipped when the query fails. */
async function lossy(text) {
  // eslint-disable-next-line thread-hygiene/no-unreleased-handle -- the defect that this program measures
  const runner = database.createQueryRunner();
  const rows = await runner.query(text);
  await runner.release();
  return rows;
}

async function repaired(text) {
  const runner = database.createQueryRunner();
  try {
    return await runner.query(text);
  } finally {
    await runner.release();
  }
}

const find = { lossy, repaired }[process.argv[2]];

const failures = await Promise.all([1, 2].map(() => find('select * from missing_table').catch(error => error.name)));
const start = performance.now();
const outcome = await Promise.race([
  find('select 1').then(rows => `${rows.length} row`),
  after(patience, `no answer in ${patience} ms`),
]);
const [{ totalCount, idleCount, waitingCount }] = pools;

process.stdout.write(
  JSON.stringify({
    failures,
    outcome,
    milliseconds: Math.round(performance.now() - start),
    connections: totalCount,
    idle: idleCount,
    waiting: waitingCount,
  }),
);
process.exit();
