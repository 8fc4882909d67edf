import type { CallPattern, ExportPath, Index, Name, Source } from './source-specification.js';

export type { CallPattern, Index, InstanceFactory, Name, Source } from './source-specification.js';

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
  /** The calls that create an obligation; the first that fits a call decides. Empty for a scoped form alone. */
  acquire: Acquire[];
  /** The calls that discharge it. Any one of them is enough; edits write the first that fits the acquire. */
  release: Release[];
  /** Whether the release that edits write gives a promise that the owner awaits. */
  awaitRelease?: boolean;
  /** Events on the resource that tell that it has ended by itself. */
  joinedBy?: JoiningEvent[];
  /** A method on the same receiver that acquires, runs a callback and releases, whatever happens: `runExclusive(fn)`. */
  scopedForm?: ScopedForm;
  /** The script that a worker runs, where that decides whether it ends without a release. */
  script?: Script;
  /**
   * Whether the engine may end it by itself when nothing refers to it any more: as long as it has no listener, or always.
   */
  collected?: 'withoutListener' | 'always';
  /** Methods of the resource that do not throw, as far as their names do not say so: `start`. */
  neverThrows?: Name[];
  /** Methods of the resource that fail once it has been released, or that start again what has been ended: `run`. */
  uselessAfterRelease?: Name[];
  /** What known calls do with the resource when it is passed to them. Default: ownership moves to the callee. */
  parameters?: ParameterEffect[];
  /**
   * What a release after a failure means. Default `same`: a mutex. A pooled connection mid-transaction is `different`. A
   * method is what releases then, and only then: `rollback`.
   */
  releaseAfterFailure?: 'same' | 'different' | ErrorArgument | MethodRelease;
  /**
   * What a second release by the same holder does. `overReleases`: it frees a permit that somebody else holds.
   * Default `ok`, which never covers a `receiverMethod` without `argument`: it cannot tell its holders apart.
   */
  releaseTwice?: 'ok' | 'throws' | 'overReleases';
  /**
   * Whether a holder that acquires it again does not wait for itself: a semaphore has further permits, a lease expires,
   * a lock file rejects. Default false.
   */
  reentrant?: boolean;
  /** A lease: it ends by itself after a time. Whoever drops it at once means it to. Default false. */
  expires?: boolean;
  /**
   * Whether the acquire can be rejected: a timeout, a cancellation, a connection that fails. With `argument`, only when
   * the call passes that argument: `acquireAsync({ timeout })`, `readLock({ signal })`. Default false.
   */
  acquireMayFail?: boolean | WithArgument;
  /** URL of the page these facts were taken from. Every entry of the built-in catalogue has one. */
  docs?: string;
}

/** Resources by key, `package/thing`: the word by which settings replace or remove one. */
export type Catalogue = Readonly<Record<string, ResourceSpecification>>;

/** The family of a resource, which decides the rule that reports it. */
export type ResourceKind =
  'worker' | 'pool' | 'port' | 'lock' | 'handle' | 'url' | 'timer' | 'observer' | 'subscription';

/**
 * How a resource comes into being.
 *
 * - `new`: `new X()`. `call`: the export itself is called. `method`: `name` is called on an instance of the export,
 *   or on the export itself where that is an object (`lockfile.lock()`, `navigator.locks`).
 */
export interface Acquire {
  /** By `new`, by a call of the export itself, or by a call of a method. */
  how: 'new' | 'call' | 'method';
  /** The method's name, for `method`. */
  name?: Name;
  /** The call gives a promise; the resource is held once it is fulfilled. */
  awaited?: boolean;
  /** The result may say that nothing was acquired: `undefined`, `null`, `false` or `-1`. */
  optional?: boolean;
  /** Several holders at once are possible: a read lock. Default false. */
  shared?: boolean;
  /** What carries the duty. */
  obligation: ObligationCarrier;
}

/**
 * What carries the duty to release.
 *
 * - `result`: the (fulfilled) result of the call. `receiver`: the object the method is called on, there is no handle.
 * - `object`: that object as well, where it is itself what has to be released: `client.connect()`. Only that of the
 *   function which has built it is tracked.
 * - `argument`: the argument at this index is what the release names: `open(path)` and `close(path)`.
 * - `property`, `element`: this part of the result: `{ release }`, `[value, release]`.
 * - `callback`: a parameter of a function argument: `acquire(key, (done) => …)`. It fits only a call that passes a
 *   function there which declares the parameter; put it before an acquire of the same method that has another carrier.
 *   A call that passes something there which is not visibly a function or an object is not tracked at all.
 */
