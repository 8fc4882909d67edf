import { noUnreleasedHandle } from '../../../rules/no-unreleased-handle.js';
import { testRule } from '../../support/rule-tester.js';

testRule(noUnreleasedHandle, {
  valid: [
    {
      name: 'is a file handle that is closed in finally',
      code: `
        import { open } from 'node:fs/promises';
        export async function size(path: string): Promise<number> {
          const handle = await open(path);
          try {
            return (await handle.stat()).size;
          } finally {
            await handle.close();
          }
        }
      `,
    },
    {
      name: 'is a file handle that is disposed of',
      code: `
        import { open } from 'node:fs/promises';
        export async function size(path: string): Promise<number> {
          await using handle = await open(path);
          return (await handle.stat()).size;
        }
      `,
    },
    {
      name: 'is a file handle of a function that closes it in all cases',
      code: `
        import * as fs from 'node:fs';
        export async function first(path: string): Promise<string> {
          let handle: fs.promises.FileHandle | undefined;
          try {
            handle = await fs.promises.open(path);
            return (await handle.readFile()).toString();
          } finally {
            await handle?.close();
          }
        }
      `,
    },
    {
      name: 'is a file handle whose stream closes it',
      code: `
        import { open } from 'node:fs/promises';
        import { pipeline } from 'node:stream/promises';
        export async function copy(path: string, target: NodeJS.WritableStream): Promise<void> {
          const handle = await open(path);
          await pipeline(handle.createReadStream(), target);
        }
      `,
    },
    {
      name: 'is a file handle whose lines are read',
      code: `
        import { open } from 'node:fs/promises';
        export async function count(path: string): Promise<number> {
          const file = await open(path);
          let lines = 0;
          for await (const line of file.readLines()) lines += line.length > 0 ? 1 : 0;
          return lines;
        }
      `,
    },
    {
      name: 'is a directory that is iterated to its end',
      code: `
        import { opendir } from 'node:fs/promises';
        export async function names(path: string): Promise<string[]> {
          const found: string[] = [];
          const directory = await opendir(path);
          for await (const entry of directory) {
            if (entry.isFile()) found.push(entry.name);
          }
          return found;
        }
      `,
    },
    {
      name: 'is a directory that is iterated where it is opened',
      code: `
        import { promises as fs } from 'node:fs';
        export async function isEmpty(path: string): Promise<boolean> {
          for await (const entry of await fs.opendir(path)) {
            return entry.name === '';
          }
          return true;
        }
      `,
    },
    {
      name: 'is a descriptor that is closed in finally',
      code: `
        import fs from 'node:fs';
        export function head(path: string): Buffer {
          const descriptor = fs.openSync(path, 'r');
          try {
            const bytes = Buffer.alloc(512);
            fs.readSync(descriptor, bytes, 0, bytes.length, 0);
            return bytes;
          } finally {
            fs.closeSync(descriptor);
          }
        }
      `,
    },
    {
      name: 'is a descriptor that is closed at once',
      code: `
        import { closeSync, openSync } from 'node:fs';
        export function touch(path: string): void {
          closeSync(openSync(path, 'w'));
        }
      `,
    },
    {
      name: 'is a descriptor that a child process writes to',
      code: `
        import { spawn } from 'node:child_process';
        import { openSync } from 'node:fs';
        export function start(command: string, log: string): void {
          const out = openSync(log, 'a');
          spawn(command, [], { detached: true, stdio: ['ignore', out, out] }).unref();
        }
      `,
    },
    {
      name: 'is a descriptor that a class keeps',
      code: `
        import * as fs from 'node:fs';
        export class Log {
          fd: number;
          constructor(path: string) {
            this.fd = fs.openSync(path, 'a');
          }
          close(): void {
            fs.closeSync(this.fd);
          }
        }
      `,
    },
    {
      name: 'is a descriptor in callbacks that is closed when the read has ended',
      code: `
        import fs from 'node:fs';
        export function head(path: string, done: (error: Error | null, bytes?: Buffer) => void): void {
          fs.open(path, 'r', (error, descriptor) => {
            if (error) return done(error);
            const bytes = Buffer.alloc(512);
            fs.read(descriptor, bytes, 0, 512, 0, failure => {
              fs.close(descriptor, () => done(failure, bytes));
            });
          });
        }
      `,
    },
    {
      name: 'is a descriptor that is closed if it is a number',
      code: `
        import fs from 'node:fs';
        export function parse(path: string, use: (bytes: Buffer) => void): void {
          let descriptor: number | undefined;
          try {
            descriptor = fs.openSync(path, 'r');
            const bytes = Buffer.alloc(512);
            fs.readSync(descriptor, bytes, 0, 512, 0);
            use(bytes);
          } finally {
            if (typeof descriptor === 'number') fs.closeSync(descriptor);
          }
        }
      `,
    },
    {
      name: 'is a descriptor whose latch survives nested loops',
      code: `
        import fs from 'node:fs';
        export function append(path: string, stream: (descriptor: number, position: number) => void): void {
          let failed = true;
          let descriptor = -1;
          let position = 0;
          try {
            try {
              descriptor = fs.openSync(path, 'r+');
            } catch (error) {
              if (!(error instanceof Error)) throw error;
              descriptor = fs.openSync(path, 'w+');
            }
            const { size } = fs.fstatSync(descriptor);
            const bytes = Buffer.alloc(512);
            outer: for (position = 0; position < size; position += 512) {
              for (let start = 0, count = 0; start < 512; start += count) {
                count = fs.readSync(descriptor, bytes, start, 512 - start, position + start);
                if (position === 0 && bytes[0] === 0x1f && bytes[1] === 0x8b) throw new Error('compressed');
                if (count === 0) break outer;
              }
              if (bytes[0] === 0) break;
              if (position + 1024 > size) break;
            }
            failed = false;
            stream(descriptor, position);
          } finally {
            if (failed) {
              try {
                fs.closeSync(descriptor);
              } catch {}
            }
          }
        }
      `,
    },
    {
      name: 'is opened by a function of the same name that is another',
      code: `
        import { open } from './window.js';
        export async function show(path: string): Promise<void> {
          const handle = await open(path);
          handle.focus();
        }
      `,
      files: { 'window.ts': `export declare function open(path: string): Promise<{ focus(): void }>;` },
    },
    {
      name: 'is an inspector session that is disconnected in finally',
      code: `
        import { Session } from 'node:inspector/promises';
        export async function profile(work: () => Promise<void>): Promise<unknown> {
          const session = new Session();
          session.connect();
          try {
            await session.post('Profiler.enable');
            await work();
            return await session.post('Profiler.stop');
          } finally {
            session.disconnect();
          }
        }
      `,
    },
    {
      name: 'is an inspector session that is returned',
      code: `
        import { Session } from 'node:inspector';
        export function connect(): Session {
          const session = new Session();
          session.connect();
          session.post('Profiler.enable');
          return session;
        }
      `,
    },
    {
      name: 'is an inspector session that somebody else has already',
      code: `
        import { Session } from 'node:inspector';
        const sessions = new Set<Session>();
        export function connect(): void {
          const session = new Session();
          sessions.add(session);
          session.connect();
          session.post('Profiler.enable');
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is a file handle that a failed read leaves open',
      code: `
        import { open } from 'node:fs/promises';
        export async function head(path: string): Promise<string> {
          const handle = await open(path);
                               ~~~~~~~~~~ [missedOnException {"release": "\`handle.close\`", "witness": "handle.read(bytes, 0, 512, 0)"}]
          const bytes = Buffer.alloc(512);
          await handle.read(bytes, 0, 512, 0);
          await handle.close();
          return bytes.toString();
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { open } from 'node:fs/promises';
            export async function head(path: string): Promise<string> {
              const handle = await open(path);
              let bytes;
              try {
                bytes = Buffer.alloc(512);
                await handle.read(bytes, 0, 512, 0);
              } finally {
                await handle.close();
              }
              return bytes.toString();
            }
          `,
        },
      ],
    },
    {
      name: 'is a file handle of the promises of fs that is never closed',
      code: `
        import fs from 'node:fs';
        export async function size(path: string): Promise<number> {
          const handle = await fs.promises.open(path);
                               ~~~~~~~~~~~~~~~~~~~~~~ [neverReleased]
          const { size } = await handle.stat();
          return size;
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import fs from 'node:fs';
            export async function size(path: string): Promise<number> {
              const handle = await fs.promises.open(path);
              try {
                const { size } = await handle.stat();
                return size;
              } finally {
                await handle.close();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is a directory of which one entry is read',
      code: `
        import { opendir } from 'node:fs/promises';
        export async function isEmpty(path: string): Promise<boolean> {
          const directory = await opendir(path);
                                  ~~~~~~~~~~~~~ [missedOnException {"witness": "directory.read()"}]
          const entry = await directory.read();
          await directory.close();
          return entry === null;
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { opendir } from 'node:fs/promises';
            export async function isEmpty(path: string): Promise<boolean> {
              const directory = await opendir(path);
              let entry;
              try {
                entry = await directory.read();
              } finally {
                await directory.close();
              }
              return entry === null;
            }
          `,
        },
      ],
    },
    {
      name: 'is a descriptor that a failed write leaves open',
      code: `
        import * as fs from 'node:fs';
        export function save(path: string, text: string): void {
          const descriptor = fs.openSync(path, 'w');
                             ~~~~~~~~~~~~~~~~~~~~~~ [missedOnException {"release": "\`fs.closeSync\`", "witness": "fs.writeSync(descriptor, text)"}]
          fs.writeSync(descriptor, text);
          fs.fsyncSync(descriptor);
          fs.closeSync(descriptor);
        }
      `,
      output: `
        import * as fs from 'node:fs';
        export function save(path: string, text: string): void {
          const descriptor = fs.openSync(path, 'w');
          try {
            fs.writeSync(descriptor, text);
            fs.fsyncSync(descriptor);
          } finally {
            fs.closeSync(descriptor);
          }
        }
      `,
    },
    {
      name: 'is a descriptor that nobody closes',
      code: `
        import { openSync, readFileSync } from 'node:fs';
        export function read(path: string): string {
          const descriptor = openSync(path, 'r');
                             ~~~~~~~~~~~~~~~~~~~ [neverReleased]
          return readFileSync(descriptor, 'utf8');
        }
      `,
      output: null,
    },
    {
      name: 'is an inspector session that a failure leaves connected',
      code: `
        import { Session } from 'node:inspector/promises';
        export async function profile(work: () => Promise<void>): Promise<unknown> {
          const session = new Session();
          session.connect();
          ~~~~~~~~~~~~~~~~~ [missedOnException {"release": "\`session.disconnect\`", "witness": "session.post('Profiler.enable')"}]
          await session.post('Profiler.enable');
          await work();
          const result: unknown = await session.post('Profiler.stop');
          session.disconnect();
          return result;
        }
      `,
      output: `
        import { Session } from 'node:inspector/promises';
        export async function profile(work: () => Promise<void>): Promise<unknown> {
          const session = new Session();
          session.connect();
          try {
            await session.post('Profiler.enable');
            await work();
            const result: unknown = await session.post('Profiler.stop');
            return result;
          } finally {
            session.disconnect();
          }
        }
      `,
    },
  ],
});
