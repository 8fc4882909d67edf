import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

import { Sema } from 'async-sema';

import type { ProgressHub } from './progress-hub.js';
import type { ResizeReply, ResizeRequest } from './resize-worker.js';

const script = new URL('./resize-worker.js', import.meta.url);

/** Worker threads that make thumbnails, one image each at a time. */
export class ThumbnailPool {
  readonly #idle: Worker[] = [];
  readonly #free: Sema;
  readonly #progress: ProgressHub;

  constructor(size: number, progress: ProgressHub) {
    this.#free = new Sema(size);
    this.#progress = progress;
    for (let index = 0; index < size; index += 1) this.#idle.push(new Worker(script));
  }

  async resize(id: string, original: Uint8Array, width: number): Promise<Uint8Array> {
    await this.#free.acquire();
    const worker = this.#idle.pop() ?? new Worker(script);
    worker.on('messageerror', error => {
      this.#progress.report(id, `failed: ${error.message}`);
    });
    worker.postMessage({ original, width } satisfies ResizeRequest);
    const [reply]: ResizeReply[] = await once(worker, 'message');
    if (reply === undefined || 'error' in reply) {
      throw new Error(`The thumbnail of ${id} failed: ${reply?.error ?? 'no reply'}`);
    }
    this.#idle.push(worker);
    this.#free.release();
    return reply.thumbnail;
  }

  /** Whether the worker script starts at all. */
  async check(): Promise<boolean> {
    const worker = new Worker(script);
    const isOnline = await Promise.race([
      once(worker, 'online').then(() => true),
      once(worker, 'error').then(() => false),
    ]);
    return isOnline;
  }

  async close(): Promise<void> {
    await Promise.all(this.#idle.map(worker => worker.terminate()));
  }
}
