/**
 * Calls that do not throw in practice. The lists only silence: a name in them that means something else loses a report
 * and never creates one. Sources: ECMA-262, the Node.js and WHATWG documentation of each function.
 */

/** Constructors of unshadowed globals. */
export const harmlessConstructors: ReadonlySet<string> = new Set([
  'AbortController', 'AggregateError', 'Array', 'Date', 'Error', 'Event', 'EventTarget', 'Headers', 'Map', 'Object',
  'Promise', 'RangeError', 'ReferenceError', 'Set', 'SyntaxError', 'TextDecoder', 'TextEncoder', 'TypeError',
  'URLSearchParams', 'WeakMap', 'WeakRef', 'WeakSet',
]);

/** Functions called by their bare name: timers, conversions, the functions of a promise's executor. */
export const harmlessFunctions: ReadonlySet<string> = new Set([
  'Boolean', 'Number', 'String', 'Symbol', 'clearImmediate', 'clearInterval', 'clearTimeout', 'isFinite', 'isNaN',
  'parseFloat', 'parseInt', 'queueMicrotask', 'reject', 'requestAnimationFrame', 'resolve', 'setImmediate',
  'setInterval', 'setTimeout', 'super',
]);

/** Functions of unshadowed global objects; `*` stands for all of them. */
export const harmlessNamespaces: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    Array: ['from', 'isArray', 'of'],
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
    performance: ['*'],
    process: ['cpuUsage', 'cwd', 'hrtime', 'memoryUsage', 'nextTick', 'off', 'on', 'once', 'uptime'],
  }).map(([name, functions]) => [name, new Set(functions)]),
);

/** Methods of arrays, maps, sets, strings, dates, functions, timers, controllers and emitters. */
export const harmlessMethods: ReadonlySet<string> = new Set([
  'abort', 'add', 'addEventListener', 'addListener', 'at', 'bind', 'charAt', 'charCodeAt', 'clear', 'concat', 'delete',
  'endsWith', 'entries', 'every', 'fill', 'filter', 'find', 'findIndex', 'findLast', 'flat', 'flatMap', 'forEach',
  'get', 'getTime', 'has', 'hasOwnProperty', 'includes', 'indexOf', 'join', 'keys', 'lastIndexOf', 'listenerCount',
  'map', 'match', 'matchAll', 'now', 'off', 'on', 'once', 'padEnd', 'padStart', 'pop', 'push', 'reduce', 'ref',
  'removeAllListeners', 'removeEventListener', 'removeListener', 'replace', 'replaceAll', 'reverse', 'set', 'shift',
  'slice', 'some', 'sort', 'splice', 'split', 'startsWith', 'substring', 'test', 'toFixed', 'toISOString',
  'toLowerCase', 'toString', 'toUpperCase', 'trim', 'trimEnd', 'trimStart', 'unref', 'unshift', 'valueOf', 'values',
]);

/** The name of a logger, as an object or as a function of its own. */
export const loggerName = /^(?:console|debug(?:log)?|log(?:ger|ging)?|logError|trace|warn(?:ing)?)$|[lL]ogger$|^log$/u;

/** Functions that wait for a while and are not rejected. */
export const waitName = /^(?:delay|nextTick|pause|setImmediate|setTimeout|sleep|wait|waitFor(?:Ms|Timeout)|yieldToMain)$/u;
