import { EventEmitter } from 'node:events';

/** Tells whoever listens how far each image is. One for the whole service. */
export class ProgressHub extends EventEmitter<{ progress: [id: string, state: string] }> {
  readonly #latest = new Map<string, string>();

  constructor() {
    super();
    setInterval(() => {
      for (const [id, state] of this.#latest) this.emit('progress', id, state);
    }, 10_000);
  }

  report(id: string, state: string): void {
    this.#latest.set(id, state);
    this.emit('progress', id, state);
  }
}
