import { createWriteStream } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { Mutex } from 'async-mutex';

interface Index {
  images: Record<string, { storedAt: string }>;
}

/** The uploaded images in a folder, with an index that one writer at a time may change. */
export class OriginalStore {
  readonly #folder: string;
  readonly #indexing = new Mutex();

  constructor(folder: string) {
    this.#folder = folder;
  }

  read(id: string): Promise<Buffer> {
    return readFile(path.join(this.#folder, id));
  }

  async write(id: string, content: Readable): Promise<void> {
    const partial = path.join(this.#folder, `${id}.partial`);
    await pipeline(content, createWriteStream(partial));
    await rename(partial, path.join(this.#folder, id));
    await this.#addToIndex(id);
  }

  async remove(id: string): Promise<void> {
    const release = await this.#indexing.acquire();
    try {
      const index = await this.#readIndex();
      delete index.images[id];
      await this.#writeIndex(index);
      await rm(path.join(this.#folder, id), { force: true });
    } finally {
      release();
    }
  }

  /** Keeps the index as it is, for a backup, until the caller calls the function that it gets. */
  freeze(): Promise<() => void> {
    return this.#indexing.acquire();
  }

  async #addToIndex(id: string): Promise<void> {
    const release = await this.#indexing.acquire();
    const index = await this.#readIndex();
    index.images[id] = { storedAt: new Date().toISOString() };
    await this.#writeIndex(index);
    release();
  }

  async #readIndex(): Promise<Index> {
    return JSON.parse(await readFile(path.join(this.#folder, 'index.json'), 'utf8'));
  }

  #writeIndex(index: Index): Promise<void> {
    return writeFile(path.join(this.#folder, 'index.json'), JSON.stringify(index));
  }
}
