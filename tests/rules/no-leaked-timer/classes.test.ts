import { noLeakedTimer } from '../../../rules/no-leaked-timer.js';
import { testRule } from '../../support/rule-tester.js';

// Intervals that a class starts for its instances.
testRule(noLeakedTimer, {
  valid: [
    {
      name: 'is cleared by the disposer',
      code: `
        export class Monitor {
          #timer: ReturnType<typeof setInterval> | undefined;
          #seen = 0;
          start() {
            this.#timer = setInterval(() => { this.#seen += 1; }, 1000);
          }
          close() {
            clearInterval(this.#timer);
          }
        }
      `,
    },
    {
      name: 'is cleared by the superclass of this file',
      code: `
        class Track {
          monitor: ReturnType<typeof setInterval> | undefined;
          dispose() {
            clearInterval(this.monitor);
          }
        }
        export class RemoteTrack extends Track {
          #bytes = 0;
          startMonitor() {
            this.monitor = setInterval(() => { this.#bytes += 1; }, 1000);
          }
        }
      `,
    },
    {
      name: 'is cleared by the superclass of another file',
      files: {
        'track.ts': `
          export class Track {
            protected monitor: ReturnType<typeof setInterval> | undefined;
            dispose() {
              clearInterval(this.monitor);
            }
          }
        `,
      },
      code: `
        import { Track } from './track.js';
        export class RemoteTrack extends Track {
          #bytes = 0;
          startMonitor() {
            this.monitor = setInterval(() => { this.#bytes += 1; }, 1000);
          }
          close() {
            this.dispose();
          }
        }
      `,
    },
    {
      name: 'is cleared by a subclass',
      code: `
        export class Base {
          protected timer = setInterval(() => { this.tick(); }, 1000);
          tick() {}
          dispose() {
            this.tick();
          }
        }
        export class Derived extends Base {
          override dispose() {
            clearInterval(this.timer);
          }
        }
      `,
    },
    {
      name: 'is one of several in an array',
      code: `
        export class Monitor {
          #timers: ReturnType<typeof setInterval>[] = [];
          #seen = 0;
          constructor() {
            this.#timers.push(setInterval(() => { this.#seen += 1; }, 1000));
          }
          close() {
            this.#timers.forEach(timer => { clearInterval(timer); });
          }
        }
      `,
    },
    {
      name: 'is cleared by way of a local name',
      code: `
        export class Monitor {
          #timer: ReturnType<typeof setInterval> | undefined;
          #seen = 0;
          constructor() {
            this.#timer = setInterval(() => { this.#seen += 1; }, 1000);
          }
          close() {
            const timer = this.#timer;
            clearInterval(timer);
          }
        }
      `,
    },
    {
      name: 'is cleared by another class of the file',
      code: `
        export class Connection {
          heartbeat: ReturnType<typeof setInterval> | undefined;
          seen = 0;
          constructor() {
            this.heartbeat = setInterval(() => { this.seen += 1; }, 1000);
          }
          close() {
            this.seen = 0;
          }
        }
        export function end(connection: Connection) {
          connection.close();
          clearInterval(connection.heartbeat);
        }
      `,
    },
    {
      name: 'is not referenced, so that the process can end',
      code: `
        export class Monitor {
          #seen = 0;
          constructor() {
            setInterval(() => { this.#seen += 1; }, 1000).unref();
          }
          close() {
            this.#seen = 0;
          }
        }
      `,
    },
    {
      name: 'is handed to a registrar',
      code: `
        declare class Plugin { registerInterval(id: number): number; }
        export class Sync extends Plugin {
          #seen = 0;
          onload() {
            this.registerInterval(window.setInterval(() => { this.#seen += 1; }, 1000));
          }
          onunload() {
            this.#seen = 0;
          }
        }
      `,
    },
    {
      name: 'is returned to the caller',
      code: `
        export class Monitor {
          #seen = 0;
          start() {
            return setInterval(() => { this.#seen += 1; }, 1000);
          }
          close() {
            this.#seen = 0;
          }
        }
      `,
    },
    {
      name: 'belongs to the only instance, which lives as long as the program',
      code: `
        class Cache {
          #entries = new Map<string, number>();
          constructor() {
            setInterval(() => { this.#entries.clear(); }, 60_000);
          }
          close() {
            this.#entries.clear();
          }
        }
        export const cache = new Cache();
      `,
    },
    {
      name: 'belongs to a static method',
      code: `
        export class Metrics {
          static #count = 0;
          static start() {
            setInterval(() => { Metrics.#count += 1; }, 1000);
          }
        }
      `,
    },
    {
      name: 'is not an interval of the platform',
      code: `
        import { setInterval } from './clock.js';
        export class Monitor {
          #seen = 0;
          constructor() {
            setInterval(() => { this.#seen += 1; }, 1000);
          }
          close() {
            this.#seen = 0;
          }
        }
      `,
      unresolvedImports: 'the clock is not shown',
    },
    {
      name: 'is a timeout of seconds',
      options: [{ report: 'possible' }],
      code: `
        export class Session {
          #items: string[] = [];
          constructor() {
            setTimeout(() => { this.#items.length = 0; }, 5 * 1000);
          }
          close() {
            this.#items.push('closed');
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is kept in a field that the disposer forgets',
      code: `
        export class Monitor {
          #timer: ReturnType<typeof setInterval> | undefined;
          #seen = 0;
          start() {
            this.#timer = setInterval(() => { this.#seen += 1; }, 1000);
                          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [skippedByDisposer {"disposer": "close", "noun": "interval"}]
          }
          close() {
            this.#seen = 0;
          }
        }
      `,
      suggestions: [
        {
          messageId: 'stopInDisposer',
          output: `
            export class Monitor {
              #timer: ReturnType<typeof setInterval> | undefined;
              #seen = 0;
              start() {
                this.#timer = setInterval(() => { this.#seen += 1; }, 1000);
              }
              close() {
                clearInterval(this.#timer);
                this.#seen = 0;
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is kept nowhere, while the disposer clears another one',
      code: `
        export class Monitor {
          #poll = setInterval(() => { this.poll(); }, 1000);
          #seen = 0;
          constructor() {
            setInterval(() => { this.#seen += 1; }, 1000);
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [skippedByDisposer {"disposer": "dispose"}]
          }
          poll() {
            this.#seen = 0;
          }
          dispose() {
            clearInterval(this.#poll);
            this.#seen = 0;
          }
        }
      `,
      suggestions: [
        {
          messageId: 'stopInDisposer',
          output: `
            export class Monitor {
              #interval: ReturnType<typeof setInterval>;
              #poll = setInterval(() => { this.poll(); }, 1000);
              #seen = 0;
              constructor() {
                this.#interval = setInterval(() => { this.#seen += 1; }, 1000);
              }
              poll() {
                this.#seen = 0;
              }
              dispose() {
                clearInterval(this.#poll);
                clearInterval(this.#interval);
                this.#seen = 0;
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is kept nowhere by a class without a disposer',
      code: `
        export class Queue {
          #items: string[] = [];
          init() {
            setInterval(() => { this.#items.length = 0; }, 30_000);
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [resultDropped {"noun": "interval", "host": "the instance"}]
          }
        }
      `,
      suggestions: [],
    },
    {
      name: 'is imported from its module',
      code: `
        import { setInterval as every } from 'node:timers';
        import { setInterval } from 'node:timers';
        export class Queue {
          #items: string[] = [];
          init() {
            setInterval(() => { this.#items.length = 0; }, 30_000);
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [resultDropped]
          }
        }
        export const ticks = every;
      `,
      suggestions: [],
    },
    {
      name: 'is only tested, never cleared',
      options: [{ report: 'possible' }],
      code: `
        export class Queue {
          #timer: ReturnType<typeof setInterval> | undefined;
          #items: string[] = [];
          init() {
            this.#timer = setInterval(() => { this.#items.length = 0; }, 30_000);
                          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [neverStopped {"holder": "this.#timer"}]
          }
          get isRunning() {
            return this.#timer !== undefined;
          }
        }
      `,
      suggestions: [],
    },
    {
      name: 'is a timeout of minutes that the disposer leaves',
      options: [{ report: 'possible' }],
      code: `
        const minute = 60_000;
        export class Session {
          #items: string[] = [];
          constructor() {
            setTimeout(() => { this.#items.length = 0; }, 5 * minute);
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [skippedByDisposer {"noun": "timeout", "disposer": "close"}]
          }
          close() {
            this.#items.push('closed');
          }
        }
      `,
      suggestions: [
        {
          messageId: 'stopInDisposer',
          output: `
            const minute = 60_000;
            export class Session {
              #timeout: ReturnType<typeof setTimeout>;
              #items: string[] = [];
              constructor() {
                this.#timeout = setTimeout(() => { this.#items.length = 0; }, 5 * minute);
              }
              close() {
                clearTimeout(this.#timeout);
                this.#items.push('closed');
              }
            }
          `,
        },
      ],
    },
  ],
});
