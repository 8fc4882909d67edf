import { describe } from 'vitest';

import type { Source } from '../../../src/analysis/specification.js';
import { byAnnotation, byBinding, byType, type Question } from './marks.js';

const isInstance =
  (source: Source): Question =>
  (identity, node) =>
    identity.isInstance(node, source);

const mutex = isInstance({
  package: 'async-mutex',
  export: ['Mutex', 'MutexInterface'],
  instances: [{ call: 'withTimeout', argument: 0 }, { call: 'createMutex' }],
});

describe('an instance is known', () => {
  byBinding('by its construction', {
    asks: mutex,
    code: `
      import { Mutex, Semaphore } from 'async-mutex';
      const lock = new Mutex();
      let late;
      late = new Mutex();
      var { inner = new Mutex() } = options;
      const own = { lock: new Mutex() };
      yes(new Mutex()); yes(lock); yes(late); yes(inner); yes(own.lock); no(new Semaphore(1)); no(Mutex); no(lock.release); no(own);
    `,
  });

  byBinding('from a factory', {
    asks: mutex,
    code: `
      import { createMutex, withTimeout, Mutex } from 'async-mutex';
      import * as mutexes from 'async-mutex';
      const timed = withTimeout(new Mutex(), 100);
      const twice = withTimeout(timed, 100);
      yes(timed); yes(twice); yes(createMutex()); yes(await createMutex()); yes(mutexes.withTimeout(timed, 1));
      no(mutexes.other()); no(createMutex);
    `,
    files: {
      'node_modules/async-mutex/package.json': '{ "name": "async-mutex", "version": "1.0.0", "types": "index.d.ts" }',
      'node_modules/async-mutex/index.d.ts': [
        'export declare class Mutex { acquire(): Promise<() => void> }',
        'export declare function withTimeout<T>(lock: T, milliseconds: number): T;',
        'export declare function createMutex(): Promise<Mutex>;',
        'export declare function other(): number;',
      ].join('\n'),
    },
  });

  byBinding('only of a decorated instance', {
    asks: mutex,
    code: `
      import { Semaphore, withTimeout } from 'async-mutex';
      no(withTimeout(new Semaphore(1), 100));
    `,
  });

  byBinding('whatever is written around it', {
    asks: mutex,
    code: `
      import { Mutex } from 'async-mutex';
      let lazy;
      const lock = new Mutex();
      yes(lazy ??= new Mutex()); yes(lazy); yes(given ?? lock); yes(given || lock); yes(given ? lock : undefined); yes((0, lock));
      yes(given && lock); yes(await lock); yes(lock ? lock : null);
      no(lock || lock.name === 1 ? lock.name : 1); no(!lock); no([lock]);
    `,
  });

  byBinding('after assignments that only take it away', {
    asks: mutex,
    code: `
      import { Mutex } from 'async-mutex';
      let current = null;
      function get() { current = current ?? new Mutex(); return current; }
      function drop() { current = undefined; }
      let mixed: unknown = new Mutex();
      mixed = other();
      yes(current); yes(get()); no(mixed); no(drop());
    `,
  });

  byBinding('in a field of a class', {
    asks: mutex,
    code: `
      import { Mutex } from 'async-mutex';
      class Base { inherited = new Mutex(); }
      class Store extends Base {
        #lock = new Mutex();
        static shared = new Mutex();
        static { this.late = new Mutex(); }
        'quoted' = new Mutex();
        lazy;
        name = 'x';
        get lock() { return this.#lock; }
        lockOf(key) { return this.made; }
        constructor() { super(); this.made = new Mutex(); }
        work = () => { yes(this.#lock); yes(this.made); };
        run() {
          this.lazy ??= new Mutex();
          yes(this.lazy); yes(this.lock); yes(this.lockOf(1)); yes(this.inherited); yes(this.quoted); yes(super.inherited);
          yes(Store.shared); yes(Store.late); yes(this['made']); yes((() => this.made)());
          no(this.name); no(this.other); no(this.shared); no(this); no(this[name]);
          function inner() { no(this.made); }
        }
        static go() { yes(this.shared); no(this.made); }
      }
      const store = new Store();
      const { made, inherited } = store;
      yes(store.made); yes(store.lock); yes(made); yes(inherited); no(store.other); no(Store.made);
    `,
  });

  byBinding('in a field that holds nothing else', {
    asks: mutex,
    code: `
      import { Mutex } from 'async-mutex';
      class Store {
        lock = new Mutex();
        swap(other) { this.lock = other; }
        run() { no(this.lock); }
      }
    `,
    files: { 'node_modules/async-mutex/index.d.ts': 'export declare const Mutex: any;' },
  });

  byBinding('in an object', {
    asks: mutex,
    code: `
      import { Mutex } from 'async-mutex';
      const locks = {
        read: new Mutex(),
        nested: { write: new Mutex() },
        get lazy() { return this.read; },
        make() { return new Mutex(); },
        run() { yes(this.read); },
        name: 'x',
      };
      const more = { ...locks, extra: new Mutex() };
      yes(locks.read); yes(locks.nested.write); yes(locks['read']); yes(locks.lazy); yes(locks.make()); yes(more.read); yes(more.extra);
      no(locks.name); no(locks.other); no(locks.make); no(locks);
    `,
  });

  byBinding('in a collection', {
    asks: mutex,
    code: `
      import { Mutex } from 'async-mutex';
      const list = [new Mutex(), new Mutex()];
      const [first, second] = list;
      const many = Array.from({ length: 4 }, () => new Mutex());
      const mapped = names.map(name => new Mutex());
      const mixed: unknown[] = [new Mutex(), 1];
      for (const lock of list) yes(lock);
      list.forEach(lock => { yes(lock); });
      many.map((lock, index) => { yes(lock); no(index); });
      yes(list[0]); yes(list[index]); yes(first); yes(second); yes(many[1]); yes(mapped.at(-1)); yes(list.find(Boolean));
      no(list); no(list.length); no(mixed[index]); no(many.join());
    `,
  });

  byBinding('in a map that this file fills', {
    asks: mutex,
    code: `
      import { Mutex } from 'async-mutex';
      const locks = new Map();
      const others = new Map();
      others.set('a', new Mutex());
      others.set('b', {});
      export function lockOf(key) {
        let lock = locks.get(key);
        if (lock === undefined) {
          lock = new Mutex();
          locks.set(key, lock);
        }
        yes(lock); yes(locks.get(key)); no(others.get(key)); no(given.get(key)); no(locks);
        return lock;
      }
      yes(lockOf('a'));
      for (const [key, lock] of locks) { yes(lock); no(key); }
      for (const lock of locks.values()) yes(lock);
      const table = {};
      table[key] = new Mutex();
      yes(table[other]);
      const list = [];
      list.push(new Mutex());
      yes(list[0]); yes(list.pop());
      class Store {
        #locks = new Map();
        open(key) { this.#locks.set(key, new Mutex()); }
        run(key) { yes(this.#locks.get(key)); no(this.#locks.size); }
      }
    `,
    files: { 'node_modules/async-mutex/index.d.ts': 'export declare class Mutex { acquire(): Promise<() => void> }' },
  });

  byBinding('from a function of this file', {
    asks: mutex,
    code: `
      import { Mutex } from 'async-mutex';
      const make = () => new Mutex();
      function choose(a) { if (a) return undefined; return new Mutex(); }
      function other(a) { if (a) return 1; return new Mutex(); }
      async function later() { return new Mutex(); }
      const nested = () => { const inner = () => 1; return new Mutex(); };
      function again() { return again(); }
      yes(make()); yes(choose(1)); yes(await later()); yes(nested()); no(other(1)); no(later()); no(again()); no(make);
      later().then(lock => { yes(lock); });
      const [a] = await Promise.all([later(), make()]);
      yes(a);
    `,
  });

  byBinding('of a subclass', {
    asks: mutex,
    code: `
      import { Mutex } from 'async-mutex';
      class Named extends Mutex { run() { yes(this); } }
      class Again extends Named {}
      class Other extends Map { run() { no(this); } }
      yes(new Again()); yes(new (class extends Mutex {})()); no(new Other());
    `,
  });

  byBinding('of a constructor function', {
    asks: mutex,
    filename: 'case.cjs',
    code: `
      const { Mutex } = require('async-mutex');
      function Store() { this.lock = new Mutex(); }
      Store.prototype.run = function () { yes(this.lock); no(this.other); };
      yes(new Store().lock);
    `,
  });

  byBinding('of a global', {
    asks: isInstance({ global: 'Worker' }),
    code: `
      const worker = new Worker(url);
      yes(worker); yes(new window.Worker(url)); no(new SharedWorker(url)); no(Worker);
      function inner(Worker) { no(new Worker(url)); }
    `,
  });

  byBinding('of a class of the project', {
    asks: isInstance({ file: 'src/locks.ts', export: 'Lock' }),
    filename: 'src/case.ts',
    code: `
      import { Lock } from './locks.js';
      const lock = new Lock();
      yes(lock); yes(new Lock()); no(new Other());
    `,
    files: { 'src/locks.ts': 'export class Lock { acquire() {} }' },
  });
});

