import { noUnboundedContainer } from '../../../rules/no-unbounded-container.js';
import { testRule } from '../../support/rule-tester.js';

testRule(noUnboundedContainer, {
  valid: [
    // Shrinks
    {
      name: 'is deleted from in another function',
      code: `
        class Player {}
        const players = new Map<string, Player>();
        export function playerOf(sessionId: string): Player {
          const player = players.get(sessionId) ?? new Player();
          players.set(sessionId, player);
          return player;
        }
        export function leave(sessionId: string): void {
          players.delete(sessionId);
        }
      `,
    },
    {
      name: 'is cleared through an alias',
      code: `
        const sockets = new Map<string, object>();
        export function open(socketId: string): void {
          sockets.set(socketId, {});
        }
        export function reset(): void {
          const all = sockets;
          all.clear();
        }
      `,
    },
    {
      name: 'is reassigned',
      code: `
        let requests = new Map<string, object>();
        export function note(requestId: string): void {
          requests.set(requestId, {});
        }
        export function rotate(): void {
          requests = new Map();
        }
      `,
    },
    {
      name: 'is evicted from by a function that it is passed to',
      code: `
        const sessions = new Map<string, object>();
        export function open(sessionId: string): void {
          sessions.set(sessionId, {});
          evict(sessions);
        }
        function evict(entries: Map<string, object>): void {
          for (const key of entries.keys()) {
            entries.delete(key);
            return;
          }
        }
      `,
    },
    {
      name: 'is passed to a function that nobody sees',
      code: `
        import { prune } from './prune.js';
        const sessions = new Map<string, object>();
        export function open(sessionId: string): void {
          sessions.set(sessionId, {});
          prune(sessions);
        }
      `,
      files: { 'prune.ts': 'export declare function prune(entries: Map<string, object>): void;' },
    },
    {
      name: 'has a bound that is checked before it grows',
      code: `
        const limit = 1_000;
        const sessions = new Map<string, object>();
        export function open(sessionId: string): void {
          if (sessions.size >= limit) return;
          sessions.set(sessionId, {});
        }
      `,
    },
    {
      name: 'is a queue',
      code: `
        const jobs: object[] = [];
        export function submit(body: string): void {
          jobs.push({ body });
        }
        export function next(): object | undefined {
          return jobs.shift();
        }
      `,
    },
    {
      name: 'is trimmed by its length',
      code: `
        import { createServer } from 'node:http';
        const recent: object[] = [];
        createServer().on('request', request => {
          recent.push({ url: request.url });
          recent.length = Math.min(recent.length, 100);
        });
      `,
    },
    {
      name: 'is emptied by assigning undefined to the entry',
      code: `
        const sessions: Record<string, object | undefined> = {};
        export function open(sessionId: string): void {
          sessions[sessionId] = {};
        }
        export function close(sessionId: string): void {
          sessions[sessionId] = undefined;
        }
      `,
    },

    // Bounded keys
    {
      name: 'is a memo of what the standard library makes',
      code: `
        const formats = new Map<string, Intl.NumberFormat>();
        export function formatOf(locale: string): Intl.NumberFormat {
          let format = formats.get(locale);
          if (!format) formats.set(locale, format = new Intl.NumberFormat(locale));
          return format;
        }
      `,
    },
    {
      name: 'has keys of a literal union',
      code: `
        type Level = 'info' | 'warning';
        const logs = new Map<Level, object>();
        export function logOf(level: Level): void {
          logs.set(level, {});
        }
      `,
    },
    {
      name: 'has keys of an enum that is named like an identity',
      code: `
        enum Client { Primary, Replica }
        const clients = new Map<Client, object>();
        export function connect(client: Client): void {
          clients.set(client, {});
        }
      `,
      typescriptOnly: 'an enum',
    },
    {
      name: 'remembers what it has warned of',
      code: `
        const warned = new Set<string>();
        export function deprecated(message: string): void {
          if (warned.has(message)) return;
          warned.add(message);
          console.warn(message);
        }
      `,
    },
    {
      name: 'remembers what it has reported by any method',
      code: `
        declare const reporter: Record<string, (text: string) => void>;
        const displayed = new Set<string>();
        export function show(messageId: string, method: string): void {
          if (displayed.has(messageId)) return;
          displayed.add(messageId);
          reporter[method]?.(messageId);
        }
      `,
    },
    {
      name: 'is keyed by words of a vocabulary',
      code: `
        const listeners = new Map<string, object>();
        export function handle(event: string, token: string): void {
          listeners.set(event + token, {});
        }
      `,
    },
    {
      name: 'is keyed by the names of hosts, which are few',
      code: `
        const settings = new Map<string, object>();
        export function settingsOf(url: URL): object | undefined {
          settings.set(url.hostname, {});
          return settings.get(url.hostname);
        }
      `,
    },
    {
      name: 'is keyed by the accounts of an installation, which are few',
      code: `
        const states = new Map<string, object>();
        export function stateOf(accountId: string): object | undefined {
          states.set(accountId, {});
          return states.get(accountId);
        }
      `,
    },
    {
      name: 'is keyed by a part of an address, which the program lists',
      code: `
        const assets = new Map<string, object>();
        export function answer(path: string, base: URL): object | undefined {
          const url = new URL(path, base);
          assets.set(url.pathname, {});
          return assets.get(url.pathname);
        }
      `,
    },
    {
      name: 'has a fixed shape',
      code: `
        const gesture: { pointer: object | null } = { pointer: null };
        export function handle(event: object): void {
          gesture.pointer = event;
        }
      `,
    },

    // Growth that does not repeat
    {
      name: 'is filled by module code',
      code: `
        const users = new Map<string, object>();
        for (const userId of ['a', 'b']) open(userId);
        function open(userId: string): void {
          users.set(userId, {});
        }
        export const count = (): number => users.size;
      `,
    },
    {
      name: 'is filled by a callback of a list of the module',
      code: `
        const users = new Map<string, object>();
        ['a', 'b'].forEach(userId => {
          users.set(userId, {});
        });
        export const count = (): number => users.size;
      `,
    },
    {
      name: 'is a registry that callers fill',
      code: `
        const plugins: (() => void)[] = [];
        export function register(plugin: () => void): void {
          plugins.push(plugin);
        }
        export function run(): void {
          for (const plugin of plugins) plugin();
        }
      `,
    },

    // Weak and other collections
    {
      name: 'is a registry that the makers of decorators fill',
      settings: { report: 'likely' },
      code: `
        let counter = 0;
        const decorators = new Map<string, object>();
        export function createTagDecorator(label: string): () => object | undefined {
          const uid = \`tag:\${counter++}\`;
          decorators.set(uid, { label });
          return () => decorators.get(uid);
        }
      `,
    },
    {
      name: 'is weak',
      code: `
        const states = new WeakMap<object, object>();
        export function stateOf(socket: object): object | undefined {
          states.set(socket, {});
          return states.get(socket);
        }
      `,
    },
    {
      name: 'is of a class of the file that may bound itself',
      code: `
        class Map { set(_key: string, _value: object): void {} }
        const sessions = new Map();
        export function open(sessionId: string): void {
          sessions.set(sessionId, {});
        }
      `,
    },
    {
      name: 'belongs to the caller',
      code: `
        export function open(sessionIds: string[]): number {
          const sessions = new Map<string, object>();
          for (const sessionId of sessionIds) sessions.set(sessionId, {});
          return sessions.size;
        }
      `,
    },

    // Self-registration
    {
      name: 'is left by its instances when they are disposed of',
      code: `
        const handles = new Map<number, Handle>();
        let lastId = 0;
        export class Handle {
          readonly id = lastId++;
          constructor() {
            handles.set(this.id, this);
          }
          dispose(): void {
            handles.delete(this.id);
          }
        }
      `,
    },
    {
      name: 'lists the instances that the class itself makes',
      code: `
        const all: Level[] = [];
        class Level {
          readonly name: string;
          constructor(name: string) {
            this.name = name;
            all.push(this);
          }
        }
        export const low = new Level('low');
        export const high = new Level('high');
        export const names = (): string[] => all.map(level => level.name);
      `,
    },

    // Files that end soon
    {
      name: 'belongs to a test',
      code: `
        import { test } from 'node:test';
        const sessions = new Map<string, object>();
        export function open(sessionId: string): void {
          sessions.set(sessionId, {});
        }
        test('opens', () => { open('a'); });
      `,
    },
    {
      name: 'belongs to a command by the settings',
      settings: { process: 'cli' },
      code: `
        const sessions = new Map<string, object>();
        export function open(sessionId: string): void {
          sessions.set(sessionId, {});
        }
      `,
    },
    {
      name: 'is exported, so that another file may take entries out',
      code: `
        export const sessions = new Map<string, object>();
        export function open(sessionId: string): void {
          sessions.set(sessionId, {});
        }
      `,
      files: {
        'close.ts': `
          import { sessions } from './case.js';
          export const close = (sessionId: string): boolean => sessions.delete(sessionId);
        `,
      },
    },

    // In flight
    {
      name: 'is deleted from after what cannot fail',
      code: `
        const running = new Map<string, Promise<number>>();
        export async function run(jobId: string): Promise<number> {
          const job = sizeOf(jobId);
          running.set(jobId, job);
          const size = await job;
          running.delete(jobId);
          return size;
        }
        async function sizeOf(name: string): Promise<number> {
          try {
            return (await fetch(name)).status;
          } catch {
            return 0;
          }
        }
      `,
    },
    {
      name: 'is deleted from in finally',
      code: `
        const running = new Map<string, Promise<void>>();
        export async function run(jobId: string, work: () => Promise<void>): Promise<void> {
          const job = work();
          running.set(jobId, job);
          try {
            await job;
          } finally {
            running.delete(jobId);
          }
        }
      `,
    },
    {
      name: 'keeps promises whose failures are handled',
      settings: { report: 'possible' },
      code: `
        const pages = new Map<string, Promise<string>>();
        export function pageOf(name: string): Promise<string> {
          const known = pages.get(name);
          if (known !== undefined) return known;
          const page = load(name).catch(() => '');
          pages.set(name, page);
          return page;
        }
        async function load(name: string): Promise<string> {
          return (await fetch(name)).text();
        }
        const sizes = new Map<string, Promise<number>>();
        export function sizeOf(name: string): Promise<number> {
          const known = sizes.get(name);
          if (known !== undefined) return known;
          const size = measure(name);
          sizes.set(name, size);
          return size;
        }
        async function measure(name: string): Promise<number> {
          try {
            return (await load(name)).length;
          } catch {
            return 0;
          }
        }
      `,
    },
    {
      name: 'gives promises up that are rejected',
      settings: { report: 'possible' },
      code: `
        const pages = new Map<string, Promise<Response>>();
        export function pageOf(name: string): Promise<Response> {
          const known = pages.get(name);
          if (known !== undefined) return known;
          const page = fetch(name);
          page.catch(() => { pages.delete(name); });
          pages.set(name, page);
          return page;
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'keeps an object for every session',
      code: `
        class Player {}
        const players = new Map<string, Player>();
              ~~~~~~~ [growsPerKey {"container": "players", "witness": "sessionId", "line": "5"}]
        export function playerOf(sessionId: string): Player {
          const player = players.get(sessionId) ?? new Player();
          players.set(sessionId, player);
          return player;
        }
      `,
      output: null,
    },
    {
      name: 'keeps a handler for every identity of a participant',
      code: `
        const handlers = new Map<string, object>();
              ~~~~~~~~ [growsPerKey {"witness": "participantIdentity"}]
        export function handlerOf(participantIdentity: string): object {
          const handler = handlers.get(participantIdentity) ?? {};
          handlers.set(participantIdentity, handler);
          return handler;
        }
      `,
      output: null,
    },
    {
      name: 'keeps an object under a property for every client',
      code: `
        const clients: Record<string, object> = {};
              ~~~~~~~ [growsPerKey {"container": "clients"}]
        export function handle(request: { clientId: string }): void {
          clients[request.clientId] = { since: Date.now() };
        }
      `,
      output: null,
    },
    {
      name: 'keeps the identity of every message',
      code: `
        const seen = new Set<string>();
              ~~~~ [growsPerKey {"witness": "message.id"}]
        export function handle(message: { id: string }): boolean {
          if (seen.has(message.id)) return false;
          seen.add(message.id);
          return true;
        }
      `,
      output: null,
    },
    {
      name: 'keeps an entry under a new number each time',
      code: `
        const calls = new Map<number, () => void>();
              ~~~~~ [growsPerKey {"witness": "++last"}]
        let last = 0;
        export function send(done: () => void): void {
          calls.set(++last, () => { done(); });
        }
        export function answer(id: number): void {
          calls.get(id)?.();
        }
      `,
      output: null,
    },
    {
      name: 'is static',
      code: `
        export class Rooms {
          static readonly #open = new Map<string, object>();
                          ~~~~~ [growsPerKey {"container": "Rooms.#open"}]
          static enter(roomId: string): object | undefined {
            Rooms.#open.set(roomId, {});
            return Rooms.#open.get(roomId);
          }
        }
      `,
      output: null,
    },
    {
      name: 'is given every instance by its constructor',
      code: `
        const files = new Map<number, MemoryFile>();
              ~~~~~ [growsByConstruction {"container": "files", "line": "6"}]
        let lastId = 0;
        export class MemoryFile {
          readonly id = lastId++;
          constructor() {
            files.set(this.id, this);
          }
        }
        export const fileOf = (id: number): MemoryFile | undefined => files.get(id);
      `,
      output: null,
    },
    {
      name: 'is given every instance as a key, so that it can be weak',
      code: `
        const open = new Set<Session>();
              ~~~~ [growsByConstruction]
        export class Session {
          constructor() {
            open.add(this);
          }
          get isOpen(): boolean {
            return open.has(this);
          }
        }
      `,
      output: `
        const open = new WeakSet<Session>();
        export class Session {
          constructor() {
            open.add(this);
          }
          get isOpen(): boolean {
            return open.has(this);
          }
        }
      `,
    },
    {
      name: 'grows with every event',
      code: `
        import { createServer } from 'node:http';
        const log: object[] = [];
              ~~~ [growsPerCall {"container": "log", "line": "4"}]
        createServer().on('request', request => {
          log.push({ at: Date.now(), url: request.url });
        });
        export const recent = (): object | undefined => log.at(-1);
      `,
      suggestions: [
        {
          messageId: 'dropOldest',
          output: `
            import { createServer } from 'node:http';
            const log: object[] = [];
            createServer().on('request', request => {
              log.push({ at: Date.now(), url: request.url });
              if (log.length > 1_000) log.shift();
            });
            export const recent = (): object | undefined => log.at(-1);
          `,
        },
      ],
    },
    {
      name: 'is keyed by objects, so that it can be weak',
      code: `
        const states = new Map<Socket, object>();
              ~~~~~~ [growsPerKey {"witness": "socket"}]
        interface Socket { send(text: string): void }
        export function handle(socket: Socket): object | undefined {
          states.set(socket, {});
          return states.get(socket);
        }
      `,
      editsNeedTypes: 'only the type says that the keys are objects',
      output: `
        const states = new WeakMap<Socket, object>();
        interface Socket { send(text: string): void }
        export function handle(socket: Socket): object | undefined {
          states.set(socket, {});
          return states.get(socket);
        }
      `,
    },
    {
      name: 'is deleted from only when nothing throws',
      code: `
        const running = new Map<string, Promise<void>>();
              ~~~~~~~ [keptOnFailure {"container": "running", "witness": "await job"}]
        export async function run(jobId: string, work: () => Promise<void>): Promise<void> {
          const job = work();
          running.set(jobId, job);
          await job;
          running.delete(jobId);
        }
      `,
      suggestions: [
        {
          messageId: 'deleteInFinally',
          output: `
            const running = new Map<string, Promise<void>>();
            export async function run(jobId: string, work: () => Promise<void>): Promise<void> {
              const job = work();
              running.set(jobId, job);
              try {
                await job;
              } finally {
                running.delete(jobId);
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is deleted from after the result is known, which is returned',
      code: `
        const running = new Map<string, Promise<number>>();
              ~~~~~~~ [keptOnFailure]
        export async function run(jobId: string, work: () => Promise<number>): Promise<number> {
          const job = work();
          running.set(jobId, job);
          // The longest part.
          const result = await job;
          console.log(
            result,
          );
          running.delete(jobId);
          return result;
        }
      `,
      suggestions: [
        {
          messageId: 'deleteInFinally',
          output: `
            const running = new Map<string, Promise<number>>();
            export async function run(jobId: string, work: () => Promise<number>): Promise<number> {
              const job = work();
              running.set(jobId, job);
              try {
                // The longest part.
                const result = await job;
                console.log(
                  result,
                );
                return result;
              } finally {
                running.delete(jobId);
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is deleted from before the result is used',
      code: `
        const running = new Map<string, Promise<number>>();
              ~~~~~~~ [keptOnFailure]
        export async function run(jobId: string, work: () => Promise<number>): Promise<number> {
          const job = work();
          running.set(jobId, job);
          const result = await job;
          running.delete(jobId);
          console.log(result);
          return result + 1;
        }
      `,
      suggestions: [],
    },
    {
      name: 'keeps promises that are rejected',
      settings: { report: 'possible' },
      code: `
        const pages = new Map<string, Promise<string>>();
              ~~~~~ [keepsRejection {"witness": "page", "line": "6"}]
        export function pageOf(path: string): Promise<string> {
          const known = pages.get(path);
          if (known !== undefined) return known;
          const page = load(path);
          pages.set(path, page);
          return page;
        }
        async function load(path: string): Promise<string> {
          return (await fetch(path)).text();
        }
      `,
      suggestions: [
        {
          messageId: 'deleteOnRejection',
          output: `
            const pages = new Map<string, Promise<string>>();
            export function pageOf(path: string): Promise<string> {
              const known = pages.get(path);
              if (known !== undefined) return known;
              const page = load(path);
              pages.set(path, page);
              page.catch(() => {
                pages.delete(path);
              });
              return page;
            }
            async function load(path: string): Promise<string> {
              return (await fetch(path)).text();
            }
          `,
        },
      ],
    },
    {
      name: 'keeps a promise that has no name when it is rejected',
      settings: { report: 'possible' },
      code: `
        const answers = new Map<string, Promise<Response>>();
              ~~~~~~~ [keepsRejection {"witness": "fetch(path)", "line": "4"}]
        export function prefetch(path: string): void {
          if (!answers.has(path)) {
            answers.set(path, fetch(path));
          }
        }
        export const answerOf = (path: string): Promise<Response> | undefined => answers.get(path);
      `,
      suggestions: [
        {
          messageId: 'deleteOnRejection',
          output: `
            const answers = new Map<string, Promise<Response>>();
            export function prefetch(path: string): void {
              if (!answers.has(path)) {
                answers.set(path, fetch(path));
                answers.get(path)?.catch(() => {
                  answers.delete(path);
                });
              }
            }
            export const answerOf = (path: string): Promise<Response> | undefined => answers.get(path);
          `,
        },
      ],
    },
    {
      name: 'keeps the answer for every session, which can be asked for again',
      code: `
        const profiles = new Map<string, Promise<Response>>();
              ~~~~~~~~ [growsPerKey]
        export function profileOf(sessionId: string): Promise<Response> {
          const known = profiles.get(sessionId);
          if (known !== undefined) return known;
          const profile = fetch(\`/profiles/\${sessionId}\`);
          profiles.set(sessionId, profile);
          return profile;
        }
      `,
      suggestions: [
        {
          messageId: 'evictOldest',
          output: `
            const profiles = new Map<string, Promise<Response>>();
            export function profileOf(sessionId: string): Promise<Response> {
              const known = profiles.get(sessionId);
              if (known !== undefined) return known;
              const profile = fetch(\`/profiles/\${sessionId}\`);
              for (const oldest of profiles.keys()) {
                if (profiles.size < 1_000) break;
                profiles.delete(oldest);
              }
              profiles.set(sessionId, profile);
              return profile;
            }
          `,
        },
      ],
    },
    {
      name: 'is exported and only grows in the whole program',
      code: `
        export const sessions = new Map<string, object>();
                     ~~~~~~~~ [growsPerKey]
        export function open(sessionId: string): void {
          sessions.set(sessionId, {});
        }
      `,
      onlyTyped: 'without a program any other file may take entries out',
      output: null,
    },
    {
      name: 'is asked to keep what it is given',
      options: [{ report: 'possible' }],
      code: `
        const users = new Map<string, object>();
              ~~~~~ [growsPerKey]
        export function addUser(userId: string, user: object): void {
          users.set(userId, user);
        }
      `,
      output: null,
    },
  ],
});
