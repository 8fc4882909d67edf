import { noStrongListenerBackref } from '../../../rules/no-strong-listener-backref.js';
import { testRule } from '../../support/rule-tester.js';

const everything = { report: 'possible' } as const;

// Listeners of which the file shows no disposer and no other sign. The shapes that are silent at every confidence.
testRule(noStrongListenerBackref, {
  valid: [
    {
      name: 'is called once',
      settings: everything,
      code: `
        export class Panel {
          constructor() {
            window.addEventListener('online', () => { this.render(); }, { once: true });
          }
          render(): void {}
          destroy(): void { console.log('gone'); }
        }
      `,
    },
    {
      name: 'is taken off under another spelling of its event',
      settings: everything,
      typescriptOnly: 'an enum',
      code: `
        import { EventEmitter } from 'node:events';
        enum Change { Added = 'added' }
        export class Panel {
          readonly #bus: EventEmitter;
          constructor(bus: EventEmitter) {
            this.#bus = bus;
            this.#bus.on(Change.Added as string, this.onAdded);
          }
          readonly onAdded = (): void => { this.render(); };
          render(): void {}
          destroy(): void { this.#bus?.off?.('added', this.onAdded); }
        }
      `,
    },
    {
      name: 'is taken off by a function that the method returns',
      settings: everything,
      code: `
        import { EventEmitter } from 'node:events';
        export class Panel {
          count = 0;
          watch(bus: EventEmitter): () => void {
            const onTick = (): void => { this.count += 1; };
            bus.on('tick', onTick);
            return () => { bus.off('tick', onTick); };
          }
          destroy(): void { this.count = 0; }
        }
      `,
    },
    {
      name: 'belongs to an effect that removes it',
      settings: everything,
      unresolvedImports: 'react is not installed',
      code: `
        import { useEffect } from 'react';
        export function useWidth(setWidth: (width: number) => void) {
          useEffect(() => {
            const onResize = (): void => { setWidth(window.innerWidth); };
            window.addEventListener('resize', onResize);
            return () => { window.removeEventListener('resize', onResize); };
          }, []);
        }
      `,
    },
    {
      name: 'is added by the program itself',
      settings: everything,
      code: `
        const state = { isOpen: true };
        process.on('uncaughtException', () => { state.isOpen = false; });
        export { state };
      `,
    },
    {
      name: 'belongs to a class of an entry point',
      settings: { ...everything, roles: { entry: ['**/*'] } },
      code: `
        export class Child {
          constructor() {
            process.on('message', () => { this.work(); });
          }
          work(): void {}
          close(): void { console.log('gone'); }
        }
      `,
    },
    {
      name: 'is added by a set-up function and mentions no instance',
      settings: everything,
      code: `
        export function setUp(log: (text: string) => void): void {
          process.on('SIGHUP', () => { log('reload'); });
        }
      `,
    },
    {
      name: 'is wired to what the class is given, which may end with it',
      settings: everything,
      code: `
        import { EventEmitter } from 'node:events';
        export class Thread {
          length = 0;
          constructor(room: EventEmitter) {
            room.on('redaction', () => { this.length -= 1; });
          }
        }
      `,
    },
    {
      name: 'is on an element that the class is given',
      settings: everything,
      code: `
        export class Toolbar {
          constructor(options: { button: EventTarget }) {
            options.button.addEventListener('click', () => { this.close(); });
          }
          close(): void {}
        }
      `,
    },
    {
      name: 'is registered by the class, which takes it off itself',
      settings: everything,
      code: `
        export class Loader {
          constructor(tech: object) {
            this.on(tech, 'waiting', () => { this.load(); });
            this.listenTo(tech, 'ready', () => { this.load(); });
          }
          on(_sender: object, _event: string, _handler: () => void): void {}
          listenTo(_sender: object, _event: string, _handler: () => void): void {}
          load(): void {}
          dispose(): void { console.log('gone'); }
        }
      `,
    },
    {
      name: 'is a property, of which there is one',
      settings: everything,
      code: `
        export class Panel {
          constructor() {
            window.ononline = () => { this.render(); };
          }
          render(): void {}
          destroy(): void { console.log('gone'); }
        }
      `,
    },
    {
      name: 'is added by a method that looks whether it has been',
      settings: everything,
      code: `
        import { EventEmitter } from 'node:events';
        export class Session {
          readonly #link: EventEmitter;
          #isReady = false;
          constructor(link: EventEmitter) {
            this.#link = link;
          }
          connect(): void {
            if (this.#isReady) return;
            this.#isReady = true;
            this.#link.on('frame', () => { this.read(); });
          }
          read(): void {}
        }
      `,
    },
    {
      name: 'belongs to an effect, whose component it does not mention',
      unresolvedImports: 'react is not installed',
      code: `
        import { useEffect } from 'react';
        export function useInstallCount() {
          useEffect(() => {
            window.addEventListener('appinstalled', () => { console.log('installed'); });
          }, []);
        }
      `,
    },
    {
      name: 'ends with what the function returns',
      settings: everything,
      code: `
        import { EventEmitter } from 'node:events';
        import { Duplex } from 'node:stream';
        export function toStream(engine: EventEmitter): Duplex {
          const stream = new Duplex();
          const onNotification = (text: string): void => { stream.push(text); };
          engine.on('notification', onNotification);
          stream.once('close', () => { engine.off('notification', onNotification); });
          return stream;
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'belongs to an effect that removes nothing',
      unresolvedImports: 'react is not installed',
      code: `
        import { useEffect } from 'react';
        export function useWidth(setWidth: (width: number) => void) {
          useEffect(() => {
            window.addEventListener('resize', () => { setWidth(window.innerWidth); });
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [missingCleanup {"sender": "window"}]
          }, []);
        }
      `,
      suggestions: [
        {
          messageId: 'returnCleanup',
          output: `
            import { useEffect } from 'react';
            export function useWidth(setWidth: (width: number) => void) {
              useEffect(() => {
                const onResize = () => { setWidth(window.innerWidth); };
                window.addEventListener('resize', onResize);
                return () => {
                  window.removeEventListener('resize', onResize);
                };
              }, []);
            }
          `,
        },
      ],
    },
    {
      name: 'is on a part of what a class without a disposer is given',
      settings: everything,
      code: `
        import { EventEmitter } from 'node:events';
        export class Registry {
          constructor(components: { events: EventEmitter }) {
            components.events.on('peer', () => { this.forget(); });
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [injectedSender {"sender": "components.events"}]
          }
          forget(): void {}
        }
      `,
      suggestions: [
        {
          messageId: 'holdWeakly',
          output: `
            import { EventEmitter } from 'node:events';
            export class Registry {
              constructor(components: { events: EventEmitter }) {
                const instance = new WeakRef(this);
                components.events.on('peer', () => { instance.deref()?.forget(); });
              }
              forget(): void {}
            }
          `,
        },
      ],
    },
    {
      name: 'is added by every call of a method',
      settings: everything,
      code: `
        import { EventEmitter } from 'node:events';
        export class Session {
          readonly #link: EventEmitter;
          constructor(link: EventEmitter) {
            this.#link = link;
          }
          connect(): void {
            this.#link.on('frame', () => { this.read(); });
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [addedAgain {"sender": "this.#link"}]
          }
          read(): void {}
        }
      `,
      suggestions: [],
    },
    {
      name: 'keeps what a function returns',
      settings: everything,
      code: `
        import { EventEmitter } from 'node:events';
        import { Duplex } from 'node:stream';
        export function toStream(engine: EventEmitter): Duplex {
          const stream = new Duplex();
          engine.on('notification', (text: string) => { stream.push(text); });
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [wrapperKept {"sender": "engine"}]
          return stream;
        }
      `,
      suggestions: [],
    },
  ],
});
