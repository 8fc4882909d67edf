import { describe, expect, it } from 'vitest';

import type { ResourceSpecification } from '../../src/analysis/specification.js';
import { builtInCatalogue } from '../../src/catalogue/index.js';
import { asyncLock } from '../../src/catalogue/packages/async-lock.js';
import { asyncMutex } from '../../src/catalogue/packages/async-mutex.js';
import { asyncSema } from '../../src/catalogue/packages/async-sema.js';
import { properLockfile } from '../../src/catalogue/packages/proper-lockfile.js';
import { redlock } from '../../src/catalogue/packages/redlock.js';
import { typeorm } from '../../src/catalogue/packages/typeorm.js';
import { webLocks } from '../../src/catalogue/web/locks.js';
import { loadDeclarations } from './declarations.js';
import { driftOf } from './drift.js';

const specifications = Object.values(builtInCatalogue);
const declarationsOf = loadDeclarations(
  specifications.flatMap(({ from, parameters = [] }) => [from, ...parameters.map(({ call }) => call)]),
);

describe('the built-in catalogue', () => {
  it('says what the packages declare', () => {
    expect(driftMessages(builtInCatalogue)).toEqual([]);
  });
});

describe('a specification that says something else than the declarations', () => {
  const mutex = asyncMutex['async-mutex/mutex'];
  const semaphore = asyncMutex['async-mutex/semaphore'];
  const sema = asyncSema['async-sema/sema'];
  const lockfile = properLockfile['proper-lockfile/lock'];
  const lease = redlock['redlock/redlock'];
  const runner = typeorm['typeorm/query-runner'];

  it('names the package that is not installed', () => {
    expect(driftMessages({ gone: { ...mutex, from: { package: 'async-mutexx', export: 'Mutex' } } })).toEqual([
      'gone: from: no declarations; is the package a devDependency?',
    ]);
  });

  it('names the misspelt export', () => {
    expect(
      driftMessages({ mutex: { ...mutex, from: { package: 'async-mutex', export: ['Mutex', 'Mutexx'] } } }),
    ).toEqual([
      expect.stringMatching(/^mutex: from\.export\[1\]: no export `Mutexx`, but .*\bMutex\b.* \(async-mutex\//),
    ]);
  });

  it('names the misspelt global', () => {
    expect(driftMessages({ web: { ...webLocks['web/locks'], from: { global: 'navigator.lock' } } })).toEqual([
      'web: from.global: the global scope has no `navigator.lock` (the global scope)',
    ]);
  });

  it('names the misspelt factory', () => {
    const from = { ...mutex.from, instances: [{ call: 'withTimeOut', argument: 0 }] };
    expect(driftMessages({ mutex: { ...mutex, from } })).toEqual([
      expect.stringMatching(/^mutex: from\.instances\[0\]\.call: no export `withTimeOut`, but .*withTimeout/),
    ]);
  });

  it('names the argument of a factory that is no instance', () => {
    const from = { ...mutex.from, instances: [{ call: 'withTimeout', argument: 1 }] };
    expect(driftMessages({ mutex: { ...mutex, from } })).toEqual([
      expect.stringMatching(/^mutex: from\.instances\[0\]\.argument: `\(mutex: MutexInterface, timeout: number/),
    ]);
  });

  it('names the misspelt acquire', () => {
    const acquire: ResourceSpecification['acquire'] = [
      ...mutex.acquire,
      { how: 'method', name: 'aquire', awaited: true, obligation: 'result' },
    ];
    expect(driftMessages({ mutex: { ...mutex, acquire } })).toContainEqual(
      expect.stringMatching(/^mutex: acquire\[1\]\.name: no method `aquire` on `Mutex`, but acquire, runExclusive/),
    );
  });

  it('names the acquire that gives no promise', () => {
    expect(driftMessages({ sema: { ...sema, acquire: [{ ...sema.acquire[1], awaited: true }] } })).toEqual([
      'sema: acquire[0].awaited: `(): any` (async-sema/lib/index.d.ts)',
    ]);
  });

  it('names the acquire that gives a promise', () => {
    const acquire: ResourceSpecification['acquire'] = [{ how: 'call', obligation: 'result' }];
    expect(driftMessages({ lockfile: { ...lockfile, acquire } })).toContainEqual(
      expect.stringMatching(/^lockfile: acquire\[0\]\.awaited: `\(file: string, .*\): Promise<\(\) => Promise<void>>`/),
    );
  });

  it('names the acquire that is no function', () => {
    expect(driftMessages({ sema: { ...sema, acquire: [{ how: 'call', obligation: 'result' }] } })).toContainEqual(
      expect.stringMatching(/^sema: acquire\[0\]\.how: `Sema` is `Sema`/),
    );
  });

  it('names the element that the result does not have', () => {
    const acquire: ResourceSpecification['acquire'] = [{ ...semaphore.acquire[0], obligation: { element: 2 } }];
    expect(driftMessages({ semaphore: { ...semaphore, acquire } })).toContainEqual(
      expect.stringMatching(/^semaphore: acquire\[0\]\.obligation: `.*Promise<\[number, Releaser\]>`/),
    );
  });

  it('names the result that cannot be called', () => {
    const acquire: ResourceSpecification['acquire'] = [{ ...semaphore.acquire[0], obligation: 'result' }];
    expect(driftMessages({ semaphore: { ...semaphore, acquire } })).toEqual([
      expect.stringMatching(/^semaphore: release\[0\]\.call: it ends none of "result" of `.*Promise<\[number,/),
    ]);
  });

  it('names the property that the result does not have', () => {
    const acquire: ResourceSpecification['acquire'] = [{ ...mutex.acquire[0], obligation: { property: 'release' } }];
    expect(driftMessages({ mutex: { ...mutex, acquire } })).toContainEqual(
      expect.stringMatching(/^mutex: acquire\[0\]\.obligation: `.*Promise<Releaser>`/),
    );
  });

  it('names the callback position that takes no function', () => {
    const acquire: ResourceSpecification['acquire'] = [
      { ...asyncLock['async-lock/async-lock'].acquire[0], obligation: { callback: 0, parameter: 0 } },
    ];
    expect(driftMessages({ lock: { ...asyncLock['async-lock/async-lock'], acquire } })).toContainEqual(
      expect.stringMatching(/^lock: acquire\[0\]\.obligation: .* `<T>\(key: string \| string\[\], fn: /),
    );
  });

  it('names the acquire that always gives something', () => {
    expect(driftMessages({ mutex: { ...mutex, acquire: [{ ...mutex.acquire[0], optional: true }] } })).toEqual([
      expect.stringMatching(/^mutex: acquire\[0\]\.optional: it always gives something: /),
    ]);
  });

  it('names the misspelt release', () => {
    expect(driftMessages({ runner: { ...runner, release: [{ method: 'relase' }] } })).toContainEqual(
      expect.stringMatching(/^runner: release\[0\]\.method: it ends none of "result" of `\(mode\?.*\): QueryRunner`/),
    );
  });

  it('names the release function at the wrong argument', () => {
    const release: ResourceSpecification['release'] = [{ call: true }, { function: 'unlock', argument: 2 }];
    expect(driftMessages({ lockfile: { ...lockfile, release } })).toEqual([
      expect.stringMatching(/^lockfile: release\[1\]\.function: it ends none of "result" of /),
    ]);
  });

  it('names the misspelt release of the receiver', () => {
    expect(driftMessages({ sema: { ...sema, release: [{ receiverMethod: 'free' }] } })).toContainEqual(
      expect.stringMatching(/^sema: release\[0\]\.receiverMethod: it ends none of "receiver" of /),
    );
  });

  it('names the release that gives no promise', () => {
    expect(driftMessages({ mutex: { ...mutex, awaitRelease: true } })).toContainEqual(
      'mutex: awaitRelease: the release of acquire[0] is `(): void` (async-mutex/lib/index.d.ts)',
    );
  });

  it('names the misspelt scoped form', () => {
    expect(driftMessages({ mutex: { ...mutex, scopedForm: { method: 'runAlone', callback: 0 } } })).toContainEqual(
      expect.stringMatching(/^mutex: scopedForm\.method: no method `runAlone` on `Mutex`/),
    );
  });

  it('names the scoped form with its callback elsewhere', () => {
    expect(driftMessages({ mutex: { ...mutex, scopedForm: { method: 'runExclusive', callback: 1 } } })).toContainEqual(
      expect.stringMatching(/^mutex: scopedForm\.callback: `<T>\(callback: /),
    );
  });

  it('names the argument that no acquire takes', () => {
    expect(driftMessages({ sema: { ...sema, acquireMayFail: { argument: 0 } } })).toEqual([
      expect.stringMatching(/^sema: acquireMayFail\.argument: `\(\): Promise<any>` or /),
    ]);
  });

  it('names the known call that does not exist', () => {
    const call = { package: 'typeorm', export: 'DataSource', method: 'createQueryBuilderr' };
    expect(driftMessages({ runner: { ...runner, parameters: [{ call, argument: 0, effect: 'borrow' }] } })).toEqual([
      expect.stringMatching(/^runner: parameters\[0\]\.call\.method: no method `createQueryBuilderr` on `DataSource`/),
    ]);
  });

  it('names the known call without such an argument', () => {
    const call = { package: 'typeorm', export: 'DataSource', method: 'createEntityManager' };
    expect(driftMessages({ runner: { ...runner, parameters: [{ call, argument: 1, effect: 'borrow' }] } })).toEqual([
      expect.stringMatching(/^runner: parameters\[0\]\.argument: `\(queryRunner\?: /),
    ]);
  });

  it('names what every version lacks, with the declarations of each', () => {
    expect(driftMessages({ lease: { ...lease, scopedForm: { method: 'use', callback: 'last' } } })).toContainEqual(
      expect.stringMatching(
        /^lease: scopedForm\.method: no method `use`.* \(@types\/redlock\/index\.d\.ts\); no .* \(redlock\/dist\/index\.d\.ts\)$/,
      ),
    );
  });

  it('names the version that has none of the acquires', () => {
    expect(driftMessages({ lease: { ...lease, acquire: [lease.acquire[3]] } })).toContainEqual(
      'lease: acquire: redlock/dist/index.d.ts has none of these',
    );
  });
});

/** One line for each drifted field, with the key of its specification. */
function driftMessages(catalogue: Record<string, ResourceSpecification>): string[] {
  return Object.entries(catalogue).flatMap(([key, specification]) =>
    driftOf(specification, declarationsOf).map(({ field, found }) => `${key}: ${field}: ${found}`),
  );
}
