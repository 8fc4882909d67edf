import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Mutex as LivekitMutex, MultiMutex } from '@livekit/mutex';
import { AsyncQueue } from '@sapphire/async-queue';
import AsyncLock from 'async-lock';
import { E_CANCELED, E_TIMEOUT, Mutex, Semaphore, withTimeout } from 'async-mutex';
import { Sema } from 'async-sema';
import AwaitLock from 'await-lock';
import { Semaphore as AwaitSemaphore } from 'await-semaphore';
import createMortice from 'mortice';
import lockfile from 'proper-lockfile';
import { Lock } from 'semaphore-async-await';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// What declarations cannot say (`releaseTwice`, `acquireMayFail`, `releasedByThrow`), asked of the packages themselves.

describe('async-mutex', () => {
  it('ignores a second call of the releaser', async () => {
    const semaphore = new Semaphore(1);
    const [, release] = await semaphore.acquire();
    release();
    release();
    expect(semaphore.getValue()).toBe(1);
  });

  it('rejects a pending acquire that is cancelled', async () => {
    const mutex = new Mutex();
    await mutex.acquire();
    const pending = mutex.acquire();
    mutex.cancel();
    await expect(pending).rejects.toBe(E_CANCELED);
  });

  it('rejects a pending acquire after the timeout', async () => {
    const mutex = withTimeout(new Mutex(), 1);
    await mutex.acquire();
    await expect(mutex.acquire()).rejects.toBe(E_TIMEOUT);
  });
});

describe('@sapphire/async-queue', () => {
  it('rejects a pending turn that is aborted', async () => {
    const queue = new AsyncQueue();
    await queue.wait();
    const pending = queue.wait();
    queue.abortAll();
    await expect(pending).rejects.toThrow('aborted');
  });

  it('lets in one holder too many by a second shift', async () => {
    const queue = new AsyncQueue();
    await queue.wait();
    const turns = [queue.wait(), queue.wait()];
    queue.shift();
    queue.shift();
    await expect(Promise.all(turns)).resolves.toHaveLength(2);
  });
});

describe('async-sema', () => {
  it('frees one permit too many by a second release', async () => {
    const sema = new Sema(1);
    await sema.acquire();
    sema.release();
    sema.release();
    expect([sema.tryAcquire(), sema.tryAcquire()]).not.toContain(undefined);
  });
});

describe('await-lock', () => {
  it('throws by a second release', async () => {
    const lock = new AwaitLock();
    await lock.acquireAsync();
    lock.release();
    expect(() => {
      lock.release();
    }).toThrow('Cannot release an unacquired lock');
  });

  it('rejects an acquire with a timeout', async () => {
    const lock = new AwaitLock();
    await lock.acquireAsync();
    await expect(lock.acquireAsync({ timeout: 1 })).rejects.toThrow('Timed out waiting for lock');
  });
});

describe('await-semaphore', () => {
  it('ignores a second call of the releaser', async () => {
    const semaphore = new AwaitSemaphore(1);
    const release = await semaphore.acquire();
    release();
    release();
    expect(semaphore.count).toBe(1);
  });
});

describe('async-lock', () => {
  it('holds the lock until done is called, and ignores a second call', async () => {
    const lock = new AsyncLock();
    let finish: () => void = () => expect.unreachable('the lock is free');
    const held = lock.acquire('key', done => {
      finish = done;
    });
    expect(lock.isBusy('key')).toBe(true);
    finish();
    finish();
    await held;
    expect(lock.isBusy('key')).toBe(false);
  });

  it('releases when the function throws at once', async () => {
    const lock = new AsyncLock();
    const failing = lock.acquire('key', (_done: unknown) => {
      throw new Error('at once');
    });
    await expect(failing).rejects.toThrow('at once');
    expect(lock.isBusy('key')).toBe(false);
  });

  it('rejects an acquire that waits too long', async () => {
    const lock = new AsyncLock({ timeout: 1 });
    void lock.acquire('key', (_done: unknown) => undefined);
    await expect(lock.acquire('key', () => undefined)).rejects.toThrow('timed out');
  });
});

describe('semaphore-async-await', () => {
  it('frees one permit too many by a second release', async () => {
    const lock = new Lock();
    await lock.acquire();
    lock.release();
    lock.signal();
    expect(lock.getPermits()).toBe(2);
  });
});

describe('proper-lockfile', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lockfile-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('rejects an acquire of what is held, and a second release', async () => {
    const release = await lockfile.lock(folder);
    await expect(lockfile.lock(folder)).rejects.toMatchObject({ code: 'ELOCKED' });
    await release();
    await expect(release()).rejects.toMatchObject({ code: 'ERELEASED' });
  });

  it('ends by unlock what lock and lockSync acquired', async () => {
    await lockfile.lock(folder);
    lockfile.unlockSync(folder);
    lockfile.lockSync(folder);
    await lockfile.unlock(folder);
    expect(lockfile.checkSync(folder)).toBe(false);
  });
});

// Its queue needs a newer Node than we do.
describe.skipIf(!('withResolvers' in Promise))('mortice', () => {
  it('ignores a second call of the releaser', async () => {
    const lock = createMortice({ name: 'twice', singleProcess: true });
    const release = await lock.writeLock();
    release();
    release();
    const next = await lock.writeLock();
    await expect(lock.readLock({ signal: AbortSignal.timeout(5) })).rejects.toThrow();
    next();
    lock.finalize();
  });
});

describe('@livekit/mutex', () => {
  it('counts a second call of the releaser', async () => {
    const mutex = new LivekitMutex();
    const release = await mutex.lock();
    release();
    release();
    void mutex.lock();
    expect(mutex.isLocked()).toBe(false);
  });

  it('frees one permit too many by a second call of the releaser', async () => {
    const mutex = new MultiMutex(1);
    const release = await mutex.lock();
    release();
    release();
    await mutex.lock();
    expect(mutex.isLocked()).toBe(false);
  });
});
