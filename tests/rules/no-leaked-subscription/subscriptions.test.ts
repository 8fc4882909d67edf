import { noLeakedSubscription } from '../../../rules/no-leaked-subscription.js';
import { testRule } from '../../support/rule-tester.js';

const typed = 'only the type of the result says that it ends the subscription';

// Subscriptions whose result ends them.
testRule(noLeakedSubscription, {
  valid: [
    {
      name: 'is ended by the disposer',
      code: `
        interface Store { subscribe(listener: () => void): () => void; }
        export class View {
          #unsubscribe: () => void;
          #renders = 0;
          constructor(store: Store) {
            this.#unsubscribe = store.subscribe(() => { this.#renders += 1; });
          }
          destroy() {
            this.#unsubscribe();
          }
        }
      `,
    },
    {
      name: 'is returned to the caller',
      code: `
        interface Store { subscribe(listener: () => void): () => void; }
        export function connect(store: Store, render: () => void) {
          return store.subscribe(() => { render(); });
        }
      `,
    },
    {
      name: 'is handed to a list of disposables',
      code: `
        interface Disposable { dispose(): void; }
        interface Model { onDidChange(listener: () => void): Disposable; }
        export class View {
          #disposables: Disposable[] = [];
          #renders = 0;
          constructor(model: Model) {
            this.#disposables.push(model.onDidChange(() => { this.#renders += 1; }));
          }
          dispose() {
            for (const disposable of this.#disposables) disposable.dispose();
          }
        }
      `,
    },
    {
      name: 'is made on what the class owns',
      code: `
        class Store {
          #listeners = new Set<() => void>();
          subscribe(listener: () => void): () => void {
            this.#listeners.add(listener);
            return () => { this.#listeners.delete(listener); };
          }
        }
        export class View {
          #store = new Store();
          #model: Store;
          #renders = 0;
          constructor() {
            this.#model = new Store();
            this.#store.subscribe(() => { this.#renders += 1; });
            this.#model.subscribe(() => { this.#renders += 1; });
          }
          destroy() {
            this.#renders = 0;
          }
        }
      `,
    },
    {
      name: 'names a topic and no function',
      code: `
        interface Client { subscribe(topic: string): { unsubscribe(): void }; }
        export class Feed {
          #client: Client;
          constructor(client: Client) {
            this.#client = client;
            client.subscribe('prices');
          }
          close() {
            void this.#client;
          }
        }
      `,
    },
    {
      name: 'gives nothing that could end it',
      code: `
        interface Messenger { subscribe(event: string, handler: () => void): void; }
        export class Controller {
          #changes = 0;
          constructor(messenger: Messenger) {
            messenger.subscribe('Accounts:change', () => { this.#changes += 1; });
          }
          destroy() {
            this.#changes = 0;
          }
        }
      `,
    },
    {
      name: 'gives the sender back, so that calls can be chained',
      code: `
        interface Emitter { on(event: string, handler: () => void): this; dispose(): void; }
        export class Controller {
          #changes = 0;
          constructor(emitter: Emitter) {
            emitter.on('change', () => { this.#changes += 1; });
          }
          destroy() {
            this.#changes = 0;
          }
        }
      `,
    },
    {
      name: 'ends with the component that it is made in',
      code: `
        import { watch } from 'vue';
        interface Props { source: () => number; }
        export class Setup {
          #changes = 0;
          constructor(props: Props) {
            watch(props.source, () => { this.#changes += 1; });
          }
          unmount() {
            this.#changes = 0;
          }
        }
      `,
      files: {
        'node_modules/vue/index.d.ts': 'export function watch(source: () => unknown, callback: () => void): () => void;',
      },
    },
    {
      name: 'is ended by an operator of its stream',
      code: `
        interface Stream {
          pipe(operator: unknown): Stream;
          subscribe(next: () => void): { unsubscribe(): void };
        }
        declare function takeUntil(end: Stream): unknown;
        export class View {
          #renders = 0;
          constructor(stream: Stream, end: Stream) {
            stream.pipe(takeUntil(end)).subscribe(() => { this.#renders += 1; });
          }
          ngOnDestroy() {
            this.#renders = 0;
          }
        }
      `,
    },
    {
      name: 'lives as long as the program',
      code: `
        interface Store { subscribe(listener: () => void): () => void; }
        declare const store: Store;
        let renders = 0;
        store.subscribe(() => { renders += 1; });
        export const count = () => renders;
      `,
    },
    {
      name: 'waits for the end of the sender',
      code: `
        interface Token { onCancellationRequested(listener: () => void): { dispose(): void }; }
        export class Tree {
          #isBusy = false;
          refresh(token: Token) {
            this.#isBusy = true;
            token.onCancellationRequested(() => { this.#isBusy = false; });
          }
          dispose() {
            this.#isBusy = false;
          }
        }
      `,
    },
    {
      name: 'has an injected sender and no second signal',
      code: `
        interface Store { subscribe(listener: () => void): () => void; }
        export class View {
          #renders = 0;
          constructor(store: Store) {
            store.subscribe(() => { this.#renders += 1; });
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is forgotten by the disposer',
      code: `
        interface Store { subscribe(listener: () => void): () => void; }
        export class View {
          #renders = 0;
          constructor(store: Store) {
            store.subscribe(() => { this.#renders += 1; });
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [skippedByDisposer {"noun": "subscription", "disposer": "destroy"}]
          }
          destroy() {
            this.#renders = 0;
          }
        }
      `,
      onlyTyped: typed,
      suggestions: [
        {
          messageId: 'stopInDisposer',
          output: `
            interface Store { subscribe(listener: () => void): () => void; }
            export class View {
              #unsubscribe: () => void;
              #renders = 0;
              constructor(store: Store) {
                this.#unsubscribe = store.subscribe(() => { this.#renders += 1; });
              }
              destroy() {
                this.#unsubscribe();
                this.#renders = 0;
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is a subscription that the disposer leaves in its field',
      code: `
        interface Stream { subscribe(next: () => void): { unsubscribe(): void }; }
        export class View {
          #subscription: { unsubscribe(): void } | undefined;
          #renders = 0;
          attach(stream: Stream) {
            this.#subscription = stream.subscribe(() => { this.#renders += 1; });
                                 ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [skippedByDisposer {"disposer": "ngOnDestroy"}]
          }
          ngOnDestroy() {
            this.#renders = 0;
          }
        }
      `,
      onlyTyped: typed,
      suggestions: [
        {
          messageId: 'stopInDisposer',
          output: `
            interface Stream { subscribe(next: () => void): { unsubscribe(): void }; }
            export class View {
              #subscription: { unsubscribe(): void } | undefined;
              #renders = 0;
              attach(stream: Stream) {
                this.#subscription = stream.subscribe(() => { this.#renders += 1; });
              }
              ngOnDestroy() {
                this.#subscription?.unsubscribe();
                this.#renders = 0;
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is made for every connection, on something that outlives it',
      code: `
        interface Runner { onCancel(listener: () => void): () => void; }
        interface Socket { send(text: string): void; }
        interface Server { on(event: string, handler: (socket: Socket) => void): void; }
        export function serve(server: Server, runner: Runner) {
          server.on('connection', socket => { setUp(socket); });
          function setUp(socket: Socket) {
            runner.onCancel(() => { socket.send('cancelled'); });
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [resultDropped {"host": "the function"}]
          }
        }
      `,
      onlyTyped: typed,
      suggestions: [],
    },
    {
      name: 'is made by a helper of the file that returns a remover',
      code: `
        export function get(url: string, signal: AbortSignal) {
          const request = { url, isAborted: false };
          addAbortListener(signal, () => { request.isAborted = true; });
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [resultDropped {"noun": "subscription"}]
          return fetch(request.url);
        }
        function addAbortListener(signal: AbortSignal, listener: () => void) {
          signal.addEventListener('abort', listener, { once: true });
          return () => { signal.removeEventListener('abort', listener); };
        }
      `,
      suggestions: [],
    },
    {
      name: 'is made by an effect that returns nothing',
      code: `
        import { useEffect, useState } from 'react';
        interface Store { subscribe(listener: () => void): () => void; }
        declare const store: Store;
        export function useRenders() {
          const [renders, setRenders] = useState(0);
          useEffect(() => {
            store.subscribe(() => { setRenders(renders + 1); });
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [missingCleanup]
          }, [renders]);
          return renders;
        }
      `,
      onlyTyped: typed,
      unresolvedImports: 'react is not installed',
      suggestions: [
        {
          messageId: 'returnCleanup',
          output: `
            import { useEffect, useState } from 'react';
            interface Store { subscribe(listener: () => void): () => void; }
            declare const store: Store;
            export function useRenders() {
              const [renders, setRenders] = useState(0);
              useEffect(() => {
                const unsubscribe = store.subscribe(() => { setRenders(renders + 1); });
                return () => {
                  unsubscribe();
                };
              }, [renders]);
              return renders;
            }
          `,
        },
      ],
    },
  ],
});
