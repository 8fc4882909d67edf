import type { ResourceSpecification } from '../../analysis/specification.js';

/** Awareness of Yjs: its constructor starts an interval, which holds it and its document until `destroy`. */
export const yProtocols = {
  'y-protocols/awareness': {
    kind: 'timer',
    noun: 'awareness',
    from: { package: 'y-protocols/awareness', export: 'Awareness' },
    acquire: [{ how: 'new', obligation: 'result' }],
    release: [{ method: 'destroy' }],
    parameters: [
      {
        call: {
          package: 'y-protocols/awareness',
          export: ['applyAwarenessUpdate', 'encodeAwarenessUpdate', 'modifyAwarenessUpdate', 'removeAwarenessStates'],
        },
        argument: 0,
        effect: 'borrow',
      },
    ],
    docs: 'https://docs.yjs.dev/api/about-awareness',
  },
} as const satisfies Record<string, ResourceSpecification>;
