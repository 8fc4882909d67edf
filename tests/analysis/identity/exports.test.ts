import { describe } from 'vitest';

import type { Source } from '../../../src/analysis/specification.js';
import { byAnnotation, byBinding, byType, type Question } from './marks.js';

const isExport =
  (source: Source): Question =>
  (identity, node) =>
    identity.isExport(node, source);

const lock = isExport({ package: 'proper-lockfile', export: 'lock' });
const mutex = isExport({ package: ['async-mutex', '@scope/mutex'], export: ['Mutex', 'Semaphore'] });
const asyncLock = isExport({ package: 'async-lock', export: 'default' });

describe('an export is known', () => {
  byBinding('by a named import', {
    asks: mutex,
    code: `
      import { Mutex, Mutex as M, Semaphore, withTimeout, E_CANCELED as Lock } from 'async-mutex';
      import { Mutex as Other } from 'other-mutex';
      yes(Mutex); yes(M); yes(Semaphore); no(withTimeout); no(Lock); no(Other);
    `,
  });

  byBinding('by each form of a default or namespace import', {
    asks: lock,
    code: `
      import lockfile, { lock, lock as take } from 'proper-lockfile';
      import * as all from 'proper-lockfile';
      import { default as again } from 'proper-lockfile';
      yes(lock); yes(take); yes(lockfile.lock); yes(all.lock); yes(all['lock']); yes(again.lock); yes(all.default.lock);
      no(lockfile); no(all.unlock); no(lock.lock);
    `,
  });

  byBinding('by require, with or without a default export', {
    asks: asyncLock,
    filename: 'case.cjs',
    code: `
      const AsyncLock = require('async-lock');
      const { default: Other } = require('async-lock');
      yes(AsyncLock); yes(Other); yes(require('async-lock')); yes(require('async-lock').default);
      yes(require(\`async-lock\`)); no(require('async-lock/other')); no(require(name)); no(require('async-lock').other);
    `,
  });

  byBinding('by destructuring a require', {
    asks: lock,
    filename: 'case.cjs',
    code: `
      const { lock, unlock, ...rest } = require('proper-lockfile');
      const { 'lock': quoted, [lock]: computed } = require('proper-lockfile');
      let assigned;
      ({ lock: assigned } = require('proper-lockfile'));
      yes(lock); yes(quoted); yes(assigned); yes(require('proper-lockfile').lock); no(unlock); no(rest); no(computed);
    `,
  });

  byBinding('by a dynamic import', {
    asks: lock,
    code: `
      const { lock } = await import('proper-lockfile');
      const lockfile = await import('proper-lockfile');
      yes(lock); yes(lockfile.lock); yes(lockfile.default.lock); yes((await import('proper-lockfile')).lock);
      no(import('proper-lockfile').lock);
      import('proper-lockfile').then(({ lock }) => { yes(lock); });
      import('proper-lockfile').then(module => { yes(module.lock); });
      import('proper-lockfile').catch(module => { no(module.lock); });
    `,
  });

  byBinding('through aliases', {
    asks: lock,
    code: `
      import lockfile from 'proper-lockfile';
      const files = lockfile;
      const take = files.lock;
      let late;
      late = take;
      const { lock = fallback } = files;
      const [first] = [take];
      const nested = { inner: { take } };
      yes(take); yes(late); yes(lock); yes(first); yes(nested.inner.take); yes(Object.freeze(nested).inner.take);
      let either: unknown = take;
      either = somethingElse;
      no(either);
      function inner(take) { no(take); }
    `,
  });

  byBinding('whatever is written around it', {
    asks: mutex,
    code: `
      import { Mutex } from 'async-mutex';
      yes((0, Mutex)); yes(given ? Mutex : undefined); yes(given ?? Mutex); yes(given && Mutex); yes(Mutex?.call ? Mutex : Mutex);
      no(!Mutex); no(Mutex.prototype); no([Mutex]); no({ Mutex }); no(Mutex());
    `,
  });

  byBinding('as a builtin module with or without its scheme', {
    asks: isExport({ package: 'worker_threads', export: 'Worker' }),
    code: `
      import { Worker } from 'node:worker_threads';
      import { Worker as Plain } from 'worker_threads';
      import { Worker as Jobs } from 'bullmq';
      yes(Worker); yes(Plain); no(Jobs);
    `,
  });

  byBinding('by a sub-path only where the source names it', {
    asks: isExport({ package: 'fs/promises', export: 'open' }),
    code: `
      import { open } from 'node:fs/promises';
      import { open as other } from 'node:fs';
      import { open as unrelated } from 'fs-promises';
      yes(open); no(other); no(unrelated);
    `,
  });

  byBinding('as the module object', {
    asks: isExport({ package: 'async-lock', export: '*' }),
    code: `
      import AsyncLock from 'async-lock';
      import * as all from 'async-lock';
      import { other } from 'async-lock';
      yes(AsyncLock); yes(all); no(other);
    `,
  });

  byAnnotation('by an import assignment', {
    asks: lock,
    filename: 'case.cts',
    code: `
      import lockfile = require('proper-lockfile');
      import take = lockfile.lock;
      yes(lockfile.lock); yes(take); no(lockfile.unlock);
    `,
  });

  byType('and not taken for its instance where a namespace is merged with the class', {
    asks: isExport({ package: 'merged', export: 'default' }),
    code: `
      import { Alias, instance } from './locks.js';
      yes(Alias); no(instance);
    `,
    files: {
      'locks.ts': "import Merged = require('merged');\nexport const Alias = Merged;\nexport const instance = new Merged();",
      'node_modules/merged/index.d.ts': [
        'declare class Merged { lock(): void }',
        'declare namespace Merged { const version: string }',
        'export = Merged;',
      ].join('\n'),
    },
  });

  byType('by the declaration of the value it was passed as', {
    asks: lock,
    code: `
      import { locks } from './locks.js';
      yes(locks.lock); yes(locks.take); no(locks.unlock); no(locks);
      const { lock: own } = { lock: () => {} };
      no(own);
    `,
    files: {
      'locks.ts': `
        import * as lockfile from 'proper-lockfile';
        export const locks = { lock: lockfile.lock, take: lockfile.lock, unlock: lockfile.unlock };
      `,
    },
  });
});

