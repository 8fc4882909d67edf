/** The thumbnails that were asked for last. */
export class ThumbnailCache {
  readonly #entries = new Map<string, Uint8Array>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: string): Uint8Array | undefined {
    const entry = this.#entries.get(key);
    if (entry !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, entry);
    }
    return entry;
  }

  set(key: string, thumbnail: Uint8Array): void {
    this.#entries.set(key, thumbnail);
    const oldest = this.#entries.keys().next();
    if (this.#entries.size > this.#capacity && oldest.done !== true) this.#entries.delete(oldest.value);
  }
}

const etags = new Map<string, string>();

/** The entity tag of a thumbnail, made once for each. */
export function etagOf(key: string, thumbnail: Uint8Array): string {
  const known = etags.get(key);
  if (known !== undefined) return known;
  const etag = `"${key}-${thumbnail.byteLength}"`;
  etags.set(key, etag);
  return etag;
}