export type ObligationCarrier =
  'result' | 'receiver' | 'object' | ArgumentCarrier | PropertyCarrier | ElementCarrier | CallbackCarrier;

/** An argument of the acquire carries the duty. */
export interface ArgumentCarrier {
  /** Its position. */
  argument: Index;
}

/** A property of the result carries the duty: `{ release }`. */
export interface PropertyCarrier {
  /** Its name, or the names of properties of which any one discharges: the ports of a channel. */
  property: Name | Name[];
}

/** An element of the result carries the duty: `[value, release]`. */
export interface ElementCarrier {
  /** Its position. */
  element: Index;
}

/** A parameter of a function argument carries the duty: `acquire(key, (done) => …)`. */
export interface CallbackCarrier {
  /** The position of the function among the arguments. */
  callback: Index;
  /** The position of the parameter that carries the duty. */
  parameter: Index;
  /** The parameter that holds an error when nothing was acquired: `lock(key, ttl, (error, lease) => …)`. */
  error?: Index;
  /** The library releases when the function throws at once (not when a promise that it returns is rejected). */
  releasedByThrow?: boolean;
}

/**
 * How a resource ends.
 *
 * - `method`: a method on the value that carries the duty: `lock.release()`.
 * - `call`: the value is itself the releaser: `release()`.
 * - `function`: an export of the same source is called with the value: `unlock(handle)`. It also ends the acquire whose
 *   own argument at this index has the same text (`lock(file)`, `unlock(file)`).
 * - `receiverMethod`: a method on the object that the acquire was called on: `mutex.release()`. With `argument`, the
 *   value that carries the duty is passed there, and only that one is released: `pool.release(client)`.
 */
export type Release = MethodRelease | CallRelease | FunctionRelease | ReceiverRelease;

/** A method on the value that carries the duty: `lock.release()`. */
export interface MethodRelease {
  /** The method's name. */
  method: Name;
}

/** The value that carries the duty is itself the releaser: `release()`. */
export interface CallRelease {
  /** Always true. */
  call: true;
}

/** An export of the same source is called with the value: `unlock(handle)`. */
export interface FunctionRelease {
  /** The export's name. */
  function: ExportPath;
  /** The position of the value among its arguments. */
  argument: Index;
}

/** A method on the object that the acquire was called on: `mutex.release()`, `pool.release(client)`. */
export interface ReceiverRelease {
  /** The method's name. */
  receiverMethod: Name;
  /** The position of the value among its arguments. */
  argument?: Index;
}

/**
 * A method that acquires, runs a function and releases when it has settled: `runExclusive(fn)`. A call of it is no
 * acquire, even if it has the name of one, unless a `callback` carrier fits the call.
 */
export interface ScopedForm {
  /** The method's name. */
  method: Name;
  /** The position of the function among the arguments. `last` where it follows optional ones. */
  callback: Index | 'last';
}

/** An event that tells that the resource has ended by itself. */
export interface JoiningEvent {
  /** The event's name. */
  event: string;
  /** It has failed. Whoever only listens to this one does not wait for the end. Default false. */
  byFailure?: boolean;
}

/** The script that a worker runs. */
export interface Script {
  /** The position of its path or URL among the arguments of the acquire. */
  argument: Index;
  /**
   * What ends the worker without a release: its script has nothing left to wait for (`idle`), or nothing refers to the
   * worker any more, which an engine may notice or not (`collected`).
   */
  endsWhen: 'idle' | 'collected';
}

/** The release takes the error: `client.release(error)`. */
export interface ErrorArgument {
  /** Always `error`. */
  argument: 'error';
}

/** Only when the call passes this argument. */
export interface WithArgument {
  /** Its position. */
  argument: Index;
}

/** What one known call does with a resource that it gets as an argument (or, without `argument`, as its receiver). */
export interface ParameterEffect {
  /** The call. */
  call: CallPattern;
  /** The position of the resource among the arguments. */
  argument?: Index;
  /** The property of an object literal at that position which holds the resource: `insertOne(document, { session })`. */
  property?: Name;
  /** Uses it for the call, takes ownership of it, or keeps a reference to it. */
  effect: 'borrow' | 'take' | 'retain';
  /** Only once the promise that the call gives is fulfilled: if it is rejected, nobody has taken it. Default false. */
  whenFulfilled?: boolean;
}

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

/** A call whose promise settles when something outside of the program happens. */
export interface LongWaitSpecification {
  call: CallPattern;
  /** The argument that names an event. Some events follow soon: `drain`. */
  event?: Index;
  /** The argument that tells how many milliseconds it takes. */
  delay?: Index;
}
