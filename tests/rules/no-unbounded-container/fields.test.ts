import { noUnboundedContainer } from '../../../rules/no-unbounded-container.js';
import { testRule } from '../../support/rule-tester.js';

testRule(noUnboundedContainer, {
  valid: [
    {
      name: 'dies with its instance',
      code: `
        export class Table {
          readonly #rows = new Map<string, object>();
          rowOf(userId: string): object | undefined {
            this.#rows.set(userId, {});
            return this.#rows.get(userId);
          }
        }
      `,
    },
    {
      name: 'is pruned by a timer of its instance',
      code: `
        export class Throttle {
          private readonly timer = setInterval(() => { this.sweep(); }, 60_000);
          readonly #banned = new Map<string, number>();
          ban(ip: string): void {
            this.#banned.set(ip, Date.now());
          }
          stop(): void {
            clearInterval(this.timer);
          }
          private sweep(): void {
            for (const ip of this.#banned.keys()) this.#banned.delete(ip);
          }
        }
      `,
    },
    {
      name: 'is filled by the constructor alone',
      code: `
        export class Server {
          private readonly timer = setInterval(() => { this.tick(); }, 1_000);
          readonly #users = new Map<string, object>();
          constructor(userIds: string[]) {
            for (const userId of userIds) this.#users.set(userId, {});
          }
          stop(): void {
            clearInterval(this.timer);
          }
          private tick(): void {
            console.log(this.#users.size);
          }
        }
      `,
    },
    {
      name: 'is handed out',
      code: `
        export class Throttle {
          private readonly timer = setInterval(() => {}, 60_000);
          readonly #banned = new Map<string, number>();
          get all(): Map<string, number> {
            return this.#banned;
          }
          handle(ip: string): void {
            this.#banned.set(ip, Date.now());
          }
          stop(): void {
            clearInterval(this.timer);
          }
        }
      `,
    },
    {
      name: 'is left by the disconnect of each peer',
      code: `
        interface Peer { id: string }
        export class Peers {
          readonly #connected = new Map<string, Peer>();
          readonly #seen = new Set<string>();
          onConnect(peer: Peer): void {
            this.#connected.set(peer.id, peer);
            this.#seen.add(peer.id);
          }
          onDisconnect(peer: Peer): void {
            this.#connected.delete(peer.id);
            this.#seen.delete(peer.id);
          }
        }
      `,
    },
    {
      name: 'is left by each socket when it closes',
      code: `
        import type { Socket } from 'node:net';
        export class Server {
          readonly #sockets = new Set<Socket>();
          #count = 0;
          handle(socket: Socket): void {
            this.#sockets.add(socket);
            socket.on('close', () => {
              this.#sockets.delete(socket);
              this.#count += 1;
            });
          }
          get closed(): number {
            return this.#count;
          }
        }
      `,
    },
    {
      name: 'is pruned by another file of the program',
      code: `
        interface Peer { id: string }
        export class Peers {
          readonly connected = new Map<string, Peer>();
          readonly seen = new Set<string>();
          onConnect(peer: Peer): void {
            this.connected.set(peer.id, peer);
            this.seen.add(peer.id);
          }
          onDisconnect(peer: Peer): void {
            this.connected.delete(peer.id);
          }
        }
      `,
      files: {
        'sweep.ts': `
          import type { Peers } from './case.js';
          export const sweep = (peers: Peers): void => { peers.seen.clear(); };
        `,
      },
    },
    {
      name: 'is a list of an instance that dies',
      code: `
        export class Recorder {
          readonly #events: object[] = [];
          listen(target: EventTarget): void {
            target.addEventListener('click', event => { this.#events.push({ event }); }, { once: true });
          }
          get last(): object | undefined {
            return this.#events.at(-1);
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'keeps what a sibling forgets',
      code: `
        interface Peer { id: string }
        export class Peers {
          readonly #connected = new Map<string, Peer>();
          readonly #seen = new Set<string>();
                   ~~~~~ [growsPerKey {"container": "this.#seen", "witness": "peer.id", "line": "7"}]
          onConnect(peer: Peer): void {
            this.#connected.set(peer.id, peer);
            this.#seen.add(peer.id);
          }
          onDisconnect(peer: Peer): void {
            this.#connected.delete(peer.id);
          }
          get unique(): number {
            return this.#seen.size;
          }
        }
      `,
      suggestions: [
        {
          messageId: 'deleteWithSibling',
          output: `
            interface Peer { id: string }
            export class Peers {
              readonly #connected = new Map<string, Peer>();
              readonly #seen = new Set<string>();
              onConnect(peer: Peer): void {
                this.#connected.set(peer.id, peer);
                this.#seen.add(peer.id);
              }
              onDisconnect(peer: Peer): void {
                this.#connected.delete(peer.id);
                this.#seen.delete(peer.id);
              }
              get unique(): number {
                return this.#seen.size;
              }
            }
          `,
        },
      ],
    },
    {
      name: 'appends to a list of an instance with a server for each event',
      code: `
        import { createServer } from 'node:http';
        export class Recorder {
          readonly #server = createServer();
          readonly #requests: object[] = [];
                   ~~~~~~~~~ [growsPerCall {"container": "this.#requests"}]
          start(): void {
            this.#server.on('request', request => {
              this.#requests.push({ url: request.url });
            });
            this.#server.listen(0);
          }
          get last(): object | undefined {
            return this.#requests.at(-1);
          }
        }
      `,
      suggestions: [
        {
          messageId: 'dropOldest',
          output: `
            import { createServer } from 'node:http';
            export class Recorder {
              readonly #server = createServer();
              readonly #requests: object[] = [];
              start(): void {
                this.#server.on('request', request => {
                  this.#requests.push({ url: request.url });
                  if (this.#requests.length > 1_000) this.#requests.shift();
                });
                this.#server.listen(0);
              }
              get last(): object | undefined {
                return this.#requests.at(-1);
              }
            }
          `,
        },
      ],
    },
    {
      name: 'belongs to an instance with a timer',
      code: `
        export class Throttle {
          private readonly timer = setInterval(() => {}, 60_000);
          readonly #banned = new Map<string, number>();
                   ~~~~~~~ [growsPerKey {"container": "this.#banned", "witness": "ip"}]
          onConnect(ip: string): boolean {
            this.#banned.set(ip, Date.now());
            return this.#banned.has(ip);
          }
          stop(): void {
            clearInterval(this.timer);
          }
        }
      `,
      output: null,
    },
    {
      name: 'holds pools that only the end of the instance closes',
      code: `
        interface Pool { close(): Promise<void>; dispatch(path: string): void }
        const kPools = Symbol('pools');
        const kClose = Symbol('close');
        export class Agent {
          constructor(make: (origin: string) => Pool) {
            this.make = make;
            this[kPools] = new Map<string, Pool>();
            ~~~~~~~~~~~~ [growsPerKey {"container": "this[kPools]", "witness": "key", "line": "14"}]
          }
          dispatch(options: { origin: string | URL; path: string }): void {
            const key = String(options.origin);
            let pool = this[kPools].get(key);
            if (pool === undefined) {
              pool = this.make(key);
              this[kPools].set(key, pool);
            }
            pool.dispatch(options.path);
          }
          async [kClose](): Promise<void> {
            for (const pool of this[kPools].values()) await pool.close();
            this[kPools].clear();
          }
          private readonly make: (origin: string) => Pool;
          private readonly [kPools]: Map<string, Pool>;
        }
      `,
      output: null,
    },
    {
      name: 'lists streams that only the end of the instance closes',
      code: `
        class Stream { close(): void {} }
        export class Speech {
          readonly #streams = new Set<Stream>();
                   ~~~~~~~~ [growsPerKey {"container": "this.#streams"}]
          stream(): Stream {
            const stream = new Stream();
            this.#streams.add(stream);
            return stream;
          }
          close(): void {
            for (const stream of this.#streams) stream.close();
            this.#streams.clear();
          }
        }
      `,
      output: null,
    },
    {
      name: 'is kept alive by the keys that it keeps alive',
      code: `
        import type { EventEmitter } from 'node:events';
        export class Forwarder {
          readonly #sources = new Map<EventEmitter, () => void>();
                   ~~~~~~~~ [growsPerObject {"container": "this.#sources", "key": "source"}]
          constructor(private readonly target: EventEmitter) {}
          forward(source: EventEmitter): void {
            const listener = (): void => { this.target.emit('change'); };
            source.on('change', listener);
            this.#sources.set(source, listener);
          }
          stop(source: EventEmitter): void {
            const listener = this.#sources.get(source);
            if (listener !== undefined) source.off('change', listener);
            this.#sources.delete(source);
          }
        }
      `,
      typescriptOnly: 'a parameter property',
      output: `
        import type { EventEmitter } from 'node:events';
        export class Forwarder {
          readonly #sources = new WeakMap<EventEmitter, () => void>();
          constructor(private readonly target: EventEmitter) {}
          forward(source: EventEmitter): void {
            const listener = (): void => { this.target.emit('change'); };
            source.on('change', listener);
            this.#sources.set(source, listener);
          }
          stop(source: EventEmitter): void {
            const listener = this.#sources.get(source);
            if (listener !== undefined) source.off('change', listener);
            this.#sources.delete(source);
          }
        }
      `,
    },
    {
      name: 'is of a class that is written with a prototype',
      code: `
        function Throttle() {
          this.timer = setInterval(() => {}, 60_000);
          this._banned = new Map();
          ~~~~~~~~~~~~ [growsPerKey {"container": "this._banned"}]
        }
        Throttle.prototype.handle = function (ip) {
          this._banned.set(ip, Date.now());
          return this._banned.has(ip);
        };
        module.exports = Throttle;
      `,
      filename: 'case.cjs',
      output: null,
    },
    {
      name: 'belongs to the one instance of a module',
      options: [{ report: 'possible' }],
      code: `
        class Names {
          readonly #known = new Map<string, object>();
                   ~~~~~~ [growsPerKey]
          entryOf(name: string): object | undefined {
            this.#known.set(name, {});
            return this.#known.get(name);
          }
        }
        export const names = new Names();
      `,
      output: null,
    },
  ],
});
