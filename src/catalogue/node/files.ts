import type { ParameterEffect, ResourceSpecification } from '../../analysis/specification.js';

/** Streams made of a handle close it with themselves: `autoClose`. */
const fileHandleParameters: ParameterEffect[] = [
  'createReadStream',
  'createWriteStream',
  'readLines',
  'readableWebStream',
].map(method => ({ call: { package: 'fs/promises', export: 'FileHandle', method }, effect: 'take' }));

/** The functions of `fs` that use a descriptor for the call. */
const descriptorParameters: ParameterEffect[] = [
  {
    call: {
      package: 'fs',
      export: [
        'appendFile', 'fchmod', 'fchown', 'fdatasync', 'fstat', 'fsync', 'ftruncate', 'futimes', 'read', 'readFile',
        'readv', 'write', 'writeFile', 'writev',
      ].flatMap(name => [name, `${name}Sync`]),
    },
    argument: 0,
    effect: 'borrow',
  },
];

const fileHandle = {
  kind: 'handle',
  noun: 'file handle',
  acquire: [{ how: 'call', awaited: true, obligation: 'result' }],
  release: [{ method: 'close' }],
  awaitRelease: true,
  uselessAfterRelease: [
    'appendFile', 'chmod', 'chown', 'datasync', 'read', 'readFile', 'readv', 'stat', 'sync', 'truncate', 'utimes', 'write',
    'writeFile', 'writev',
  ],
  acquireMayFail: true,
  parameters: fileHandleParameters,
  docs: 'https://nodejs.org/api/fs.html#class-filehandle',
} as const satisfies Omit<ResourceSpecification, 'from'>;

const directory = {
  kind: 'handle',
  noun: 'directory handle',
  acquire: [{ how: 'call', awaited: true, obligation: 'result' }],
  release: [{ method: 'close' }, { method: 'closeSync' }],
  awaitRelease: true,
  uselessAfterRelease: ['read', 'readSync'],
  acquireMayFail: true,
  releaseTwice: 'throws',
  docs: 'https://nodejs.org/api/fs.html#class-fsdir',
} as const satisfies Omit<ResourceSpecification, 'from'>;

const descriptor = {
  kind: 'handle',
  noun: 'file descriptor',
  release: [
    { function: 'closeSync', argument: 0 },
    { function: 'close', argument: 0 },
  ],
  acquireMayFail: true,
  parameters: descriptorParameters,
  releaseTwice: 'throws',
  docs: 'https://nodejs.org/api/fs.html#file-descriptors_1',
} as const satisfies Omit<ResourceSpecification, 'acquire' | 'from'>;

/**
 * Open files and directories. Nothing closes a descriptor but its owner; a handle that is collected as garbage closes
 * its file with a warning, and in newer versions with an error. A second `close` of a descriptor may close somebody
 * else's file. Left out: `opendir` with a callback, which nobody uses.
 */
export const nodeFiles = {
  'node/file-handle': { ...fileHandle, from: { package: 'fs/promises', export: 'open' } },
  'node/file-handle-of-fs': { ...fileHandle, from: { package: 'fs', export: 'promises.open' } },
  'node/directory': { ...directory, from: { package: 'fs/promises', export: 'opendir' } },
  'node/directory-of-fs': { ...directory, from: { package: 'fs', export: 'promises.opendir' } },
  'node/directory-sync': {
    ...directory,
    from: { package: 'fs', export: 'opendirSync' },
    acquire: [{ how: 'call', obligation: 'result' }],
    release: [{ method: 'closeSync' }, { method: 'close' }],
    awaitRelease: false,
  },
  'node/file-descriptor': {
    ...descriptor,
    from: { package: 'fs', export: 'openSync' },
    acquire: [{ how: 'call', obligation: 'result' }],
  },
  'node/file-descriptor-in-callback': {
    ...descriptor,
    from: { package: 'fs', export: 'open' },
    acquire: [
      { how: 'call', obligation: { callback: 3, parameter: 1, error: 0 } },
      { how: 'call', obligation: { callback: 2, parameter: 1, error: 0 } },
      { how: 'call', obligation: { callback: 1, parameter: 1, error: 0 } },
    ],
  },
} as const satisfies Record<string, ResourceSpecification>;
