import { noUnclosedPort } from '../../../rules/no-unclosed-port.js';
import { testRule } from '../../support/rule-tester.js';

testRule(noUnclosedPort, {
  valid: [
    {
      name: 'is a channel whose port is transferred',
      code: `
        export function connect(worker: Worker): void {
          const channel = new MessageChannel();
          channel.port1.addEventListener('message', event => console.log(event));
          channel.port1.start();
          worker.postMessage('connect', [channel.port2]);
        }
      `,
    },
    {
      name: 'is a channel whose port is transferred by its options',
      code: `
        import { MessageChannel, type Worker } from 'node:worker_threads';
        export function connect(worker: Worker): void {
          const { port1, port2 } = new MessageChannel();
          port1.on('message', message => console.log(message));
          worker.postMessage({ port: port2 }, [port2]);
        }
      `,
    },
    {
      name: 'is a channel that is closed by either port',
      code: `
        import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
        export function clone(value: unknown): unknown {
          const { port1, port2 } = new MessageChannel();
          try {
            port1.postMessage(value);
            return receiveMessageOnPort(port2)?.message;
          } finally {
            port2.close();
          }
        }
      `,
    },
    {
      name: 'is a channel that its listener closes',
      code: `
        import { MessageChannel } from 'node:worker_threads';
        export function next(): Promise<void> {
          return new Promise(resolve => {
            const channel = new MessageChannel();
            channel.port1.on('message', () => {
              channel.port1.close();
              resolve();
            });
            channel.port2.postMessage(undefined);
          });
        }
      `,
    },
    {
      name: 'is a channel that a handler of its port closes',
      code: `
        export function next(task: () => void): void {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => {
            channel.port1.close();
            task();
          };
          channel.port2.postMessage(undefined);
        }
      `,
    },
    {
      name: 'is a channel of the module',
      code: `
        const channel = new MessageChannel();
        let pending: (() => void) | undefined;
        channel.port1.onmessage = () => pending?.();
        export function schedule(task: () => void): void {
          pending = task;
          channel.port2.postMessage(undefined);
        }
      `,
    },
    {
      name: 'is a channel whose ports are returned',
      code: `
        export function pair(): [MessagePort, MessagePort] {
          const { port1, port2 } = new MessageChannel();
          port1.start();
          return [port1, port2];
        }
      `,
    },
    {
      name: 'is a channel of a scheduler that keeps its ports in fields',
      code: `
        export class Scheduler {
          private port: MessagePort;
          constructor(run: () => void) {
            const channel = new MessageChannel();
            this.port = channel.port2;
            channel.port1.onmessage = run;
          }
          wake(): void {
            this.port.postMessage(undefined);
          }
        }
      `,
    },
    {
      name: 'is a channel whose port goes to an endpoint that serves it',
      code: `
        import * as Comlink from 'comlink';
        export function share(api: object): MessagePort {
          const { port1, port2 } = new MessageChannel();
          Comlink.expose(api, port1);
          return port2;
        }
      `,
    },
    {
      name: 'is a broadcast channel of the module',
      code: `
        const updates = new BroadcastChannel('updates');
        updates.onmessage = event => console.log(event);
        export function publish(update: string): void {
          updates.postMessage(update);
        }
      `,
    },
    {
      name: 'is a broadcast channel that is closed after one message',
      code: `
        export function publish(update: unknown): void {
          const channel = new BroadcastChannel('updates');
          try {
            channel.postMessage(update);
          } finally {
            channel.close();
          }
        }
      `,
    },
    {
      name: 'is a broadcast channel that the returned function closes',
      code: `
        export function listen(handle: (event: MessageEvent) => void): () => void {
          const channel = new BroadcastChannel('updates');
          channel.addEventListener('message', handle);
          return () => channel.close();
        }
      `,
    },
    {
      name: 'is a broadcast channel that is created once',
      code: `
        let channel: BroadcastChannel | undefined;
        export function publish(update: string): void {
          channel ??= new BroadcastChannel('updates');
          channel.postMessage(update);
        }
      `,
    },
    {
      name: 'is the port of a shared worker that a class keeps',
      code: `
        export class Client {
          readonly port: MessagePort;
          constructor(url: URL) {
            const worker = new SharedWorker(url);
            this.port = worker.port;
            this.port.start();
          }
          close(): void {
            this.port.close();
          }
        }
      `,
    },
    {
      name: 'is a channel that a path is made beside, in compiled code',
      code: `
        import path_1 from 'node:path';
        import { MessageChannel } from 'node:worker_threads';
        export function start(folder: string, own: (parts: object) => void): void {
          const { port1, port2 } = new MessageChannel();
          own({ file: (0, path_1.resolve)(folder, 'worker.js'), port: port1, other: port2 });
        }
      `,
    },
    {
      name: 'is a channel of a browser that nothing refers to any more',
      code: `
        export function canTransferStreams(): boolean {
          try {
            const { readable } = new TransformStream();
            const channel = new MessageChannel();
            channel.port1.postMessage(readable, [readable]);
            return true;
          } catch {
            return false;
          }
        }
      `,
    },
    {
      name: 'is a class of the same name that this file declares',
      code: `
        class BroadcastChannel {
          name: string;
          constructor(name: string) {
            this.name = name;
          }
          postMessage(message: unknown): void {
            console.log(this.name, message);
          }
        }
        export function publish(update: string): void {
          const channel = new BroadcastChannel('updates');
          channel.postMessage(update);
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is a broadcast channel of every message',
      code: `
        export function publish(update: string): void {
          const channel = new BroadcastChannel('updates');
                          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [neverReleased]
          channel.postMessage(update);
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            export function publish(update: string): void {
              const channel = new BroadcastChannel('updates');
              try {
                channel.postMessage(update);
              } finally {
                channel.close();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is a broadcast channel that is dropped',
      code: `
        export function publish(update: string): void {
          new BroadcastChannel('updates').postMessage(update);
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [neverReleased]
        }
      `,
      output: null,
    },
    {
      name: 'is a channel of Node that a failure leaves open',
      code: `
        import { BroadcastChannel } from 'node:worker_threads';
        export async function refresh(load: () => Promise<string>): Promise<void> {
          const channel = new BroadcastChannel('changes');
                          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [missedOnException {"release": "\`channel.close\`", "witness": "load()"}]
          channel.postMessage(await load());
          channel.close();
        }
      `,
      output: `
        import { BroadcastChannel } from 'node:worker_threads';
        export async function refresh(load: () => Promise<string>): Promise<void> {
          const channel = new BroadcastChannel('changes');
          try {
            channel.postMessage(await load());
          } finally {
            channel.close();
          }
        }
      `,
    },
    {
      name: 'is a channel that clones and is never closed',
      code: `
        import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
        export function clone(value: unknown): unknown {
          const { port1, port2 } = new MessageChannel();
                                   ~~~~~~~~~~~~~~~~~~~~ [neverReleased]
          port1.postMessage(value);
          return receiveMessageOnPort(port2)?.message;
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
            export function clone(value: unknown): unknown {
              const { port1, port2 } = new MessageChannel();
              try {
                port1.postMessage(value);
                return receiveMessageOnPort(port2)?.message;
              } finally {
                port1.close();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is a shared worker that is asked once',
      code: `
        export async function ask(url: URL): Promise<unknown> {
          const worker = new SharedWorker(url);
                         ~~~~~~~~~~~~~~~~~~~~~ [neverReleased]
          worker.port.start();
          worker.port.postMessage('ask');
          const event = await new Promise<MessageEvent>(resolve =>
            worker.port.addEventListener('message', resolve, { once: true }),
          );
          return event.data;
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            export async function ask(url: URL): Promise<unknown> {
              const worker = new SharedWorker(url);
              try {
                worker.port.start();
                worker.port.postMessage('ask');
                const event = await new Promise<MessageEvent>(resolve =>
                  worker.port.addEventListener('message', resolve, { once: true }),
                );
                return event.data;
              } finally {
                worker.port.close();
              }
            }
          `,
        },
      ],
    },
  ],
});
