import { noLeakedTimer } from '../../../rules/no-leaked-timer.js';
import { testRule } from '../../support/rule-tester.js';

// Intervals that functions, handlers and effects start.
testRule(noLeakedTimer, {
  valid: [
    {
      name: 'belongs to a module, and is not referenced',
      settings: { process: 'library', report: 'possible' },
      code: `
        import { setInterval } from 'node:timers';
        const cache = new Map<string, number>();
        setInterval(() => { cache.clear(); }, 60_000).unref();
        export const size = () => cache.size;
      `,
    },
    {
      name: 'is started for a command of a command line',
      code: `
        export const handler = (argv: { directory: string }) => {
          setInterval(() => { console.log(argv.directory); }, 1000);
        };
      `,
    },
    {
      name: 'is started by a function that one call of the file runs',
      code: `
        export function load(whenReady: (run: () => void) => void, onFocus: () => void) {
          const track = (report: () => void) => {
            setInterval(() => { report(); }, 50);
          };
          whenReady(() => { track(onFocus); });
        }
      `,
    },
    {
      name: 'belongs to the program',
      code: `
        let ticks = 0;
        setInterval(() => { ticks += 1; }, 1000);
        main();
        function main() {
          const name = String(ticks);
          setInterval(() => { console.log(name); }, 1000);
        }
      `,
    },
    {
      name: 'is cleared by its own callback',
      code: `
        export function waitFor(test: () => boolean, done: () => void) {
          const timer = setInterval(() => {
            if (test()) {
              clearInterval(timer);
              done();
            }
          }, 50);
        }
      `,
    },
    {
      name: 'is cleared when a promise settles',
      code: `
        export function withProgress<T>(work: Promise<T>, report: () => void): Promise<T> {
          const timer = setInterval(report, 1000);
          return work.finally(() => { clearInterval(timer); });
        }
      `,
    },
    {
      name: 'is started once, behind a latch of the module',
      code: `
        let isStarted = false;
        export function start(report: () => void) {
          if (isStarted) return;
          isStarted = true;
          setInterval(() => { report(); }, 1000);
        }
      `,
    },
    {
      name: 'is cleared by what an effect returns',
      code: `
        import { useEffect, useState } from 'react';
        export function useClock() {
          const [time, setTime] = useState(0);
          useEffect(() => {
            const timer = setInterval(() => { setTime(Date.now()); }, 1000);
            return () => { clearInterval(timer); };
          }, []);
          return time;
        }
      `,
      unresolvedImports: 'react is not installed',
    },
    {
      name: 'is cleared when the connection closes',
      code: `
        import { WebSocketServer } from './sockets.js';
        const server = new WebSocketServer();
        server.on('connection', socket => {
          const timer = setInterval(() => { socket.send('ping'); }, 1000);
          socket.on('close', () => { clearInterval(timer); });
        });
      `,
      unresolvedImports: 'the server is not shown',
    },
    {
      name: 'is ended by a flag that unref excuses',
      code: `
        export function startSweep(entries: Map<string, number>) {
          const timer = setInterval(() => { entries.clear(); }, 1000);
          if (typeof timer === 'object') timer.unref();
        }
      `,
    },
    {
      name: 'is an interval of promises',
      code: `
        import { setInterval } from 'node:timers/promises';
        export async function poll(step: () => void) {
          for await (const tick of setInterval(1000, 1)) {
            step();
            if (tick > 1) break;
          }
        }
      `,
    },
    {
      name: 'is handed to whoever calls',
      code: `
        export function createPoller(step: () => void) {
          const timer = setInterval(() => { step(); }, 1000);
          return { timer };
        }
      `,
    },
    {
      name: 'belongs to an awareness that ends with its document',
      code: `
        import { applyAwarenessUpdate, Awareness } from 'y-protocols/awareness';
        import { Doc } from 'yjs';
        export function statesIn(update: Uint8Array) {
          const document = new Doc();
          const scratch = new Awareness(document);
          try {
            applyAwarenessUpdate(scratch, update, null);
            return scratch.getStates().size;
          } finally {
            document.destroy();
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'keeps the process alive that loads a library',
      settings: { process: 'library', report: 'possible' },
      code: `
        import { setInterval } from 'node:timers';
        const cache = new Map<string, number>();
        setInterval(() => { cache.clear(); }, 60_000);
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [keepsProcessAlive]
        export const size = () => cache.size;
      `,
      suggestions: [
        {
          messageId: 'unrefTimer',
          output: `
            import { setInterval } from 'node:timers';
            const cache = new Map<string, number>();
            setInterval(() => { cache.clear(); }, 60_000).unref();
            export const size = () => cache.size;
          `,
        },
      ],
    },
    {
      name: 'is started for every connection',
      code: `
        import { WebSocketServer } from './sockets.js';
        const server = new WebSocketServer();
        server.on('connection', socket => {
          setInterval(() => { socket.send('ping'); }, 1000);
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [resultDropped {"noun": "interval", "host": "the function"}]
        });
      `,
      unresolvedImports: 'the server is not shown',
      suggestions: [],
    },
    {
      name: 'is kept in a variable that nothing reads',
      code: `
        export function watchSize(entries: Map<string, number>, report: (size: number) => void) {
          const timer = setInterval(() => { report(entries.size); }, 1000);
                        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [neverStopped {"holder": "timer"}]
          console.log('watching');
        }
      `,
      suggestions: [],
    },
    {
      name: 'is not cleared when the wait fails',
      code: `
        export async function withSpinner(work: Promise<string>) {
          const timer = setInterval(() => { console.log('.'); }, 100);
                        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "work"}]
          const text = await work;
          clearInterval(timer);
          return text;
        }
      `,
      output: `
        export async function withSpinner(work: Promise<string>) {
          const timer = setInterval(() => { console.log('.'); }, 100);
          try {
            const text = await work;
            return text;
          } finally {
            clearInterval(timer);
          }
        }
      `,
    },
    {
      name: 'is started by an effect that returns nothing',
      code: `
        import { useEffect, useState } from 'react';
        export function useClock() {
          const [time, setTime] = useState(0);
          useEffect(() => {
            setInterval(() => { setTime(Date.now()); }, 1000);
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [missingCleanup]
          }, []);
          return time;
        }
      `,
      unresolvedImports: 'react is not installed',
      suggestions: [
        {
          messageId: 'returnCleanup',
          output: `
            import { useEffect, useState } from 'react';
            export function useClock() {
              const [time, setTime] = useState(0);
              useEffect(() => {
                const interval = setInterval(() => { setTime(Date.now()); }, 1000);
                return () => {
                  clearInterval(interval);
                };
              }, []);
              return time;
            }
          `,
        },
      ],
    },
    {
      name: 'belongs to a scratch awareness that is made for each message',
      code: `
        import { applyAwarenessUpdate, Awareness } from 'y-protocols/awareness';
        import { Doc } from 'yjs';
        export async function check(update: Uint8Array, accept: (states: unknown) => Promise<void>) {
          const scratch = new Awareness(new Doc());
                          ~~~~~~~~~~~~~~~~~~~~~~~~ [neverReleased {"noun": "awareness"}]
          applyAwarenessUpdate(scratch, update, null);
          await accept(scratch.getStates());
        }
      `,
      files: {
        'node_modules/y-protocols/awareness.d.ts': `
          import type { Doc } from 'yjs';
          export class Awareness {
            constructor(doc: Doc);
            getStates(): Map<number, unknown>;
            destroy(): void;
          }
          export function applyAwarenessUpdate(awareness: Awareness, update: Uint8Array, origin: unknown): void;
        `,
        'node_modules/yjs/index.d.ts': 'export class Doc {}',
      },
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { applyAwarenessUpdate, Awareness } from 'y-protocols/awareness';
            import { Doc } from 'yjs';
            export async function check(update: Uint8Array, accept: (states: unknown) => Promise<void>) {
              const scratch = new Awareness(new Doc());
              try {
                applyAwarenessUpdate(scratch, update, null);
                await accept(scratch.getStates());
              } finally {
                scratch.destroy();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'serves a socket that the function is given',
      code: `
        import type { Server, Socket } from 'node:net';
        enum Message { Ping = 'ping' }
        export function serve(server: Server) {
          server.on('connection', handle);
          function handle(socket: Socket) {
            setInterval(() => { socket.write(Message.Ping); }, 1000);
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [resultDropped]
          }
        }
      `,
      typescriptOnly: 'an enum',
      suggestions: [
        {
          messageId: 'stopAtEnd',
          output: `
            import type { Server, Socket } from 'node:net';
            enum Message { Ping = 'ping' }
            export function serve(server: Server) {
              server.on('connection', handle);
              function handle(socket: Socket) {
                const interval = setInterval(() => { socket.write(Message.Ping); }, 1000);
                socket.once('close', () => { clearInterval(interval); });
              }
            }
          `,
        },
      ],
    },
  ],
});
