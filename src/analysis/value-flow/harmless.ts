import type { Failure } from '../control-flow/model.js';

/**
 * Calls that do not throw in practice. The lists only silence: a name in them that means something else loses a report
 * and never creates one. Sources: ECMA-262, the Node.js and WHATWG documentation of each function.
 */

/** Constructors of unshadowed globals. */
export const harmlessConstructors: ReadonlySet<string> = new Set([
  'AbortController', 'AggregateError', 'Array', 'ArrayBuffer', 'Blob', 'Date', 'Error', 'Event', 'EventTarget',
  'Float32Array', 'Float64Array', 'Headers', 'Int16Array', 'Int32Array', 'Int8Array', 'Map', 'Object', 'Promise',
  'RangeError', 'ReferenceError', 'Set', 'SharedArrayBuffer', 'SyntaxError', 'TextDecoder', 'TextEncoder', 'TypeError',
  'URLSearchParams', 'Uint16Array', 'Uint32Array', 'Uint8Array', 'Uint8ClampedArray', 'WeakMap', 'WeakRef', 'WeakSet',
]);

/** Functions called by their bare name: timers, conversions, the functions of a promise's executor. */
const harmlessFunctions: ReadonlySet<string> = new Set([
  'Boolean', 'Number', 'String', 'Symbol', 'clearImmediate', 'clearInterval', 'clearTimeout', 'existsSync', 'isFinite',
  'isNaN', 'parseFloat', 'parseInt', 'queueMicrotask', 'reject', 'requestAnimationFrame', 'resolve', 'setImmediate',
  'setInterval', 'setTimeout', 'super',
]);

/** Functions of unshadowed global objects; `*` stands for all of them. */
const harmlessNamespaces: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    Array: ['from', 'isArray', 'of'],
    Buffer: ['alloc', 'allocUnsafe', 'byteLength', 'concat', 'from', 'isBuffer'],
    Date: ['*'],
    Math: ['*'],
    Number: ['*'],
    Object: [
      'assign', 'create', 'entries', 'freeze', 'fromEntries', 'getOwnPropertyNames', 'getPrototypeOf', 'groupBy',
      'hasOwn', 'is', 'keys', 'values',
    ],
    Promise: ['*'],
    Reflect: ['get', 'has', 'ownKeys'],
    String: ['*'],
    Symbol: ['*'],
    console: ['*'],
    crypto: ['randomUUID'],
    document: ['createElement', 'createTextNode', 'getElementById'],
    performance: ['*'],
    process: ['cpuUsage', 'cwd', 'hrtime', 'memoryUsage', 'nextTick', 'off', 'on', 'once', 'uptime'],
  }).map(([name, functions]) => [name, new Set(functions)]),
);

/** Methods of arrays, maps, sets, strings, dates, paths, functions, timers, controllers and emitters. */
const harmlessMethods: ReadonlySet<string> = new Set([
  'abort', 'add', 'addEventListener', 'addListener', 'at', 'basename', 'bind', 'charAt', 'charCodeAt', 'clear',
  'concat', 'delete', 'dirname', 'endsWith', 'entries', 'every', 'existsSync', 'extname', 'fill', 'filter', 'find',
  'findIndex', 'findLast', 'flat', 'flatMap', 'forEach', 'get', 'getTime', 'has', 'hasOwnProperty', 'includes',
  'indexOf', 'join', 'keys', 'lastIndexOf', 'listenerCount', 'map', 'match', 'matchAll', 'now', 'off', 'on', 'once',
  'padEnd', 'padStart', 'pipe', 'pop', 'postMessage', 'push', 'reduce', 'ref', 'removeAllListeners', 'removeEventListener',
  'removeListener', 'replace', 'replaceAll', 'reverse', 'set', 'shift', 'slice', 'some', 'sort', 'splice', 'split',
  'startsWith', 'substring', 'test', 'toFixed', 'toISOString', 'toLowerCase', 'toString', 'toUpperCase', 'trim',
  'trimEnd', 'trimStart', 'unref', 'unshift', 'valueOf', 'values',
]);

