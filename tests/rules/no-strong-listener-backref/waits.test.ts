import { noStrongListenerBackref } from '../../../rules/no-strong-listener-backref.js';
import { testRule } from '../../support/rule-tester.js';

// Promises that wait for an event.
testRule(noStrongListenerBackref, {
  valid: [
    {
      name: 'takes its listener off when the event comes or the time is over',
      code: `
        import { EventEmitter } from 'node:events';
        export function checkpoint(bus: EventEmitter) {
          return new Promise<void>(resolve => {
            const onCheckpoint = () => { clearTimeout(timer); done(); };
            const timer = setTimeout(done, 1000);
            function done() {
              bus.off('checkpoint', onCheckpoint);
              resolve();
            }
            bus.on('checkpoint', onCheckpoint);
          });
        }
      `,
    },
    {
      name: 'has a listener that takes itself off by its own name',
      code: `
        import { EventEmitter } from 'node:events';
        export function checkpoint(bus: EventEmitter, root: string) {
          return new Promise<void>(resolve => {
            bus.on('checkpoint', function onCheckpoint(found: string) {
              if (found !== root) return;
              bus.off('checkpoint', onCheckpoint);
              resolve();
            });
          });
        }
      `,
    },
    {
      name: 'waits for one event alone',
      code: `
        import { EventEmitter } from 'node:events';
        export function checkpoint(bus: EventEmitter) {
          return new Promise<void>(resolve => {
            bus.once('checkpoint', resolve);
          });
        }
      `,
    },
    {
      name: 'waits for a stream to end',
      code: `
        import type { Readable } from 'node:stream';
        export function read(stream: Readable) {
          return new Promise<string>((resolve, reject) => {
            let text = '';
            stream.on('data', (chunk: string) => { text += chunk; });
            stream.on('end', () => { resolve(text); });
            stream.on('error', reject);
          });
        }
      `,
    },
    {
      name: 'listens to what it has made',
      code: `
        import { EventEmitter } from 'node:events';
        export function wait() {
          const bus = new EventEmitter();
          return new Promise<void>(resolve => {
            bus.on('checkpoint', () => { resolve(); });
          });
        }
      `,
    },
    {
      name: 'is called in this file alone, with what the caller has made',
      code: `
        import { EventEmitter } from 'node:events';
        function finished(watcher: EventEmitter) {
          return new Promise<void>(resolve => {
            watcher.on('event', () => { resolve(); });
          });
        }
        export async function build() {
          const watcher = new EventEmitter();
          await finished(watcher);
        }
      `,
    },
    {
      name: 'waits for the program to be stopped',
      code: `
        export async function serve(stop: () => Promise<void>) {
          await new Promise<void>(resolve => {
            process.on('SIGINT', () => { void stop().then(resolve); });
          });
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is called in this file with what the caller was given',
      code: `
        import { EventEmitter } from 'node:events';
        function finished(watcher: EventEmitter) {
          return new Promise<void>(resolve => {
            watcher.on('event', () => { resolve(); });
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [waitListenerKept]
          });
        }
        export async function build(watcher: EventEmitter) {
          await finished(watcher);
        }
      `,
      suggestions: [
        {
          messageId: 'removeWhenSettled',
          output: `
            import { EventEmitter } from 'node:events';
            function finished(watcher: EventEmitter) {
              return new Promise<void>(resolve => {
                const onEvent = () => { stopListening(); resolve(); };
                const stopListening = () => {
                  watcher.off('event', onEvent);
                };
                watcher.on('event', onEvent);
              });
            }
            export async function build(watcher: EventEmitter) {
              await finished(watcher);
            }
          `,
        },
      ],
    },
    {
      name: 'leaves its listener when the event has come',
      code: `
        import { EventEmitter } from 'node:events';
        export function createApi({ chain }: { chain: { emitter: EventEmitter } }) {
          return function checkpoint(root: string, milliseconds: number) {
            return new Promise<string | null>(resolve => {
              const timer = setTimeout(() => { resolve(null); }, milliseconds);
              chain.emitter.on('checkpoint', (found: string) => {
              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~> [waitListenerKept {"sender": "chain.emitter"}]
                if (found !== root) return;
                clearTimeout(timer);
                resolve(found);
              });
              ~~<
            });
          };
        }
      `,
      suggestions: [
        {
          messageId: 'removeWhenSettled',
          output: `
            import { EventEmitter } from 'node:events';
            export function createApi({ chain }: { chain: { emitter: EventEmitter } }) {
              return function checkpoint(root: string, milliseconds: number) {
                return new Promise<string | null>(resolve => {
                  const timer = setTimeout(() => { stopListening(); resolve(null); }, milliseconds);
                  const onCheckpoint = (found: string) => {
                    if (found !== root) return;
                    clearTimeout(timer);
                    stopListening();
                    resolve(found);
                  };
                  const stopListening = () => {
                    chain.emitter.off('checkpoint', onCheckpoint);
                  };
                  chain.emitter.on('checkpoint', onCheckpoint);
                });
              };
            }
          `,
        },
      ],
    },
    {
      name: 'leaves the one of two listeners that is not called',
      code: `
        import { EventEmitter } from 'node:events';
        export function confirmation(hub: EventEmitter) {
          return new Promise<string>((resolve, reject) => {
            hub.once('confirmed', resolve);
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [siblingKept {"sender": "hub"}]
            hub.once('refused', () => { reject(new Error('refused')); });
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [siblingKept]
          });
        }
      `,
      settings: { report: 'possible' },
      suggestions: [
        {
          messageId: 'removeWhenSettled',
          output: `
            import { EventEmitter } from 'node:events';
            export function confirmation(hub: EventEmitter) {
              return new Promise<string>((resolve, reject) => {
                const onResolve = (...args: Parameters<typeof resolve>) => {
                  stopListening();
                  resolve(...args);
                };
                const stopListening = () => {
                  hub.off('confirmed', onResolve);
                  hub.off('refused', onRefused);
                };
                hub.once('confirmed', onResolve);
                const onRefused = () => { stopListening(); reject(new Error('refused')); };
                hub.once('refused', onRefused);
              });
            }
          `,
        },
        {
          messageId: 'removeWhenSettled',
          output: `
            import { EventEmitter } from 'node:events';
            export function confirmation(hub: EventEmitter) {
              return new Promise<string>((resolve, reject) => {
                const onResolve = (...args: Parameters<typeof resolve>) => {
                  stopListening();
                  resolve(...args);
                };
                const stopListening = () => {
                  hub.off('confirmed', onResolve);
                  hub.off('refused', onRefused);
                };
                hub.once('confirmed', onResolve);
                const onRefused = () => { stopListening(); reject(new Error('refused')); };
                hub.once('refused', onRefused);
              });
            }
          `,
        },
      ],
    },
    {
      name: 'leaves the one of two listeners that is not called, of which one takes an error as its type says',
      code: `
        import { EventEmitter } from 'node:events';
        enum HubEvent { Confirmed = 'confirmed', Failed = 'failed' }
        export function confirmation(hub: EventEmitter) {
          return new Promise<string>((resolve, reject) => {
            hub.once(HubEvent.Confirmed, resolve);
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [siblingKept]
            hub.once(HubEvent.Failed, reject);
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [siblingKept]
          });
        }
      `,
      settings: { report: 'possible' },
      typescriptOnly: 'an enum',
      editsNeedTypes: 'the type of the sender says what a listener of it gets',
      suggestions: [
        {
          messageId: 'removeWhenSettled',
          output: `
            import { EventEmitter } from 'node:events';
            enum HubEvent { Confirmed = 'confirmed', Failed = 'failed' }
            export function confirmation(hub: EventEmitter) {
              return new Promise<string>((resolve, reject) => {
                const onResolve = (...args: Parameters<typeof resolve>) => {
                  stopListening();
                  resolve(...args);
                };
                const onReject = (error: Error) => {
                  stopListening();
                  reject(error);
                };
                const stopListening = () => {
                  hub.off(HubEvent.Confirmed, onResolve);
                  hub.off(HubEvent.Failed, onReject);
                };
                hub.once(HubEvent.Confirmed, onResolve);
                hub.once(HubEvent.Failed, onReject);
              });
            }
          `,
        },
        {
          messageId: 'removeWhenSettled',
          output: `
            import { EventEmitter } from 'node:events';
            enum HubEvent { Confirmed = 'confirmed', Failed = 'failed' }
            export function confirmation(hub: EventEmitter) {
              return new Promise<string>((resolve, reject) => {
                const onResolve = (...args: Parameters<typeof resolve>) => {
                  stopListening();
                  resolve(...args);
                };
                const onReject = (error: Error) => {
                  stopListening();
                  reject(error);
                };
                const stopListening = () => {
                  hub.off(HubEvent.Confirmed, onResolve);
                  hub.off(HubEvent.Failed, onReject);
                };
                hub.once(HubEvent.Confirmed, onResolve);
                hub.once(HubEvent.Failed, onReject);
              });
            }
          `,
        },
      ],
    },
    {
      name: 'leaves its listener, whose parameter has no type of its own',
      code: `
        import type { EventEmitter } from 'node:events';
        enum Chain { Checkpoint = 'checkpoint' }
        export function checkpoint(chain: EventEmitter<{ [Chain.Checkpoint]: [root: string] }>, root: string) {
          return new Promise<string>(resolve => {
            chain.on(Chain.Checkpoint, found => {
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~> [waitListenerKept]
              if (found === root) resolve(found);
            });
            ~~<
          });
        }
      `,
      typescriptOnly: 'an enum',
      suggestions: [],
    },
  ],
});
