import type { ResourceSpecification } from '../../analysis/specification.js';

/**
 * @sapphire/async-queue. A pending `wait()` is rejected by its `signal` and by `abortAll()`. `shift()` takes the head off,
 * whoever that is: a second call lets the next one in beside the holder.
 */
export const sapphireAsyncQueue = {
  '@sapphire/async-queue/async-queue': {
    kind: 'lock',
    noun: 'turn',
    from: { package: '@sapphire/async-queue', export: 'AsyncQueue' },
    acquire: [{ how: 'method', name: 'wait', awaited: true, obligation: 'receiver' }],
    release: [{ receiverMethod: 'shift' }],
    acquireMayFail: true,
    releaseTwice: 'overReleases',
    docs: 'https://github.com/sapphiredev/utilities/tree/main/packages/async-queue#usage',
  },
} as const satisfies Record<string, ResourceSpecification>;
