import type { Catalogue, ResourceSpecification } from '../../src/analysis/specification.js';

/**
 * Resources that nearly every file acquires, in every shape that the format has, so that the analysis and the edits work
 * on code that no lock library comes near. What they say of the globals is nonsense, and so are the findings.
 */
export const everydayResources: Catalogue = {
  'everyday/map': ofGlobal('Map', { acquire: [{ how: 'new', obligation: 'result' }], release: [{ method: 'clear' }] }),
  'everyday/set': ofGlobal('Set', {
    acquire: [{ how: 'new', obligation: 'result' }],
    release: [{ method: 'delete' }],
    releaseTwice: 'throws',
  }),
  'everyday/error': ofGlobal('Error', {
    acquire: [{ how: 'new', obligation: 'result' }],
    release: [{ method: 'toString' }],
    releaseAfterFailure: { argument: 'error' },
  }),
  'everyday/date': ofGlobal('Date', {
    acquire: [
      { how: 'new', obligation: 'result' },
      { how: 'method', name: 'now', obligation: 'result' },
    ],
    release: [{ method: 'getTime' }],
  }),
  'everyday/text': ofGlobal('String', {
    acquire: [
      { how: 'call', obligation: 'result' },
      { how: 'method', name: 'raw', obligation: 'result' },
    ],
    release: [{ method: 'slice' }, { method: 'split' }, { method: 'replace' }],
  }),
  'everyday/parsed': ofGlobal('JSON', {
    acquire: [
      { how: 'method', name: 'parse', obligation: 'result', optional: true },
      { how: 'method', name: 'stringify', obligation: 'receiver' },
    ],
    release: [{ method: 'close' }, { receiverMethod: 'parse' }],
    acquireMayFail: true,
  }),
  'everyday/timeout': ofGlobal('setTimeout', {
    acquire: [{ how: 'call', obligation: 'result' }],
    release: [{ call: true }],
    acquireMayFail: true,
  }),
  'everyday/list': ofGlobal('Array', {
    acquire: [
      { how: 'method', name: 'from', obligation: 'result' },
      { how: 'method', name: 'of', obligation: { element: 0 } },
      { how: 'method', name: 'isArray', obligation: 'receiver' },
    ],
    release: [{ call: true }, { receiverMethod: 'from' }],
    releaseAfterFailure: 'different',
  }),
  'everyday/object': ofGlobal('Object', {
    acquire: [
      { how: 'method', name: 'keys', obligation: { argument: 0 } },
      { how: 'method', name: 'entries', obligation: { property: 'length' } },
      { how: 'method', name: 'create', obligation: 'result' },
      { how: 'method', name: 'assign', obligation: 'result' },
    ],
    release: [{ receiverMethod: 'freeze', argument: 0 }, { method: 'hasOwnProperty' }],
    awaitRelease: true,
  }),
  'everyday/property': ofGlobal('Object', {
    acquire: ['defineProperty', 'getOwnPropertyNames', 'getPrototypeOf'].map(name => ({
      how: 'method',
      name,
      obligation: 'receiver',
    })),
    release: [{ receiverMethod: 'values' }, { receiverMethod: 'setPrototypeOf' }],
    releaseTwice: 'throws',
    reentrant: true,
  }),
  'everyday/number': ofGlobal('Math', {
    acquire: [
      { how: 'method', name: 'floor', obligation: 'receiver' },
      { how: 'method', name: 'max', obligation: 'receiver' },
      { how: 'method', name: 'min', obligation: 'receiver', optional: true },
    ],
    release: [{ receiverMethod: 'abs' }, { receiverMethod: 'ceil' }],
    acquireMayFail: { argument: 0 },
    awaitRelease: true,
  }),
  'everyday/console': ofGlobal('console', {
    acquire: ['log', 'warn', 'info'].map(name => ({ how: 'method', name, obligation: 'receiver' })),
    release: [{ receiverMethod: 'error' }],
  }),
  'everyday/promise': ofGlobal('Promise', {
    acquire: [
      { how: 'new', obligation: { callback: 0, parameter: 0 } },
      { how: 'method', name: 'all', awaited: true, obligation: 'result' },
      { how: 'method', name: 'resolve', awaited: true, obligation: 'result' },
    ],
    release: [{ call: true }],
    scopedForm: { method: 'race', callback: 0 },
    releaseTwice: 'overReleases',
  }),
  'everyday/file': {
    kind: 'handle',
    noun: 'file',
    from: { package: ['fs', 'node:fs'], export: '*' },
    acquire: [
      { how: 'method', name: 'openSync', obligation: 'result' },
      { how: 'method', name: 'readFileSync', obligation: { argument: 0 } },
    ],
    release: [
      { function: 'closeSync', argument: 0 },
      { function: 'writeFileSync', argument: 0 },
    ],
  },
  'everyday/path': {
    kind: 'handle',
    noun: 'path',
    from: { package: ['path', 'node:path'], export: '*' },
    acquire: [{ how: 'method', name: 'join', obligation: 'result' }],
    release: [{ method: 'slice' }, { method: 'split' }, { method: 'replace' }],
  },
};

function ofGlobal(
  name: string,
  facts: Omit<ResourceSpecification, 'from' | 'kind' | 'noun'>,
): ResourceSpecification {
  return { kind: 'lock', noun: name.toLowerCase(), from: { global: name }, ...facts };
}
