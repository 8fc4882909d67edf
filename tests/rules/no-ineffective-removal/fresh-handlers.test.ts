import { noIneffectiveRemoval } from '../../../rules/no-ineffective-removal.js';
import { testRule } from '../../support/rule-tester.js';

// Removals that make the function which they name.
testRule(noIneffectiveRemoval, {
  valid: [
    {
      name: 'is removed by the field that holds the bound function',
      code: `
        export class Provider {
          private readonly boundConnect = this.connect.bind(this);
          start() {
            window.addEventListener('online', this.boundConnect);
          }
          destroy() {
            window.removeEventListener('online', this.boundConnect);
          }
          connect() {}
        }
      `,
    },
    {
      name: 'is removed by the constant that holds the function',
      code: `
        export function watch() {
          const onOnline = () => { console.log('online'); };
          window.addEventListener('online', onOnline);
          return () => { window.removeEventListener('online', onOnline); };
        }
      `,
    },
    {
      name: 'is removed by a method that is bound to itself in the constructor',
      code: `
        export class Provider {
          constructor() {
            this.connect = this.connect.bind(this);
            window.addEventListener('online', this.connect);
          }
          destroy() {
            window.removeEventListener('online', this.connect);
          }
          connect() {}
        }
      `,
    },
    {
      name: 'is an unknown thing whose off takes a callback',
      code: `
        export function stop(lamp: { off(room: string, done: () => void): void }) {
          lamp.off('hall', () => { console.log('dark'); });
        }
      `,
    },
    {
      name: 'is removed by what a function returns, which may remember it',
      code: `
        declare function handlerOf(name: string): () => void;
        export function add() {
          window.addEventListener('online', handlerOf('a'));
        }
        export function remove() {
          window.removeEventListener('online', handlerOf('a'));
        }
      `,
    },
    {
      name: 'is bound by a library, which may remember it',
      code: `
        import { bus } from './bus.js';
        declare const $: { proxy(method: () => void, context: unknown): () => void };
        export class Panel {
          show() { bus.on('open', $.proxy(this.render, this)); }
          hide() { bus.off('open', $.proxy(this.render, this)); }
          render() {}
        }
      `,
      files: { 'bus.ts': "import { EventEmitter } from 'node:events'; export const bus = new EventEmitter();" },
    },
  ],
  invalid: [
    {
      name: 'is removed by binding the method anew',
      code: `
        export class Provider {
          start() {
            window.addEventListener('online', this.connect.bind(this));
          }
          destroy() {
            window.removeEventListener('online', this.connect.bind(this));
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [freshHandler {"method": "removeEventListener", "handler": "this.connect.bind(this)"}]
          }
          connect() {}
        }
      `,
      output: `
        export class Provider {
          boundConnect = this.connect.bind(this);

          start() {
            window.addEventListener('online', this.boundConnect);
          }
          destroy() {
            window.removeEventListener('online', this.boundConnect);
          }
          connect() {}
        }
      `,
    },
    {
      name: 'is removed by another arrow of the same text',
      code: `
        import { EventEmitter } from 'node:events';
        export class Meter {
          count = 0;
          constructor(private readonly bus: EventEmitter) {
            bus.on('tick', () => { this.count++; });
          }
          close() {
            this.bus.off('tick', () => { this.count++; });
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [freshHandler]
          }
        }
      `,
      typescriptOnly: 'parameter properties',
      output: null,
    },
    {
      name: 'is removed by binding anew right before it is added again',
      code: `
        import { EventEmitter } from 'node:events';
        export class Controller {
          private readonly loader = new EventEmitter();
          retry() {
            this.loader.off('loaded', this.onLoad.bind(this));
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [freshHandler]
            this.loader.on('loaded', this.onLoad.bind(this));
          }
          onLoad() {}
        }
      `,
      output: `
        import { EventEmitter } from 'node:events';
        export class Controller {
          boundOnLoad = this.onLoad.bind(this);
          private readonly loader = new EventEmitter();
          retry() {
            this.loader.off('loaded', this.boundOnLoad);
            this.loader.on('loaded', this.boundOnLoad);
          }
          onLoad() {}
        }
      `,
    },
    {
      name: 'is removed by a wrapper of the function that was added',
      code: `
        export function watch(element: HTMLElement, render: () => void) {
          element.addEventListener('focus', render);
          return () => {
            element.removeEventListener('focus', () => { render(); });
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [freshHandler]
          };
        }
      `,
      output: null,
    },
    {
      name: 'is added as a wrapper and removed by what it wraps',
      code: `
        export async function request(url: string, signal: AbortSignal) {
          const controller = new AbortController();
          signal.addEventListener('abort', () => { controller.abort(); });
          try {
            return await fetch(url, { signal: controller.signal });
          } finally {
            signal.removeEventListener('abort', controller.abort);
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [wrappedHandler {"added": "() => { controller.abort(); }", "line": "3"}]
          }
        }
      `,
      output: `
        export async function request(url: string, signal: AbortSignal) {
          const controller = new AbortController();
          const onAbort = () => { controller.abort(); };
          signal.addEventListener('abort', onAbort);
          try {
            return await fetch(url, { signal: controller.signal });
          } finally {
            signal.removeEventListener('abort', onAbort);
          }
        }
      `,
    },
    {
      name: 'is removed by a function that is made for the removal',
      code: `
        export function add() {
          const onOnline = () => { console.log('online'); };
          window.addEventListener('online', onOnline);
        }
        export function remove() {
          const onOnline = () => { console.log('online'); };
          window.removeEventListener('online', onOnline);
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [neverRegistered {"line": "3"}]
        }
      `,
      output: null,
    },
    {
      name: 'is a sender of the settings',
      code: `
        import { Messenger } from './messenger.js';
        export class Panel {
          readonly #messenger = new Messenger();
          show() {
            this.#messenger.subscribe('opened', this.render.bind(this));
          }
          hide() {
            this.#messenger.unsubscribe('opened', this.render.bind(this));
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [freshHandler {"method": "unsubscribe"}]
          }
          render() {}
        }
      `,
      files: {
        'messenger.ts':
          'export class Messenger { subscribe(event: string, handler: () => void) { void [event, handler]; } unsubscribe(event: string, handler: () => void) { void [event, handler]; } }',
      },
      settings: {
        senders: {
          messenger: {
            noun: 'messenger',
            from: { file: 'messenger.ts', export: 'Messenger' },
            add: [{ method: 'subscribe', event: 0, handler: 1 }],
            remove: [{ method: 'unsubscribe', event: 0, handler: 1 }],
            lifetime: 'owner',
          },
        },
      },
      output: `
        import { Messenger } from './messenger.js';
        export class Panel {
          #boundRender = this.render.bind(this);
          readonly #messenger = new Messenger();
          show() {
            this.#messenger.subscribe('opened', this.#boundRender);
          }
          hide() {
            this.#messenger.unsubscribe('opened', this.#boundRender);
          }
          render() {}
        }
      `,
    },
  ],
});
