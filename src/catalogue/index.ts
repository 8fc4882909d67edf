import type { Catalogue } from '../analysis/specification.js';
import { asyncLock } from './packages/async-lock.js';
import { asyncMutex } from './packages/async-mutex.js';
import { asyncSema } from './packages/async-sema.js';
import { awaitLock } from './packages/await-lock.js';
import { awaitSemaphore } from './packages/await-semaphore.js';
import { livekitMutex } from './packages/livekit-mutex.js';
import { mortice } from './packages/mortice.js';
import { properLockfile } from './packages/proper-lockfile.js';
import { redlock } from './packages/redlock.js';
import { semaphoreAsyncAwait } from './packages/semaphore-async-await.js';
import { typeorm } from './packages/typeorm.js';
import { upstashLock } from './packages/upstash-lock.js';
import { webLocks } from './web/locks.js';

/** Every resource that is known without settings. */
export const builtInCatalogue: Catalogue = {
  ...asyncLock,
  ...asyncMutex,
  ...asyncSema,
  ...awaitLock,
  ...awaitSemaphore,
  ...livekitMutex,
  ...mortice,
  ...properLockfile,
  ...redlock,
  ...semaphoreAsyncAwait,
  ...typeorm,
  ...upstashLock,
  ...webLocks,
};