describe('a global is known', () => {
  const worker = isExport({ global: 'Worker' });

  byBinding('while nothing shadows it', {
    asks: worker,
    code: `
      yes(Worker); yes(globalThis.Worker); yes(window.Worker); yes(self.Worker); yes(globalThis.window.Worker);
      const { Worker: Alias } = globalThis;
      yes(Alias);
      no(Worker.Worker); no(other.Worker); no(SharedWorker);
      { class Worker {} no(Worker); no(globalThis.other); }
      function inner(self) { no(self.Worker); }
    `,
  });

  byBinding('and not an import of that name', {
    asks: worker,
    code: `
      import { Worker } from 'bullmq';
      no(Worker); yes(globalThis.Worker);
    `,
  });

  byBinding('by its path', {
    asks: isExport({ global: 'navigator.locks' }),
    code: `
      const { locks } = navigator;
      const nav = window.navigator;
      yes(navigator.locks); yes(globalThis.navigator.locks); yes(locks); yes(nav.locks); yes(navigator?.locks);
      no(navigator); no(navigator.locks.request); no(other.navigator.locks);
    `,
  });

  byType('by the type of a value', {
    asks: isExport({ global: 'navigator.locks' }),
    code: `
      export function inner(locks: LockManager, others: { request(): void }) { yes(locks); no(others); }
    `,
  });
});

