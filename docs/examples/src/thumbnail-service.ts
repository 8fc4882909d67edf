import { Semaphore } from 'async-mutex';

import type { OriginalStore } from './original-store.js';
import type { ThumbnailCache } from './thumbnail-cache.js';
import type { ThumbnailPool } from './thumbnail-pool.js';

const largestWidth = 4_096;

/** Thumbnails, from the cache or made anew; at most eight originals are in memory at a time. */
export class ThumbnailService {
  readonly #originals: OriginalStore;
  readonly #cache: ThumbnailCache;
  readonly #pool: ThumbnailPool;
  readonly #inMemory = new Semaphore(8);

  constructor(originals: OriginalStore, cache: ThumbnailCache, pool: ThumbnailPool) {
    this.#originals = originals;
    this.#cache = cache;
    this.#pool = pool;
  }

  async get(id: string, width: number): Promise<Uint8Array> {
    const key = `${id}@${width}`;
    const cached = this.#cache.get(key);
    if (cached !== undefined) return cached;

    const [, release] = await this.#inMemory.acquire();
    if (width > largestWidth) {
      throw new RangeError(`A thumbnail is at most ${largestWidth} pixels wide.`);
    }
    try {
      const original = await this.#originals.read(id);
      const thumbnail = await this.#pool.resize(id, original, width);
      this.#cache.set(key, thumbnail);
      return thumbnail;
    } finally {
      release();
    }
  }

  /** Makes the usual sizes ahead of time. */
  async prepare(id: string): Promise<void> {
    await this.#inMemory.runExclusive(async () => {
      const original = await this.#originals.read(id);
      for (const width of [160, 320, 640]) {
        this.#cache.set(`${id}@${width}`, await this.#pool.resize(id, original, width));
      }
    });
  }
}
