import type { PackageSource } from './source-specification.js';

/**
 * How a worker tells its parent that it has failed. The events of a worker differ between platforms, and so does what
 * happens when nobody listens for them.
 */
export interface WorkerFailure {
  /** The keys of the resources that fail so. */
  readonly resources: readonly string[];
  /** The event of an exception in the worker, or of a script that cannot be loaded. */
  readonly error: string;
  /** The event of every end of the worker, one without an exception too. Without it the worker cannot end by itself. */
  readonly end?: string;
  /** Further events that tell of a failure. */
  readonly others: readonly string[];
  /** Whether `worker.onerror = …` listens, or is a property that nobody reads. */
  readonly hasHandlerProperties: boolean;
  /** What becomes of an exception in the worker that nobody listens for: it ends the program, or nobody learns of it. */
  readonly unheard: 'endsProgram' | 'isLost';
  /** URL of the page these facts were taken from. */
  readonly docs: string;
}

/** What tells the code of a worker from that of others. */
export interface WorkerScript {
  /** Exports that only code of a worker uses. */
  readonly exports: readonly PackageSource[];
  /** The export that is false in a worker: it tells the two halves of a file that starts itself. */
  readonly mainThread: PackageSource;
  /** Handler properties of the global object of a worker: `self.onmessage = …`. */
  readonly handlers: readonly string[];
  /** Globals that there are in workers only. */
  readonly globals: readonly string[];
}
