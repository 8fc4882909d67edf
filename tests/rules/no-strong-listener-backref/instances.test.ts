import { noStrongListenerBackref } from '../../../rules/no-strong-listener-backref.js';
import type { SenderSpecification } from '../../../src/analysis/sender-specification.js';
import { testRule } from '../../support/rule-tester.js';

const machine: SenderSpecification = {
  noun: 'machine',
  from: { package: '@acme/machine', export: 'Machine' },
  add: [{ method: 'registerCallback', handler: 0 }],
  remove: [],
  lifetime: 'program',
};

// Instances that a sender keeps alive when they are done with.
testRule(noStrongListenerBackref, {
  valid: [
    {
      name: 'listens for good, beside a class that stops on the same sender',
      code: `
        const page: Window = window;
        class Recorder {
          constructor() { page.addEventListener('beforeunload', this.onUnload); }
          readonly onUnload = () => { this.flush(); };
          flush() {}
          stopRecording() { page.removeEventListener('beforeunload', this.onUnload); }
        }
        class Queue {
          constructor() { page.addEventListener('online', () => { this.flush(); }); }
          flush() {}
        }
        export const client = { recorder: new Recorder(), queue: new Queue() };
      `,
    },
    {
      name: 'is the sender itself',
      code: `
        import { EventEmitter } from 'node:events';
        export class Store extends EventEmitter {
          constructor() {
            super();
            this.on('change', () => { this.save(); });
          }
          save() {}
          close() {}
        }
      `,
    },
    {
      name: 'listens to what it has made',
      code: `
        import { EventEmitter } from 'node:events';
        export class Store {
          private readonly bus = new EventEmitter();
          constructor() {
            this.bus.on('change', () => { this.save(); });
          }
          save() {}
          close() {}
        }
      `,
    },
    {
      name: 'ends the sender that it was given',
      code: `
        import { EventEmitter } from 'node:events';
        export class Session {
          private readonly link: EventEmitter & { destroy(): void };
          constructor(link: EventEmitter & { destroy(): void }) {
            this.link = link;
            this.link.on('frame', () => { this.read(); });
          }
          read() {}
          close() { this.link.destroy(); }
        }
      `,
    },
    {
      name: 'is taken off by a helper that the disposer calls',
      code: `
        export class Panel {
          constructor() {
            this.render = this.render.bind(this);
            window.addEventListener('resize', this.render);
          }
          render() {}
          destroy() { this.unlisten(); }
          unlisten() { window.removeEventListener('resize', this.render); }
        }
      `,
    },
    {
      name: 'listens with the signal of a controller',
      code: `
        export class Panel {
          #listening = new AbortController();
          constructor() {
            const options = { signal: this.#listening.signal };
            window.addEventListener('resize', () => { this.render(); }, options);
          }
          render() {}
          destroy() { this.#listening.abort(); }
        }
      `,
    },
    {
      name: 'is not mentioned by the listener',
      code: `
        export class Panel {
          constructor() {
            window.addEventListener('resize', () => { console.log('resized'); });
          }
          destroy() { console.log('gone'); }
        }
      `,
    },
    {
      name: 'is the one instance of the program',
      code: `
        class Panel {
          constructor() {
            window.addEventListener('resize', () => { this.render(); });
          }
          render() {}
          destroy() { console.log('gone'); }
        }
        export const panel = new Panel();
      `,
    },
    {
      name: 'hands the registration to something that disposes of it',
      code: `
        import { EventEmitter } from 'node:events';
        export class Panel {
          private readonly disposables: unknown[] = [];
          constructor(bus: EventEmitter) {
            this.disposables.push(bus.on('tick', () => { this.render(); }));
          }
          render() {}
          dispose() { this.disposables.length = 0; }
        }
      `,
    },
    {
      name: 'takes its listeners off in a loop over pairs',
      code: `
        export class Panel {
          readonly #handlers = { resize: () => { this.render(); } };
          constructor() {
            window.addEventListener('resize', this.#handlers.resize);
          }
          render() {}
          destroy() {
            for (const [name, handler] of Object.entries(this.#handlers)) window.removeEventListener(name, handler);
          }
        }
      `,
    },
    {
      name: 'removes all listeners of the event',
      code: `
        import { EventEmitter } from 'node:events';
        export class Panel {
          private readonly bus: EventEmitter;
          constructor(bus: EventEmitter) {
            this.bus = bus;
            this.bus.on('tick', () => { this.render(); });
          }
          render() {}
          destroy() { this.bus.removeAllListeners('tick'); }
        }
      `,
    },
    {
      name: 'listens to a socket, which ends by itself',
      code: `
        import type { Socket } from 'node:net';
        export class Reader {
          private readonly socket: Socket;
          constructor(socket: Socket) {
            this.socket = socket;
            this.socket.on('data', () => { this.read(); });
          }
          read() {}
          close() { console.log('closed'); }
        }
      `,
    },
    {
      name: 'takes itself off when the event comes',
      code: `
        import { EventEmitter } from 'node:events';
        export class Panel {
          private readonly bus: EventEmitter;
          constructor(bus: EventEmitter) {
            this.bus = bus;
            bus.on('tick', this.onTick);
          }
          readonly onTick = () => {
            this.bus.off('tick', this.onTick);
          };
          destroy() { console.log('gone'); }
        }
      `,
    },
    {
      name: 'adds a method of a class above, which may take it off',
      code: `
        import { EventEmitter } from 'node:events';
        import { Base } from './base.js';
        export class Panel extends Base {
          private readonly bus: EventEmitter;
          constructor(bus: EventEmitter) {
            super();
            this.bus = bus;
            this.bus.on('tick', this.onTick, this);
          }
          destroy() { console.log('gone'); }
        }
      `,
      files: { 'base.ts': 'export class Base { onTick() {} }' },
    },
  ],
  invalid: [
    {
      name: 'extends a class of another file and leaves a listener of its own',
      code: `
        import { EventEmitter } from 'node:events';
        export class Listener extends EventEmitter {
          private readonly store: EventTarget;
          constructor(components: { store: EventTarget }) {
            super();
            this.store = components.store;
            this.store.addEventListener('relay:removed', this.onRemoved);
            this.store.addEventListener('relay:created', this.onCreated);
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [partialCleanup {"sender": "this.store"}]
          }
          readonly onRemoved = () => { this.emit('listening'); };
          readonly onCreated = () => { this.emit('listening'); };
          close() {
            this.store.removeEventListener('relay:removed', this.onRemoved);
          }
        }
      `,
      suggestions: [
        {
          messageId: 'removeInDisposer',
          output: `
            import { EventEmitter } from 'node:events';
            export class Listener extends EventEmitter {
              private readonly store: EventTarget;
              constructor(components: { store: EventTarget }) {
                super();
                this.store = components.store;
                this.store.addEventListener('relay:removed', this.onRemoved);
                this.store.addEventListener('relay:created', this.onCreated);
              }
              readonly onRemoved = () => { this.emit('listening'); };
              readonly onCreated = () => { this.emit('listening'); };
              close() {
                this.store.removeEventListener('relay:removed', this.onRemoved);
                this.store.removeEventListener('relay:created', this.onCreated);
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is kept by the process after it is closed',
      code: `
        export class Provider {
          browser = { open: true };
          constructor() {
            process.on('SIGTERM', () => { this.browser.open = false; });
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [skippedByDisposer {"sender": "process", "disposer": "close"}]
          }
          close() {
            this.browser.open = false;
          }
        }
      `,
      suggestions: [
        {
          messageId: 'removeInDisposer',
          output: `
            export class Provider {
              onSIGTERM = () => { this.browser.open = false; };
              browser = { open: true };
              constructor() {
                process.on('SIGTERM', this.onSIGTERM);
              }
              close() {
                process.off('SIGTERM', this.onSIGTERM);
                this.browser.open = false;
              }
            }
          `,
        },
      ],
    },
    {
      name: 'takes another listener off the same sender',
      code: `
        import { EventEmitter } from 'node:events';
        export class Transport {
          private readonly registrar: EventEmitter;
          constructor(registrar: EventEmitter) {
            this.registrar = registrar;
            this.registrar.on('added', this.onAdded);
            this.registrar.on('removed', this.onRemoved);
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [partialCleanup {"sender": "this.registrar"}]
          }
          readonly onAdded = () => { this.count(1); };
          readonly onRemoved = () => { this.count(-1); };
          count(by: number) { console.log(by); }
          close() {
            this.registrar.off('added', this.onAdded);
          }
        }
      `,
      suggestions: [
        {
          messageId: 'removeInDisposer',
          output: `
            import { EventEmitter } from 'node:events';
            export class Transport {
              private readonly registrar: EventEmitter;
              constructor(registrar: EventEmitter) {
                this.registrar = registrar;
                this.registrar.on('added', this.onAdded);
                this.registrar.on('removed', this.onRemoved);
              }
              readonly onAdded = () => { this.count(1); };
              readonly onRemoved = () => { this.count(-1); };
              count(by: number) { console.log(by); }
              close() {
                this.registrar.off('added', this.onAdded);
                this.registrar.off('removed', this.onRemoved);
              }
            }
          `,
        },
      ],
    },
    {
      name: 'takes leave of the sender and leaves its listener',
      code: `
        import { EventEmitter } from 'node:events';
        interface Hub extends EventEmitter { detach(member: object): void; }
        export class Provider {
          private readonly socket: Hub;
          private readonly awareness: EventEmitter;
          constructor(configuration: { socket: Hub; awareness: EventEmitter }) {
            this.socket = configuration.socket;
            this.awareness = configuration.awareness;
            this.socket.on('status', this.onStatus.bind(this));
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [skippedByDisposer {"sender": "this.socket", "disposer": "destroy"}]
            this.awareness.on('update', this.onUpdate);
          }
          readonly onUpdate = () => { this.onStatus(); };
          onStatus() {}
          destroy() {
            this.awareness.off('update', this.onUpdate);
            this.socket.detach(this);
          }
        }
      `,
      suggestions: [
        {
          messageId: 'removeInDisposer',
          output: `
            import { EventEmitter } from 'node:events';
            interface Hub extends EventEmitter { detach(member: object): void; }
            export class Provider {
              boundOnStatus = this.onStatus.bind(this);
              private readonly socket: Hub;
              private readonly awareness: EventEmitter;
              constructor(configuration: { socket: Hub; awareness: EventEmitter }) {
                this.socket = configuration.socket;
                this.awareness = configuration.awareness;
                this.socket.on('status', this.boundOnStatus);
                this.awareness.on('update', this.onUpdate);
              }
              readonly onUpdate = () => { this.onStatus(); };
              onStatus() {}
              destroy() {
                this.socket.off('status', this.boundOnStatus);
                this.awareness.off('update', this.onUpdate);
                this.socket.detach(this);
              }
            }
          `,
        },
      ],
    },
    {
      name: 'keeps a function that the constructor made for a removal',
      code: `
        export class Page {
          #onResize: () => void;
          constructor() {
            this.#onResize = () => { this.render(); };
            window.addEventListener('scale', this.#onResize);
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [globalSender {"sender": "window"}]
          }
          render() {}
        }
      `,
      suggestions: [],
    },
  ],
});

// What the disposer, or the collector, ends.
testRule(noStrongListenerBackref, {
  valid: [
    {
      name: 'has a listener with the signal of the controller that its disposer aborts',
      code: `
        export class Panel {
          readonly #listening = new AbortController();
          constructor() {
            window.addEventListener('online', () => { this.render(); }, { signal: this.#listening.signal, passive: true });
          }
          render(): void {}
          destroy(): void {
            this.#listening.abort();
          }
        }
      `,
    },
    {
      name: 'has a listener that holds it weakly',
      settings: { report: 'possible' },
      code: `
        export class Page {
          constructor() {
            const instance = new WeakRef(this);
            window.addEventListener('scale', () => { instance.deref()?.render(); });
          }
          render(): void {}
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'has a controller that its disposer aborts',
      code: `
        export class Panel {
          readonly #listening = new AbortController();
          constructor() {
            window.addEventListener('online', () => { this.render(); }, { passive: true });
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [skippedByDisposer]
          }
          render(): void {}
          destroy(): void {
            this.#listening.abort();
          }
        }
      `,
      suggestions: [
        {
          messageId: 'addSignal',
          output: `
            export class Panel {
              readonly #listening = new AbortController();
              constructor() {
                window.addEventListener('online', () => { this.render(); }, { signal: this.#listening.signal, passive: true });
              }
              render(): void {}
              destroy(): void {
                this.#listening.abort();
              }
            }
          `,
        },
        {
          messageId: 'removeInDisposer',
          output: `
            export class Panel {
              #onOnline = () => { this.render(); };
              readonly #listening = new AbortController();
              constructor() {
                window.addEventListener('online', this.#onOnline, { passive: true });
              }
              render(): void {}
              destroy(): void {
                window.removeEventListener('online', this.#onOnline);
                this.#listening.abort();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'has a controller that something else aborts',
      code: `
        export class Panel {
          readonly #fetching = new AbortController();
          constructor() {
            window.addEventListener('online', this.render);
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [skippedByDisposer]
          }
          readonly render = (): void => { this.stop(); };
          stop(): void {
            this.#fetching.abort();
          }
          destroy(): void {
            console.log('gone');
          }
        }
      `,
      suggestions: [
        {
          messageId: 'removeInDisposer',
          output: `
            export class Panel {
              readonly #fetching = new AbortController();
              constructor() {
                window.addEventListener('online', this.render);
              }
              readonly render = (): void => { this.stop(); };
              stop(): void {
                this.#fetching.abort();
              }
              destroy(): void {
                window.removeEventListener('online', this.render);
                console.log('gone');
              }
            }
          `,
        },
      ],
    },
    {
      name: 'has no disposer, and a listener that calls one of its methods',
      settings: { report: 'possible' },
      code: `
        export class Page {
          constructor() {
            window.addEventListener('scale', () => { this.render(); });
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [globalSender]
          }
          render(): void {}
        }
      `,
      suggestions: [
        {
          messageId: 'holdWeakly',
          output: `
            export class Page {
              constructor() {
                const instance = new WeakRef(this);
                window.addEventListener('scale', () => { instance.deref()?.render(); });
              }
              render(): void {}
            }
          `,
        },
      ],
    },
  ],
});

// What is given from outside may end with the instance: without a second sign that is `possible` alone.
testRule(noStrongListenerBackref, {
  valid: [
    {
      name: 'takes off listeners of another sender alone',
      code: `
        import { EventEmitter } from 'node:events';
        export class Loader {
          private readonly updater: EventEmitter;
          private readonly sync: EventEmitter;
          constructor(settings: { updater: EventEmitter; sync: EventEmitter }) {
            this.updater = settings.updater;
            this.sync = settings.sync;
            this.updater.on('codecs', () => { this.check(); });
            this.sync.on('info', this.onInfo);
          }
          readonly onInfo = () => { this.check(); };
          check() {}
          dispose() {
            this.sync.off('info', this.onInfo);
          }
        }
      `,
    },
    {
      name: 'makes its function for a field that others read',
      code: `
        export class Page {
          onResize: () => void;
          constructor() {
            this.onResize = () => { this.render(); };
            window.addEventListener('scale', this.onResize);
            this.onResize();
          }
          render() {}
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'listens to a sender that takes all listeners off when it ends',
      settings: { report: 'possible' },
      suggestions: [
        {
          messageId: 'removeInDisposer',
          output: `
            import { Hub } from './hub.js';
            export class Member {
              onStatus = () => { this.check(); };
              private readonly hub: Hub;
              constructor(hub: Hub) {
                this.hub = hub;
                this.hub.on('status', this.onStatus);
              }
              check() {}
              dispose() {
                this.hub.off('status', this.onStatus);
                this.check();
              }
            }
          `,
        },
      ],
      onlySyntax: 'only the type leads to the class of the sender',
      code: `
        import { Hub } from './hub.js';
        export class Member {
          private readonly hub: Hub;
          constructor(hub: Hub) {
            this.hub = hub;
            this.hub.on('status', () => { this.check(); });
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [skippedByDisposer]
          }
          check() {}
          dispose() {
            this.check();
          }
        }
      `,
      files: {
        'hub.ts': `
          import { EventEmitter } from 'node:events';
          export class Hub extends EventEmitter {
            open(): void { this.emit('open'); }
            close(): void { this.removeAllListeners(); }
          }
        `,
      },
    },
  ],
});

// A sender of the settings that has no way to take a listener off.
testRule(noStrongListenerBackref, {
  valid: [
    {
      name: 'registers a function that holds its instance weakly',
      settings: { senders: { 'acme/machine': machine } },
      unresolvedImports: 'the package is not installed',
      typescriptOnly: 'a parameter property',
      code: `
        import type { Machine } from '@acme/machine';
        export class Request {
          constructor(private readonly inner: Machine) {
            const instance = new WeakRef(this);
            inner.registerCallback(() => { instance.deref()?.update(); });
          }
          update(): void {}
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'registers a function that holds its instance',
      settings: { senders: { 'acme/machine': machine } },
      unresolvedImports: 'the package is not installed',
      typescriptOnly: 'a parameter property',
      code: `
        import type { Machine } from '@acme/machine';
        export class Request {
          constructor(private readonly inner: Machine) {
            inner.registerCallback(() => { this.update(); });
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [globalSender {"sender": "inner"}]
          }
          update(): void {}
        }
      `,
      suggestions: [
        {
          messageId: 'holdWeakly',
          output: `
            import type { Machine } from '@acme/machine';
            export class Request {
              constructor(private readonly inner: Machine) {
                const instance = new WeakRef(this);
                inner.registerCallback(() => { instance.deref()?.update(); });
              }
              update(): void {}
            }
          `,
        },
      ],
    },
  ],
});