describe('an export of a file of the project is known', () => {
  const own = isExport({ file: 'src/locks.ts', export: ['Lock', 'default'] });

  byBinding('by a relative import', {
    asks: own,
    filename: 'src/jobs/case.ts',
    code: `
      import { Lock } from '../locks.js';
      import { Lock as WithoutExtension } from '../locks';
      import Default from '../locks.js';
      import { Lock as Other } from './locks.js';
      import { Lock as Package } from 'src/locks';
      import { Unlock } from '../locks.js';
      yes(Lock); yes(WithoutExtension); yes(Default); no(Other); no(Package); no(Unlock);
    `,
    files: {
      'src/locks.ts': 'export class Lock {}\nexport class Unlock {}\nexport default Lock;',
      'src/jobs/locks.ts': 'export class Lock {}',
    },
  });

  byBinding('inside that file', {
    asks: own,
    filename: 'src/locks.ts',
    code: `
      class Lock {}
      class Renamed {}
      class Private {}
      export { Lock, Renamed as default };
      yes(Lock); yes(Renamed); no(Private);
      function inner() { class Lock {} no(Lock); }
    `,
  });

  byBinding('by the exports of CommonJS', {
    asks: isExport({ file: 'src/locks.js', export: ['Lock', 'default'] }),
    filename: 'src/locks.cjs',
    code: `
      class Own {}
      class Other {}
      class Third {}
      exports.Lock = Own;
      module.exports = Other;
      yes(Own); yes(Other); no(Third);
    `,
  });

  byBinding('by the name of the package that is linted', {
    asks: isExport({ package: 'eslint-plugin-thread-hygiene', export: 'Lock' }),
    filename: 'src/case.ts',
    code: `
      import { Lock as Imported } from './locks.js';
      export class Lock {}
      class Other {}
      yes(Lock); yes(Imported); no(Other);
    `,
    files: { 'src/locks.ts': 'export class Lock {}' },
  });

  byBinding('through its folder', {
    asks: isExport({ file: './src/locks/index.ts', export: 'Lock' }),
    filename: 'src/case.ts',
    code: `
      import { Lock } from './locks';
      import { Lock as Full } from './locks/index.js';
      yes(Lock); yes(Full);
    `,
    files: { 'src/locks/index.ts': 'export class Lock {}' },
  });
});

describe('a sibling', () => {
  byBinding('is an export of the same package', {
    asks: (identity, node) => identity.isSibling(node, { package: 'toy', export: 'reserve' }, 'free'),
    code: `
      import { free, reserve } from 'toy';
      import { free as other } from 'boy';
      yes(free); no(reserve); no(other);
    `,
  });

  byBinding('is a global beside the global', {
    asks: (identity, node) => identity.isSibling(node, { global: 'URL.createObjectURL' }, 'revokeObjectURL'),
    code: `yes(URL.revokeObjectURL); no(URL.createObjectURL); no(revokeObjectURL);`,
  });

  byBinding('is an export of the same file', {
    asks: (identity, node) => identity.isSibling(node, { file: 'locks.ts', export: 'lock' }, 'unlock'),
    code: `
      import { lock, unlock } from './locks.js';
      yes(unlock); no(lock);
    `,
    files: { 'locks.ts': 'export function lock() {}\nexport function unlock() {}' },
  });
});

describe('a call', () => {
  const isCallOf =
    (pattern: Parameters<Parameters<Question>[0]['isCallOf']>[1]): Question =>
    (identity, node) =>
      (node.type === 'CallExpression' || node.type === 'NewExpression') && identity.isCallOf(node, pattern);

  byBinding('is of an export', {
    asks: isCallOf({ package: 'comlink', export: 'wrap' }),
    code: `
      import * as Comlink from 'comlink';
      import { wrap } from 'comlink';
      yes(wrap(worker)); yes(Comlink.wrap(worker)); yes(new wrap(worker)); no(Comlink.expose(worker)); no(worker.wrap(worker));
    `,
  });

  byBinding('is of a method of an export or an instance', {
    asks: isCallOf({ package: 'async-mutex', export: 'Mutex', method: 'acquire' }),
    code: `
      import { Mutex } from 'async-mutex';
      const mutex = new Mutex();
      yes(mutex.acquire()); yes(Mutex.acquire()); yes(mutex['acquire']()); no(mutex.release()); no(acquire()); no(other.acquire());
    `,
  });

  byBinding('is of a method of a global', {
    asks: isCallOf({ global: 'console', method: 'log' }),
    code: `yes(console.log(1)); no(console.error(1)); no(log(1)); no(own.log(1));`,
  });
});

