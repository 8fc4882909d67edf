import { noUnreleasedHandle } from '../../../rules/no-unreleased-handle.js';
import { testRule } from '../../support/rule-tester.js';

// Leaks that public projects have mended, reduced to their shape.
testRule(noUnreleasedHandle, {
  valid: [
    {
      name: 'is a query runner that is released in finally by whoever has created it',
      code: `
        import { DataSource, type QueryRunner } from 'typeorm';
        class Cache {
          #source = new DataSource({ type: 'postgres' });
          async store(entry: { identifier?: string }, runner?: QueryRunner) {
            const isOwn = runner === undefined || runner?.getReplicationMode() === 'slave';
            if (runner === undefined || isOwn) {
              runner = this.#source.createQueryRunner('master');
            }
            try {
              if (entry.identifier) {
                await runner.query('update', [entry.identifier]);
              } else {
                await runner.query('insert');
              }
            } finally {
              if (isOwn) {
                await runner.release();
              }
            }
          }
        }
        export { Cache };
      `,
    },
    {
      name: 'is a query runner that clears a database and is released in finally',
      code: `
        import { DataSource } from 'typeorm';
        class Connection {
          #source = new DataSource({ type: 'postgres' });
          async drop(databases: string[]) {
            const runner = this.#source.createQueryRunner('master');
            try {
              for (const database of databases) await runner.clearDatabase(database);
            } finally {
              await runner.release();
            }
          }
        }
        export { Connection };
      `,
    },
  ],
  invalid: [
    {
      name: 'is a query runner that whoever has created it releases on success only',
      code: `
        import { DataSource, type QueryRunner } from 'typeorm';
        class Cache {
          #source = new DataSource({ type: 'postgres' });
          async store(entry: { identifier?: string }, runner?: QueryRunner) {
            const isOwn = runner === undefined || runner?.getReplicationMode() === 'slave';
            if (runner === undefined || isOwn) {
              runner = this.#source.createQueryRunner('master');
                       ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [missedOnException {"release": "\`runner.release\`", "witness": "runner.query('update', [entry.identifier])", "line": "10"}]
            }
            if (entry.identifier) {
              await runner.query('update', [entry.identifier]);
            } else {
              await runner.query('insert');
            }
            if (isOwn) {
              await runner.release();
            }
          }
        }
        export { Cache };
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { DataSource, type QueryRunner } from 'typeorm';
            class Cache {
              #source = new DataSource({ type: 'postgres' });
              async store(entry: { identifier?: string }, runner?: QueryRunner) {
                const isOwn = runner === undefined || runner?.getReplicationMode() === 'slave';
                if (runner === undefined || isOwn) {
                  runner = this.#source.createQueryRunner('master');
                }
                try {
                  if (entry.identifier) {
                    await runner.query('update', [entry.identifier]);
                  } else {
                    await runner.query('insert');
                  }
                } finally {
                  if (isOwn) {
                    await runner.release();
                  }
                }
              }
            }
            export { Cache };
          `,
        },
      ],
    },
    {
      name: 'is a query runner that clears a database and is released at the end',
      code: `
        import { DataSource } from 'typeorm';
        class Connection {
          #source = new DataSource({ type: 'postgres' });
          async drop(databases: string[]) {
            const runner = this.#source.createQueryRunner('master');
                           ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [missedOnException {"release": "\`runner.release\`", "witness": "runner.clearDatabase(database)", "line": "6"}]
            for (const database of databases) await runner.clearDatabase(database);
            await runner.release();
          }
        }
        export { Connection };
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { DataSource } from 'typeorm';
            class Connection {
              #source = new DataSource({ type: 'postgres' });
              async drop(databases: string[]) {
                const runner = this.#source.createQueryRunner('master');
                try {
                  for (const database of databases) await runner.clearDatabase(database);
                } finally {
                  await runner.release();
                }
              }
            }
            export { Connection };
          `,
        },
      ],
    },
  ],
});
