import type { ResourceSpecification } from '../../analysis/specification.js';

/**
 * Readers and writers of web streams. They lock their stream, and are collected as garbage with it: a lock that nobody
 * gives back only matters to whoever wants the stream next.
 */
export const webStreamLocks = {
  'web/stream-reader': {
    kind: 'handle',
    noun: 'reader of the stream',
    from: { global: 'ReadableStream' },
    acquire: [{ how: 'method', name: 'getReader', obligation: 'result' }],
    release: [{ method: 'releaseLock' }, { method: 'cancel' }],
    collected: 'always',
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/ReadableStreamDefaultReader/releaseLock',
  },
  'web/stream-writer': {
    kind: 'handle',
    noun: 'writer of the stream',
    from: { global: 'WritableStream' },
    acquire: [{ how: 'method', name: 'getWriter', obligation: 'result' }],
    release: [{ method: 'releaseLock' }, { method: 'close' }, { method: 'abort' }],
    collected: 'always',
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/WritableStreamDefaultWriter/releaseLock',
  },
} as const satisfies Record<string, ResourceSpecification>;
