import { noUnreleasedHandle } from '../../../rules/no-unreleased-handle.js';
import { testRule } from '../../support/rule-tester.js';

testRule(noUnreleasedHandle, {
  valid: [
    {
      name: 'is a pooled client that a function declared elsewhere gets and releases',
      code: `
        import { Pool, type PoolClient } from 'pg';
        const pool = new Pool();
        const listen = (error: Error | undefined, client: PoolClient | undefined, done: () => void) => {
          client?.on('notification', console.log);
          done();
        };
        export function start() {
          pool.connect(listen);
        }
      `,
    },
    {
      name: 'is a session that operations of the driver get in their options',
      code: `
        import { MongoClient } from 'mongodb';
        const client = new MongoClient('mongodb://localhost');
        export async function transfer(from: string, to: string) {
          const session = client.startSession();
          try {
            const accounts = client.db().collection('accounts');
            await accounts.updateOne({ name: from }, { $inc: { balance: -1 } }, { session });
            await accounts.updateOne({ name: to }, { $inc: { balance: 1 } }, { session });
          } finally {
            await session.endSession();
          }
        }
      `,
    },
    {
      name: 'is a session that an unknown call gets in its options',
      code: `
        import { MongoClient } from 'mongodb';
        declare function transfer(options: { session: unknown }): Promise<void>;
        const client = new MongoClient('mongodb://localhost');
        export async function run() {
          const session = client.startSession();
          await transfer({ session });
        }
      `,
    },
    {
      name: 'is a pooled client that is released in finally',
      code: `
        import { Pool } from 'pg';
        const pool = new Pool();
        export async function names(): Promise<unknown[]> {
          const client = await pool.connect();
          try {
            return (await client.query('select name from image')).rows;
          } finally {
            client.release();
          }
        }
      `,
    },
    {
      name: 'is a pooled client that is released with the error',
      code: `
        import pg from 'pg';
        const pool = new pg.Pool();
        export async function insert(id: string): Promise<void> {
          const client = await pool.connect();
          try {
            await client.query('begin');
            await client.query('insert into image values ($1)', [id]);
            await client.query('commit');
          } catch (error) {
            client.release(true);
            throw error;
          }
          client.release();
        }
      `,
    },
    {
      name: 'is a pooled client that the caller gets',
      code: `
        import { Pool, type PoolClient } from 'pg';
        const pool = new Pool();
        export const take = (): Promise<PoolClient> => pool.connect();
      `,
    },
    {
      name: 'is a pooled client in a callback that calls done',
      code: `
        import { Pool } from 'pg';
        const pool = new Pool();
        export function ping(finish: (error?: Error) => void): void {
          pool.connect((error, client, done) => {
            if (error) return finish(error);
            client?.query('select 1', failure => {
              done();
              finish(failure);
            });
          });
        }
      `,
    },
    {
      name: 'is a pooled client in a callback that has done, and releases the client',
      code: `
        import { Pool } from 'pg';
        const pool = new Pool();
        export function ping(): void {
          pool.connect((error, client, done) => {
            if (error) throw error;
            client?.release();
          });
        }
      `,
    },
    {
      name: 'is a connection that is ended in finally',
      code: `
        import { Client } from 'pg';
        export async function version(url: string): Promise<unknown> {
          const client = new Client(url);
          await client.connect();
          try {
            return (await client.query('select version()')).rows[0];
          } finally {
            await client.end();
          }
        }
      `,
    },
    {
      name: 'is a connection that is kept in a field',
      code: `
        import { Client } from 'pg';
        export class Database {
          #client = new Client();
          async open(): Promise<void> {
            await this.#client.connect();
            await this.#client.query('set search_path to images');
          }
        }
      `,
    },
    {
      name: 'is a connection that is returned once it works',
      code: `
        import { Client } from 'pg';
        export async function open(url: string): Promise<Client> {
          const client = new Client(url);
          try {
            await client.connect();
            await client.query('select 1');
          } catch (error) {
            await client.end();
            throw error;
          }
          return client;
        }
      `,
    },
    {
      name: 'is a connection of a parameter',
      code: `
        import { Client } from 'pg';
        export async function prepare(client: Client): Promise<void> {
          await client.connect();
          await client.query('listen images');
        }
      `,
    },
    {
      name: 'is a pooled connection that is released in finally',
      code: `
        import mysql from 'mysql2/promise';
        const pool = mysql.createPool('mysql://localhost');
        export async function names(): Promise<unknown> {
          const connection = await pool.getConnection();
          try {
            const [rows] = await connection.query('select name from image');
            return rows;
          } finally {
            connection.release();
          }
        }
      `,
    },
    {
      name: 'is a pooled connection in callbacks',
      code: `
        import mysql from 'mysql';
        const pool = mysql.createPool('mysql://localhost');
        export function names(done: (error: unknown, rows?: unknown) => void): void {
          pool.getConnection((error, connection) => {
            if (error) return done(error);
            connection.query('select name from image', (failure, rows) => {
              connection.release();
              done(failure, rows);
            });
          });
        }
      `,
    },
    {
      name: 'is a session that is ended in finally',
      code: `
        import { MongoClient } from 'mongodb';
        const client = new MongoClient('mongodb://localhost');
        export async function run(work: () => Promise<void>): Promise<void> {
          const session = client.startSession();
          try {
            await session.withTransaction(work);
          } finally {
            await session.endSession();
          }
        }
      `,
    },
    {
      name: 'is a session of a callback',
      code: `
        import { MongoClient } from 'mongodb';
        const client = new MongoClient('mongodb://localhost');
        export async function run(work: () => Promise<void>): Promise<void> {
          await client.withSession(async session => {
            await session.withTransaction(work);
          });
        }
      `,
    },
    {
      name: 'is a pooled resource that is released in finally',
      code: `
        import { createPool } from 'generic-pool';
        const pool = createPool({ create: async () => new Map<string, string>(), destroy: async () => undefined });
        export async function get(key: string): Promise<string | undefined> {
          const map = await pool.acquire();
          try {
            return map.get(key);
          } finally {
            await pool.release(map);
          }
        }
      `,
    },
    {
      name: 'is a transaction that is committed or rolled back',
      code: `
        import { knex } from 'knex';
        const database = knex({ client: 'pg' });
        export async function insert(id: string): Promise<void> {
          const transaction = await database.transaction();
          try {
            await transaction('image').insert({ id });
            await transaction.commit();
          } catch (error) {
            await transaction.rollback();
            throw error;
          }
        }
      `,
    },
    {
      name: 'is a transaction of a callback',
      code: `
        import knex from 'knex';
        const database = knex({ client: 'pg' });
        export async function insert(id: string): Promise<void> {
          await database.transaction(async transaction => {
            await transaction('image').insert({ id });
          });
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is a session that operations of the driver only borrow',
      options: [{ report: 'possible' }],
      code: `
        import { MongoClient } from 'mongodb';
        const client = new MongoClient('mongodb://localhost');
        export async function transfer(from: string, to: string) {
          const session = client.startSession();
                          ~~~~~~~~~~~~~~~~~~~~~ [missedOnException]
          const accounts = client.db().collection('accounts');
          await accounts.updateOne({ name: from }, { $inc: { balance: -1 } }, { session });
          await accounts.updateOne({ name: to }, { $inc: { balance: 1 } }, { session });
          await session.endSession();
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { MongoClient } from 'mongodb';
            const client = new MongoClient('mongodb://localhost');
            export async function transfer(from: string, to: string) {
              const session = client.startSession();
              try {
                const accounts = client.db().collection('accounts');
                await accounts.updateOne({ name: from }, { $inc: { balance: -1 } }, { session });
                await accounts.updateOne({ name: to }, { $inc: { balance: 1 } }, { session });
              } finally {
                await session.endSession();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is a pooled client that a failed query keeps',
      code: `
        import { Pool } from 'pg';
        const pool = new Pool();
        export async function insert(id: string): Promise<void> {
          const client = await pool.connect();
                               ~~~~~~~~~~~~~~ [missedOnException {"release": "\`client.release\`", "witness": "client.query('begin')"}]
          await client.query('begin');
          await client.query('insert into image values ($1)', [id]);
          await client.query('commit');
          client.release();
        }
      `,
      suggestions: [
        {
          messageId: 'releaseOnError',
          output: `
            import { Pool } from 'pg';
            const pool = new Pool();
            export async function insert(id: string): Promise<void> {
              const client = await pool.connect();
              try {
                await client.query('begin');
                await client.query('insert into image values ($1)', [id]);
                await client.query('commit');
              } catch (error) {
                client.release(error instanceof Error ? error : new Error(String(error)));
                throw error;
              }
              client.release();
            }
          `,
        },
      ],
    },
    {
      name: 'is a pooled client that an early return keeps',
      code: `
        import { Pool } from 'pg';
        const pool = new Pool();
        export async function find(id: string): Promise<unknown> {
          const client = await pool.connect();
                               ~~~~~~~~~~~~~~ [missedOnReturn {"witness": "return undefined;"}]
          try {
            const { rows } = await client.query('select * from image where id = $1', [id]);
            if (rows.length === 0) return undefined;
            client.release();
            return rows[0];
          } catch (error) {
            client.release(true);
            throw error;
          }
        }
      `,
      suggestions: [],
    },
    {
      name: 'is a connection that a failed query leaves open',
      code: `
        import { Client } from 'pg';
        export async function version(url: string): Promise<unknown> {
          const client = new Client(url);
          await client.connect();
                ~~~~~~~~~~~~~~~~ [missedOnException {"release": "\`client.end\`", "witness": "client.query('select version()')"}]
          const { rows } = await client.query('select version()');
          await client.end();
          return rows[0];
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Client } from 'pg';
            export async function version(url: string): Promise<unknown> {
              const client = new Client(url);
              await client.connect();
              let rows;
              try {
                ({ rows } = await client.query('select version()'));
              } finally {
                await client.end();
              }
              return rows[0];
            }
          `,
        },
      ],
    },
    {
      name: 'is a pooled connection that a failed query keeps',
      code: `
        import mysql from 'mysql2/promise';
        const pool = mysql.createPool('mysql://localhost');
        export async function remove(id: string): Promise<void> {
          const connection = await pool.getConnection();
                                   ~~~~~~~~~~~~~~~~~~~~ [missedOnException {"release": "\`connection.release\`"}]
          await connection.query('delete from image where id = ?', [id]);
          connection.release();
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import mysql from 'mysql2/promise';
            const pool = mysql.createPool('mysql://localhost');
            export async function remove(id: string): Promise<void> {
              const connection = await pool.getConnection();
              try {
                await connection.query('delete from image where id = ?', [id]);
              } finally {
                connection.release();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is a session that a failed transaction keeps',
      code: `
        import { MongoClient } from 'mongodb';
        const client = new MongoClient('mongodb://localhost');
        export async function run(work: () => Promise<void>): Promise<void> {
          const session = client.startSession();
                          ~~~~~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "session.withTransaction(work)"}]
          await session.withTransaction(work);
          await session.endSession();
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { MongoClient } from 'mongodb';
            const client = new MongoClient('mongodb://localhost');
            export async function run(work: () => Promise<void>): Promise<void> {
              const session = client.startSession();
              try {
                await session.withTransaction(work);
              } finally {
                await session.endSession();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is a pooled resource that a failure keeps',
      code: `
        import { createPool } from 'generic-pool';
        const pool = createPool({ create: async () => new Map<string, string>(), destroy: async () => undefined });
        export async function store(key: string, load: () => Promise<string>): Promise<void> {
          const map = await pool.acquire();
                            ~~~~~~~~~~~~~~ [missedOnException {"release": "\`pool.release\`", "witness": "load()"}]
          map.set(key, await load());
          await pool.release(map);
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { createPool } from 'generic-pool';
            const pool = createPool({ create: async () => new Map<string, string>(), destroy: async () => undefined });
            export async function store(key: string, load: () => Promise<string>): Promise<void> {
              const map = await pool.acquire();
              try {
                map.set(key, await load());
              } finally {
                await pool.release(map);
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is a transaction that a failed insert keeps open',
      code: `
        import { knex } from 'knex';
        const database = knex({ client: 'pg' });
        export async function insert(id: string): Promise<void> {
          const transaction = await database.transaction();
                                    ~~~~~~~~~~~~~~~~~~~~~~ [missedOnException {"release": "\`transaction.commit\`", "remedy": "Await \`rollback\` in \`catch\`."}]
          await transaction('image').insert({ id });
          await transaction.commit();
        }
      `,
      suggestions: [
        {
          messageId: 'releaseOnError',
          output: `
            import { knex } from 'knex';
            const database = knex({ client: 'pg' });
            export async function insert(id: string): Promise<void> {
              const transaction = await database.transaction();
              try {
                await transaction('image').insert({ id });
              } catch (error) {
                await transaction.rollback();
                throw error;
              }
              await transaction.commit();
            }
          `,
        },
      ],
    },
  ],
});
