/**
 * What a resource is, as data. The engine knows no API: everything it can find comes from a list of these records,
 * from the built-in catalogue (`src/catalogue`) and from `settings['thread-hygiene'].resources`.
 *
 * The records are plain JSON, so that they cross worker threads, fit oxlint's configuration and enter ESLint's cache key.
 */
export interface ResourceSpecification {
  /** The family, which decides the rule that reports it. */
  kind: ResourceKind;
  /** The word for the resource in messages: "lock", "query runner". */
  noun: string;
  /** Where the class, function or object comes from. Identity is decided by binding or type, never by spelling. */
  from: Source;
  /** The calls that create an obligation. */
  acquire: Acquire[];
  /** The calls that discharge it. Any one of them is enough. */
  release: Release[];
  /** Whether `release` gives a promise that the owner awaits. */
  awaitRelease?: boolean;
  /** Events on the resource that tell that it has ended by itself. */
  joinedBy?: { event: string }[];
  /** A method on the same receiver that acquires, runs a callback and releases, whatever happens: `runExclusive(fn)`. */
  scopedForm?: { method: string; callback: number };
  /** What known calls do with the resource when it is passed to them. Default: ownership moves to the callee. */
  parameters?: ParameterEffect[];
  /** What a release after a failure means. Default `same`: a mutex. A pooled client mid-transaction is `different`. */
  releaseAfterFailure?: 'same' | 'different' | { argument: 'error' };
  /** What a second release does. Default `ok`. */
  releaseTwice?: 'ok' | 'throws';
  /** Whether the holder may acquire it again without waiting for itself. Default false. */
  reentrant?: boolean;
  /** Whether the acquire can be rejected: a timeout, a cancellation, a connection that fails. Default false. */
  acquireMayFail?: boolean;
  /** URL of the page these facts were taken from. */
  docs: string;
}

export type ResourceKind =
  | 'worker'
  | 'pool'
  | 'port'
  | 'lock'
  | 'handle'
  | 'url'
  | 'timer'
  | 'observer'
  | 'subscription';

/**
 * The origin of a class, function or object.
 *
 * - `global`: an unshadowed global, with a dotted path: `Worker`, `navigator.locks`.
 * - `package`: an export of a package, or of one of several packages with the same API. `default` is the default export
 *   (and what `require` gives), `*` is the module object itself. Further exports of the same meaning (a class and the
 *   interface its factories return) are given as a list.
 * - `file`: an export of a file of the linted project, matched by the end of its path: `src/locks.ts`.
 */
export type Source =
  | { global: string }
  | { package: string | string[]; export: string | string[]; instances?: InstanceFactory[] }
  | { file: string; export: string | string[]; instances?: InstanceFactory[] };

/**
 * Another export whose call gives an instance: `withTimeout(mutex, 100)`. With `argument`, only if that argument is
 * an instance itself (a decorator).
 */
export interface InstanceFactory {
  call: string;
  argument?: number;
}

/**
 * How a resource comes into being.
 *
 * - `new`: `new X()`. `call`: the export itself is called. `method`: `name` is called on an instance of the export,
 *   or on the export itself where that is an object (`lockfile.lock()`, `navigator.locks`).
 */
export interface Acquire {
  how: 'new' | 'call' | 'method';
  /** The method's name, for `method`. */
  name?: string;
  /** The call gives a promise; the resource is held once it is fulfilled. */
  awaited?: boolean;
  /** The result may say that nothing was acquired: `undefined`, `null`, `false` or `-1`. */
  optional?: boolean;
  /** What carries the duty. */
  obligation: ObligationCarrier;
}

/**
 * What carries the duty to release.
 *
 * - `result`: the (fulfilled) result of the call. `receiver`: the object the method is called on, there is no handle.
 * - `argument`: the argument at this index is what the release names: `open(path)` and `close(path)`.
 * - `property`, `element`: this part of the result: `{ release }`, `[value, release]`.
 * - `callback`: a parameter of a function argument: `acquire(key, (done) => …)`.
 */
export type ObligationCarrier =
  | 'result'
  | 'receiver'
  | { argument: number }
  | { property: string }
  | { element: number }
  | { callback: number; parameter: number };

/**
 * How a resource ends.
 *
 * - `method`: a method on the value that carries the duty: `lock.release()`.
 * - `call`: the value is itself the releaser: `release()`.
 * - `function`: an export of the same source is called with the value: `unlock(handle)`. It also ends the acquire whose
 *   own argument at this index has the same text (`lock(file)`, `unlock(file)`).
 * - `receiverMethod`: a method on the object that the acquire was called on: `mutex.release()`, `pool.release(client)`.
 */
export type Release =
  | { method: string }
  | { call: true }
  | { function: string; argument: number }
  | { receiverMethod: string };

/** What one known call does with a resource that it gets as an argument (or, without `argument`, as its receiver). */
export interface ParameterEffect {
  call: CallPattern;
  argument?: number;
  effect: 'borrow' | 'take' | 'retain';
}

/** A call of a global or of a package's export (`method`: of a method on it). */
export type CallPattern =
  | { global: string; method?: string }
  | { package: string | string[]; export: string; method?: string }
  | { file: string; export: string; method?: string };

/** The resource kinds, for validation and for settings. */
export const resourceKinds = [
  'worker',
  'pool',
  'port',
  'lock',
  'handle',
  'url',
  'timer',
  'observer',
  'subscription',
] as const satisfies readonly ResourceKind[];
