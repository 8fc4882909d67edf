import type { Catalogue } from '../analysis/specification.js';
import { nodeFiles } from './node/files.js';
import { nodeInspector } from './node/inspector.js';
import { nodeObservers } from './node/observers.js';
import { nodeTimers } from './node/timers.js';
import { nodeWorkerThreads } from './node/worker-threads.js';
import { asyncLock } from './packages/async-lock.js';
import { asyncMutex } from './packages/async-mutex.js';
import { asyncSema } from './packages/async-sema.js';
import { awaitLock } from './packages/await-lock.js';
import { awaitSemaphore } from './packages/await-semaphore.js';
import { genericPool } from './packages/generic-pool.js';
import { jestWorker } from './packages/jest-worker.js';
import { knex } from './packages/knex.js';
import { livekitMutex } from './packages/livekit-mutex.js';
import { mongodb } from './packages/mongodb.js';
import { mortice } from './packages/mortice.js';
import { mysql } from './packages/mysql.js';
import { pg } from './packages/pg.js';
import { piscina } from './packages/piscina.js';
import { poolifier } from './packages/poolifier.js';
import { properLockfile } from './packages/proper-lockfile.js';
import { redlock } from './packages/redlock.js';
import { sapphireAsyncQueue } from './packages/sapphire-async-queue.js';
import { semaphoreAsyncAwait } from './packages/semaphore-async-await.js';
import { threads } from './packages/threads.js';
import { tinypool } from './packages/tinypool.js';
import { typeorm } from './packages/typeorm.js';
import { upstashLock } from './packages/upstash-lock.js';
import { webWorker } from './packages/web-worker.js';
import { workerpool } from './packages/workerpool.js';
import { yProtocols } from './packages/y-protocols.js';
import { webLocks } from './web/locks.js';
import { workerImports } from './web/worker-imports.js';
import { webObjectUrls } from './web/object-urls.js';
import { webObservers } from './web/observers.js';
import { webStreamLocks } from './web/stream-locks.js';
import { webTimers } from './web/timers.js';
import { webWorkers } from './web/workers.js';

/** Every resource that is known without settings. */
export const builtInCatalogue: Catalogue = {
  ...asyncLock,
  ...asyncMutex,
  ...asyncSema,
  ...awaitLock,
  ...awaitSemaphore,
  ...genericPool,
  ...jestWorker,
  ...knex,
  ...livekitMutex,
  ...mongodb,
  ...mortice,
  ...mysql,
  ...nodeFiles,
  ...nodeInspector,
  ...nodeObservers,
  ...nodeTimers,
  ...nodeWorkerThreads,
  ...pg,
  ...piscina,
  ...poolifier,
  ...properLockfile,
  ...redlock,
  ...sapphireAsyncQueue,
  ...semaphoreAsyncAwait,
  ...threads,
  ...tinypool,
  ...typeorm,
  ...upstashLock,
  ...webLocks,
  ...webObjectUrls,
  ...webObservers,
  ...webStreamLocks,
  ...webTimers,
  ...webWorker,
  ...webWorkers,
  ...workerImports,
  ...workerpool,
  ...yProtocols,
};
