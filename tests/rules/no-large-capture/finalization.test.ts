import { noLargeCapture } from '../../../rules/no-large-capture.js';
import { testRule } from '../../support/rule-tester.js';

testRule(noLargeCapture, {
  valid: [
    {
      name: 'is held through a WeakRef',
      code: `
        const registry = new FinalizationRegistry<WeakRef<ReadableStream>>(held => { void held.deref()?.cancel(); });
        export function wrap(inner: { stream: ReadableStream }): object {
          const response = { inner: {} };
          response.inner = inner;
          registry.register(response, new WeakRef(inner.stream));
          return response;
        }
      `,
    },
    {
      name: 'is a number that the cleanup is given',
      code: `
        declare function free(pointer: number): void;
        const registry = new FinalizationRegistry<number>(pointer => { free(pointer); });
        export class Handle {
          constructor(readonly pointer: number) {
            registry.register(this, this.pointer, this);
          }
        }
      `,
      typescriptOnly: 'a parameter property',
    },
    {
      name: 'is an object of its own that does not know the target',
      code: `
        const registry = new FinalizationRegistry<{ close(): void }>(held => { held.close(); });
        export function open(connect: () => { close(): void }): object {
          const connection = connect();
          const handle = { isOpen: true };
          registry.register(handle, connection);
          return handle;
        }
      `,
    },
    {
      name: 'is registered with a class of the file by the same name',
      code: `
        class FinalizationRegistry {
          register(_target: object, _held: object): void {}
        }
        const registry = new FinalizationRegistry();
        export function open(): object {
          const handle = {};
          registry.register(handle, { handle });
          return handle;
        }
      `,
    },
    {
      name: 'is a cleanup that captures something else',
      code: `
        const registry = new FinalizationRegistry<() => void>(cleanUp => { cleanUp(); });
        export function open(path: string): object {
          const handle = {};
          registry.register(handle, () => { console.log(path); });
          return handle;
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is written into the held value',
      code: `
        const registry = new FinalizationRegistry<{ handle: object }>(held => { console.log(held); });
        export function open(): object {
          const handle = {};
          registry.register(handle, { handle });
                                    ~~~~~~~~~~ [heldValueIsTarget {"witness": "handle"}]
          return handle;
        }
      `,
      output: null,
    },
    {
      name: 'is captured by the cleanup that is held',
      code: `
        const registry = new FinalizationRegistry<() => void>(cleanUp => { cleanUp(); });
        export class Session {
          constructor() {
            registry.register(this, () => { this.close(); });
                                    ~~~~~~~~~~~~~~~~~~~~~~~ [heldValueIsTarget {"witness": "this"}]
          }
          close(): void {}
        }
      `,
      output: null,
    },
    {
      name: 'is bound by the cleanup that is held',
      code: `
        export class Session {
          static readonly registry = new FinalizationRegistry<() => void>(cleanUp => { cleanUp(); });
          constructor() {
            Session.registry.register(this, this.close.bind(this));
                                            ~~~~~~~~~~~~~~~~~~~~~ [heldValueIsTarget]
          }
          close(): void {}
        }
      `,
      output: null,
    },
    {
      name: 'is captured by a constant that is held',
      code: `
        const registry = new FinalizationRegistry<() => void>(cleanUp => { cleanUp(); });
        export function open(): object {
          const handle = { close(): void {} };
          const cleanUp = (): void => { handle.close(); };
          registry.register(handle, cleanUp);
                                    ~~~~~~~ [heldValueIsTarget {"node": "cleanUp"}]
          return handle;
        }
      `,
      output: null,
    },
    {
      name: 'is made of the stream that is held',
      code: `
        let registry: FinalizationRegistry<ReadableStream>;
        registry = new FinalizationRegistry(stream => {
          if (!stream.locked) void stream.cancel('collected');
        });
        export function wrap(inner: { body: { stream: ReadableStream } }): object {
          const response = { state: {} };
          response.state = inner;
          registry.register(response, inner.body.stream);
                                      ~~~~~~~~~~~~~~~~~ [heldValueIsPart {"node": "inner.body.stream", "witness": "response"}]
          return response;
        }
      `,
      suggestions: [
        {
          messageId: 'holdWeakRef',
          output: `
            let registry: FinalizationRegistry<WeakRef<ReadableStream>>;
            registry = new FinalizationRegistry(streamRef => {
              const stream = streamRef.deref();
              if (stream === undefined) return;
              if (!stream.locked) void stream.cancel('collected');
            });
            export function wrap(inner: { body: { stream: ReadableStream } }): object {
              const response = { state: {} };
              response.state = inner;
              registry.register(response, new WeakRef(inner.body.stream));
              return response;
            }
          `,
        },
      ],
    },
  ],
});