/** Methods of arrays and strings that run a function argument before they return. */
export const immediateMethods: ReadonlySet<string> = new Set([
  'every', 'filter', 'find', 'findIndex', 'findLast', 'findLastIndex', 'flatMap', 'forEach', 'map', 'reduce',
  'reduceRight', 'replace', 'replaceAll', 'some', 'sort',
]);

/** The name of a function that registers a callback. Only counts where it is given one: `onExit(() => …)`. */
const registrationName = /^(?:on[A-Z]\w*|register\w*|subscribe)$/u;

/** The name of a logger, as an object or as a function of its own. */
export const loggerName = /^(?:console|debug(?:log)?|log(?:ger|ging)?|logError|trace|warn(?:ing)?)$|[lL]ogger$|^log$/u;

/** The name of the module of paths, in compiled code as well: `path`, `node_path_1`. */
const pathName = /^(?:node_)?path(?:_\d+)?$/u;

/** Its functions that are not harmless under any name: `require.resolve()` throws. */
const pathFunctions: ReadonlySet<string> = new Set(['format', 'isAbsolute', 'normalize', 'parse', 'relative', 'resolve']);

/** Functions that wait for a while and are not rejected. */
const waitName = /^(?:delay|nextTick|pause|setImmediate|setTimeout|sleep|wait|waitFor(?:Ms|Timeout)|yieldToMain)$/u;

/**
 * The name of a question about a value, of a plain conversion, or of a step that takes something down: `isOpen()`,
 * `normalizePath()`, `_unsubscribeAll()`. Code of these kinds is written not to throw.
 */
const plainName = /^_*(?:can|cancel|clear|configure|dispose|format|has|is|normali[sz]e|remove|reset|stop|unsubscribe)(?:[A-Z]|$)/u;

/** The name of a method that, without arguments, only reads: `item.getId()`. */
const accessorName = /^get[A-Z]/u;

/** The name of a function that runs another one and keeps its error: `safelyExecute(f)`. */
const swallowingName = /^safe(?:ly)?[A-Z]/u;

/** The name of the first parameter of a callback that is told of the failure: `client.del(key, (error, count) => …)`. */
export const errorParameterName = /^_?(?:e|er|err|error)$/u;

/** Whether a function that is called by this bare name does not throw. */
export function isHarmlessFunction(name: string, hasCallback: boolean): boolean {
  return (
    harmlessFunctions.has(name) ||
    loggerName.test(name) ||
    plainName.test(name) ||
    (hasCallback && registrationName.test(name))
  );
}

/** How a method is named in a call: `name` on a global object, or on something that is called `owner`. */
export interface MethodName {
  readonly name: string;
  readonly owner: string | undefined;
  readonly isGlobal: boolean;
  /** Whether one of the arguments is a function. */
  readonly hasCallback: boolean;
  /** Whether it is called with anything at all. */
  readonly hasArguments: boolean;
}

/**
 * What the names of a method call say of its failure. `callbacks`: it fails as the functions do that it is given.
 * Undefined if they say nothing.
 */
export function failureByName({ name, owner, isGlobal, hasCallback, hasArguments }: MethodName): Failure | 'callbacks' | undefined {
  if (isGlobal && owner !== undefined) {
    if (owner === 'JSON') {
      return name === 'parse' ? 'shown' : 'impossible';
    }
    const functions = harmlessNamespaces.get(owner);
    if (functions?.has(name) === true || functions?.has('*') === true) {
      return 'impossible';
    }
  }
  if (owner !== undefined && loggerName.test(owner.replace(/^[#_]+/u, ''))) {
    return 'impossible';
  }
  if (owner !== undefined && pathName.test(owner) && pathFunctions.has(name)) {
    return 'impossible';
  }
  if (immediateMethods.has(name)) {
    return 'callbacks';
  }
  if (harmlessMethods.has(name) || plainName.test(name) || (hasCallback && registrationName.test(name))) {
    return 'impossible';
  }
  return !hasArguments && accessorName.test(name) ? 'doubtful' : undefined;
}

/** What the name of a function says of the promise that it gives. Undefined if it says nothing. */
export function waitFailureByName(name: string): Failure | undefined {
  if (waitName.test(name)) {
    return 'impossible';
  }
  return swallowingName.test(name) ? 'doubtful' : undefined;
}
