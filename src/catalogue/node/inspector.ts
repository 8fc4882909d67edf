import type { ResourceSpecification } from '../../analysis/specification.js';

/** `node:inspector`. A connected session keeps what the debugger has collected for it; a second `connect` throws. */
export const nodeInspector = {
  'node/inspector-session': {
    kind: 'handle',
    noun: 'inspector session',
    from: { package: ['inspector', 'inspector/promises'], export: 'Session' },
    acquire: [
      { how: 'method', name: 'connect', obligation: 'object' },
      { how: 'method', name: 'connectToMainThread', obligation: 'object' },
    ],
    release: [{ method: 'disconnect' }],
    neverThrows: ['post'],
    acquireMayFail: true,
    docs: 'https://nodejs.org/api/inspector.html#class-inspectorsession',
  },
} as const satisfies Record<string, ResourceSpecification>;
