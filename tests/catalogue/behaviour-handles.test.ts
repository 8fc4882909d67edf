import { closeSync, openSync } from 'node:fs';
import { mkdtemp, open, opendir, rm, writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { createPool } from 'generic-pool';
import { knex, type Knex } from 'knex';
import { MongoClient } from 'mongodb';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { AnsweringClient } from './answering-client.js';

// What declarations cannot say of handles, and what the suggested edits do on the failure path.

describe('the files of Node', () => {
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'handles-'));
    file = join(folder, 'file');
    await writeFile(file, 'text');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('ignore a second close of a file handle', async () => {
    const handle = await open(file);
    await handle.close();
    await expect(handle.close()).resolves.toBeUndefined();
  });

  it('reject a use of a file handle that is closed', async () => {
    const handle = await open(file);
    await handle.close();
    await expect(handle.stat()).rejects.toMatchObject({ code: 'EBADF' });
  });

  it('close a file handle with its stream', async () => {
    const handle = await open(file);
    await expect(text(handle.createReadStream())).resolves.toBe('text');
    expect(handle.fd).toBe(-1);
  });

  it('close a directory that is iterated, even if the loop is left', async () => {
    const directory = await opendir(folder);
    for await (const entry of directory) {
      expect(entry.name).toBe('file');
      break;
    }
    await expect(directory.close()).rejects.toMatchObject({ code: 'ERR_DIR_CLOSED' });
  });

  it('throw by a second close of a descriptor', () => {
    const descriptor = openSync(file, 'r');
    closeSync(descriptor);
    expect(() => {
      closeSync(descriptor);
    }).toThrow('EBADF');
  });

  it('reject an open of what is not there', async () => {
    await expect(open(join(folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('close the file in finally when a read fails', async () => {
    const handle = await open(file);
    const read = async (): Promise<void> => {
      try {
        await handle.read(new Uint8Array(1), 0, 2);
      } finally {
        await handle.close();
      }
    };
    await expect(read()).rejects.toMatchObject({ code: 'ERR_OUT_OF_RANGE' });
    expect(handle.fd).toBe(-1);
  });
});

describe('the inspector of Node', () => {
  it('throws by a second connect, and ignores a second disconnect', () => {
    const session = new Session();
    session.connect();
    expect(() => {
      session.connect();
    }).toThrow('already connected');
    session.disconnect();
    session.disconnect();
  });
});

describe('pg', () => {
  it('throws by a second release', async () => {
    const client = await clientOf(poolOfOne());
    client.release();
    expect(() => {
      client.release();
    }).toThrow('already been released');
  });

  it('throws away a client that is released with an error, and makes place for another', async () => {
    const pool = poolOfOne();
    const client = await clientOf(pool);
    const query = async (): Promise<void> => {
      try {
        await client.query('select * from missing_table');
      } catch (error) {
        client.release(error instanceof Error ? error : new Error(String(error)));
        throw error;
      }
      client.release();
    };
    await expect(query()).rejects.toThrow('does not exist');
    expect(pool.totalCount).toBe(0);
    await expect(clientOf(pool)).resolves.not.toBe(client);
  });

  it('keeps a client that is not released, so that the next one waits', async () => {
    const pool = poolOfOne();
    await clientOf(pool);
    await expect(pool.connect()).rejects.toThrow('timeout');
  });

  function poolOfOne(): pg.Pool {
    return new pg.Pool({ max: 1, connectionTimeoutMillis: 20, Client: AnsweringClient });
  }

  function clientOf(pool: pg.Pool): Promise<pg.PoolClient> {
    return pool.connect();
  }
});

describe('generic-pool', () => {
  it('rejects a second release, and an acquire that waits too long', async () => {
    const pool = createPool(
      { create: () => Promise.resolve({}), destroy: () => Promise.resolve() },
      { max: 1, acquireTimeoutMillis: 20 },
    );
    const resource = await pool.acquire();
    await expect(pool.acquire()).rejects.toThrow('timed out');
    await pool.release(resource);
    await expect(pool.release(resource)).rejects.toThrow('not currently part of this pool');
  });
});

describe('knex', () => {
  it('gives the connection back when a failed insert is rolled back, and ignores a second end', async () => {
    const statements: string[] = [];
    const database = databaseOfOne(statements);
    const transaction = await database.transaction();
    const insert = async (): Promise<void> => {
      try {
        await transaction('missing_table').insert({ id: 1 });
      } catch (error) {
        await transaction.rollback();
        throw error;
      }
      await transaction.commit();
    };
    await expect(insert()).rejects.toThrow('does not exist');
    expect(statements.at(-1)).toBe('ROLLBACK');
    await transaction.commit();
    await expect(database.transaction()).resolves.toBeDefined();
  });

  it('keeps the connection of a transaction that does not end, so that the next one waits', async () => {
    const database = databaseOfOne([]);
    await database.transaction();
    await expect(database.transaction()).rejects.toThrow('Timeout acquiring a connection');
  });

  /** Knex with a pool of one connection that answers without a network. */
  function databaseOfOne(statements: string[]): Knex {
    class AnsweringConnection {
      connect = () => Promise.resolve();
      end = () => Promise.resolve();
      on = () => this;
      query(query: string | { text: string }, done: (error: Error | null, result: unknown) => void): void {
        const text = typeof query === 'string' ? query : query.text;
        statements.push(text);
        const error = text.includes('missing_table') ? new Error('relation "missing_table" does not exist') : null;
        setImmediate(done, error, { rows: [{ version: 'PostgreSQL 16.0' }] });
      }
    }
    const pool = { min: 0, max: 1 };
    const log = { warn: () => undefined };
    const database = knex({ client: 'pg', connection: {}, pool, log, acquireConnectionTimeout: 100 });
    const { client }: { client: object } = database;
    Object.assign(client, { driver: { Client: AnsweringConnection } });
    return database;
  }
});

describe('mongodb', () => {
  it('ignores a second end of a session', async () => {
    const client = new MongoClient('mongodb://localhost');
    onTestFinished(() => client.close());
    const session = client.startSession();
    await session.endSession();
    await session.endSession();
    expect(session.hasEnded).toBe(true);
  });
});
