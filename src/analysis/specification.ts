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
  /** What known calls do with the resource when it is passed to them. Default: ownership moves to the callee. */
  parameters?: ParameterEffect[];
  /** What a release after a failure means. Default `same`: a mutex. A pooled client mid-transaction is `different`. */
  releaseAfterFailure?: 'same' | 'different' | ErrorArgument;
  /**
   * What a second release by the same holder does. `overReleases`: it frees a permit that somebody else holds.
   * Default `ok`, which never covers a `receiverMethod` without `argument`: it cannot tell its holders apart.
   */
  releaseTwice?: 'ok' | 'throws' | 'overReleases';
  /** Whether the holder may acquire it again without waiting for itself. Default false. */
  reentrant?: boolean;
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

/**
 * A position in an argument, parameter or element list, from 0.
 *
 * @asType integer
 * @minimum 0
 */
export type Index = number;

/**
 * The name of an export, a method or a property: no parentheses, no dots.
 *
 * @pattern ^[^\s().]+$
 */
export type Name = string;

/** The family of a resource, which decides the rule that reports it. */
export type ResourceKind =
  'worker' | 'pool' | 'port' | 'lock' | 'handle' | 'url' | 'timer' | 'observer' | 'subscription';

/**
 * The origin of a class, function or object.
 *
 * - `global`: an unshadowed global, with a dotted path: `Worker`, `navigator.locks`.
 * - `package`: an export of a package, or of one of several packages with the same API. `default` is the default export
 *   (and what `require` gives), `*` is the module object itself. Further exports of the same meaning (a class and the
 *   interface its factories return) are given as a list.
 * - `file`: an export of a file of the linted project, matched by the end of its path: `src/locks.ts`.
 */
export type Source = GlobalSource | PackageSource | FileSource;

/** A global. */
export interface GlobalSource {
  /** Its dotted path: `Worker`, `navigator.locks`. */
  global: string;
}

/** An export of a package. */
export interface PackageSource {
  /** The package's name, or the names of packages with the same API. */
  package: string | string[];
  /** The export's name, or the names of exports of the same meaning. */
  export: Name | Name[];
  /** Other exports whose call gives an instance. */
  instances?: InstanceFactory[];
}

/** An export of a file of the linted project. */
export interface FileSource {
  /** The end of the file's path: `src/locks.ts`. */
  file: string;
  /** The export's name, or the names of exports of the same meaning. */
  export: Name | Name[];
  /** Other exports whose call gives an instance. */
  instances?: InstanceFactory[];
}

/**
 * Another export whose call gives an instance: `withTimeout(mutex, 100)`. With `argument`, only if that argument is
 * an instance itself (a decorator).
 */
export interface InstanceFactory {
  /** The name of the export that is called. */
  call: Name;
  /** The argument that is an instance itself. */
  argument?: Index;
}

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
  /** What carries the duty. */
  obligation: ObligationCarrier;
}

/**
 * What carries the duty to release.
 *
 * - `result`: the (fulfilled) result of the call. `receiver`: the object the method is called on, there is no handle.
 * - `argument`: the argument at this index is what the release names: `open(path)` and `close(path)`.
 * - `property`, `element`: this part of the result: `{ release }`, `[value, release]`.
 * - `callback`: a parameter of a function argument: `acquire(key, (done) => …)`. It fits only a call that passes a
 *   function there which declares the parameter; put it before an acquire of the same method that has another carrier.
 *   A call that passes something there which is not visibly a function or an object is not tracked at all.
 */
export type ObligationCarrier =
  'result' | 'receiver' | ArgumentCarrier | PropertyCarrier | ElementCarrier | CallbackCarrier;

/** An argument of the acquire carries the duty. */
export interface ArgumentCarrier {
  /** Its position. */
  argument: Index;
}

/** A property of the result carries the duty: `{ release }`. */
export interface PropertyCarrier {
  /** Its name. */
  property: Name;
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
  function: Name;
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
  /** Uses it for the call, takes ownership of it, or keeps a reference to it. */
  effect: 'borrow' | 'take' | 'retain';
}

/** A call of a global or of a package's export (`method`: of a method on it). */
export type CallPattern = GlobalCall | PackageCall | FileCall;

/** A call of a global. */
export interface GlobalCall {
  /** Its dotted path. */
  global: string;
  /** The method on it that is called. */
  method?: Name;
}

/** A call of a package's export. */
export interface PackageCall {
  /** The package's name, or the names of packages with the same API. */
  package: string | string[];
  /** The export's name. */
  export: Name;
  /** The method on it, or on an instance of it, that is called. */
  method?: Name;
}

/** A call of an export of a file of the linted project. */
export interface FileCall {
  /** The end of the file's path: `src/locks.ts`. */
  file: string;
  /** The export's name. */
  export: Name;
  /** The method on it, or on an instance of it, that is called. */
  method?: Name;
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