describe('an annotated value is known', () => {
  byAnnotation('by the name of its type', {
    asks: mutex,
    code: `
      import type { MutexInterface, Mutex as M } from 'async-mutex';
      import * as mutexes from 'async-mutex';
      type Alias = M;
      interface Mine extends MutexInterface {}
      declare const alias: Alias, mine: Mine, qualified: mutexes.Mutex, imported: import('async-mutex').Mutex;
      declare const optional: M | undefined | null, both: M & { name: string }, either: M | string, wide: unknown;
      yes(alias); yes(mine); yes(qualified); yes(imported); yes(optional); yes(both); no(either); no(wide);
      yes(wide as M); yes(wide satisfies M); yes(optional!); yes(<M>wide); yes(wide as unknown as M);
      function generic<T extends M>(one: T) { yes(one); }
      function shadowed<M>(one: M) { no(one); }
    `,
  });

  byAnnotation('as a parameter or field', {
    asks: mutex,
    code: `
      import { Mutex, withTimeout } from 'async-mutex';
      function run(lock: Mutex, { inner }: { inner: Mutex }, [first]: Mutex[], fallback: Mutex = create()) {
        yes(lock); yes(inner); yes(first); yes(fallback);
      }
      abstract class Store {
        declare lock: Mutex;
        readonly #own: Mutex;
        abstract given: Mutex;
        abstract make(): Mutex;
        constructor(private readonly taken: Mutex, public other?: Mutex, name?: string) {}
        run(): void {
          yes(this.lock); yes(this.#own); yes(this.given); yes(this.make()); yes(this.taken); yes(this.other); no(this.name);
        }
      }
      function indexed(lock: Store['lock'], other: Store['name']) { yes(lock); no(other); }
      interface Options { lock?: Mutex; make(): Mutex; readonly all: ReadonlyArray<Mutex> }
      function use(options: Options, create: () => Mutex) {
        const { lock } = options;
        yes(lock); yes(options.make()); yes(options.all[0]); yes(create()); no(options);
      }
    `,
  });

  byAnnotation('inside a promise or a collection', {
    asks: mutex,
    code: `
      import { Mutex } from 'async-mutex';
      declare function later(): Promise<Mutex | undefined>;
      declare const list: readonly Mutex[], map: ReadonlyMap<string, Mutex>, pair: [string, Mutex], table: Record<string, Mutex>;
      const own = new Map<string, Mutex>();
      const set = new Set<Mutex>();
      const typed: Map<string, Mutex> = new Map();
      const weak = new WeakMap<object, Mutex>();
      yes(await later()); yes(list[0]); yes(map.get('a')); yes(pair[1]); yes(own.get('a')); yes(typed.get('a')); yes(weak.get({}));
      declare const indexed: { [key: string]: Mutex };
      yes(indexed.x); yes(indexed[name]); yes(table.x); yes(table[name]); no(later()); no(pair[0]); no(own.size);
      for (const lock of set) yes(lock);
      for (const [name, lock] of map) { yes(lock); no(name); }
      for (const lock of own.values()) yes(lock);
      map.forEach(lock => { yes(lock); });
    `,
  });

  byType('by the checker, without a name in this file', {
    asks: mutex,
    code: `
      import { lock, maybe, all, later, store, unrelated, anything } from './locks.js';
      yes(lock); yes(maybe); yes(all[0]); yes(await later()); yes(store.lock); yes(store.sub); yes(maybe!);
      no(later()); no(unrelated); no(anything); no(store); no(all);
      function each<T extends typeof lock>(one: T) { yes(one); }
      all.reduce((previous, next) => { yes(next); return previous; });
    `,
    files: {
      'locks.ts': `
        import { Mutex, Semaphore, type MutexInterface } from 'async-mutex';
        class Sub extends Mutex {}
        export const lock = new Mutex();
        export declare const maybe: Mutex | MutexInterface | undefined;
        export declare const all: Mutex[];
        export declare function later(): Promise<Mutex>;
        export const store = { lock, sub: new Sub() };
        export const unrelated = new Semaphore(1);
        export declare const anything: any;
      `,
    },
  });

  byType('by a type that this package declares itself', {
    asks: isInstance({ package: 'mutexes', export: 'Mutex' }),
    filename: 'package/case.ts',
    code: `
      import { lock } from './lock.js';
      yes(lock);
    `,
    files: {
      'package/lock.ts': "import type { Mutex } from '../node_modules/mutexes/dist/index.js';\nexport declare const lock: Mutex;",
      'node_modules/mutexes/dist/index.d.ts': 'declare class Mutex$1 { acquire(): void }\nexport { Mutex$1 as Mutex };',
    },
  });

  byType('by the declarations of another layout', {
    asks: isInstance({ package: 'async-lock', export: 'default' }),
    code: `
      import { lock } from './locks.js';
      yes(lock);
    `,
    files: {
      'locks.ts': "import AsyncLock from 'async-lock';\nexport const lock = new AsyncLock();",
    },
  });

  byType('as an ambient module or a global', {
    asks: (identity, node) =>
      identity.isInstance(node, { package: 'node:worker_threads', export: 'Worker' }) ||
      identity.isInstance(node, { global: 'Worker' }),
    code: `
      import { thread, page, own } from './workers.js';
      yes(thread); yes(page); no(own);
    `,
    files: {
      'workers.ts': `
        import { Worker as Thread } from 'node:worker_threads';
        export declare const thread: Thread;
        export declare const page: Worker;
        class Own {}
        export { Own as Worker };
        export const own = new Own();
      `,
    },
  });
});
