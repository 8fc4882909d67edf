import { noUnreleasedLock } from '../../rules/no-unreleased-lock.js';
import { testRule } from '../support/rule-tester.js';

// Several findings in one function become one edit.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is released in a finally of its own',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const first = new Mutex();
        const second = new Mutex();
        export async function move(text: string) {
          const one = await first.lock();
          try {
            const two = await second.lock();
            try {
              await send(text);
            } finally {
              two();
            }
          } finally {
            one();
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is one of two, one after the other',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const first = new Mutex();
        const second = new Mutex();
        export async function move(text: string) {
          const one = await first.lock();
                            ~~~~~~~~~~~~ [missedOnException {}]
          await send(text);
          one();
          const two = await second.lock();
                            ~~~~~~~~~~~~~ [missedOnException {}]
          await send(text);
          two();
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const first = new Mutex();
        const second = new Mutex();
        export async function move(text: string) {
          const one = await first.lock();
          try {
            await send(text);
          } finally {
            one();
          }
          const two = await second.lock();
          try {
            await send(text);
          } finally {
            two();
          }
        }
      `,
    },
    {
      name: 'is one of two in each other that both end with the function',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function read(text: string): Promise<string>;
        const first = new Mutex();
        const second = new Mutex();
        export async function move(text: string) {
          const one = await first.lock();
                            ~~~~~~~~~~~~ [missedOnReturn {}]
          const name = await read(text);
          const two = await second.lock();
                            ~~~~~~~~~~~~~ [missedOnException {}]
          const value = await read(name);
          if (value === '') {
            two();
            return undefined;
          }
          two();
          one();
          return value;
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function read(text: string): Promise<string>;
        const first = new Mutex();
        const second = new Mutex();
        export async function move(text: string) {
          const one = await first.lock();
          try {
            const name = await read(text);
            const two = await second.lock();
            let value;
            try {
              value = await read(name);
              if (value === '') {
                return undefined;
              }
            } finally {
              two();
            }
            return value;
          } finally {
            one();
          }
        }
      `,
    },
    {
      name: 'is one of two that are released in the order of their acquires',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const first = new Mutex();
        const second = new Mutex();
        export async function move(text: string) {
          const one = await first.lock();
                            ~~~~~~~~~~~~ [missedOnException {}]
          await send(text);
          const two = await second.lock();
                            ~~~~~~~~~~~~~ [missedOnException {}]
          await send(text);
          one();
          await send(text);
          two();
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            declare function send(text: string): Promise<void>;
            const first = new Mutex();
            const second = new Mutex();
            export async function move(text: string) {
              const one = await first.lock();
              let two;
              try {
                await send(text);
                two = await second.lock();
                await send(text);
              } finally {
                one();
              }
              await send(text);
              two();
            }
          `,
        },
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            declare function send(text: string): Promise<void>;
            const first = new Mutex();
            const second = new Mutex();
            export async function move(text: string) {
              const one = await first.lock();
              await send(text);
              const two = await second.lock();
              try {
                await send(text);
                one();
                await send(text);
              } finally {
                two();
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is one of two, the inner one with a try of its own',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const first = new Mutex();
        const second = new Mutex();
        export async function move(text: string) {
          const one = await first.lock();
                            ~~~~~~~~~~~~ [missedOnException {}]
          const two = await second.lock();
                            ~~~~~~~~~~~~~ [missedOnException {}]
          await send(text);
          try {
            await send(text);
          } finally {
            two();
          }
          one();
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const first = new Mutex();
        const second = new Mutex();
        export async function move(text: string) {
          const one = await first.lock();
          try {
            const two = await second.lock();
            try {
              await send(text);
              await send(text);
            } finally {
              two();
            }
          } finally {
            one();
          }
        }
      `,
    },
    {
      name: 'is one of twelve in each other',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutexes = {
          a: new Mutex(), b: new Mutex(), c: new Mutex(), d: new Mutex(), e: new Mutex(), f: new Mutex(),
          g: new Mutex(), h: new Mutex(), i: new Mutex(), j: new Mutex(), k: new Mutex(), l: new Mutex(),
        };
        export async function move(text: string) {
          const a = await mutexes.a.lock();
                          ~~~~~~~~~~~~~~~~ [missedOnException {}]
          const b = await mutexes.b.lock();
                          ~~~~~~~~~~~~~~~~ [missedOnException {}]
          const c = await mutexes.c.lock();
                          ~~~~~~~~~~~~~~~~ [missedOnException {}]
          const d = await mutexes.d.lock();
                          ~~~~~~~~~~~~~~~~ [missedOnException {}]
          const e = await mutexes.e.lock();
                          ~~~~~~~~~~~~~~~~ [missedOnException {}]
          const f = await mutexes.f.lock();
                          ~~~~~~~~~~~~~~~~ [missedOnException {}]
          const g = await mutexes.g.lock();
                          ~~~~~~~~~~~~~~~~ [missedOnException {}]
          const h = await mutexes.h.lock();
                          ~~~~~~~~~~~~~~~~ [missedOnException {}]
          const i = await mutexes.i.lock();
                          ~~~~~~~~~~~~~~~~ [missedOnException {}]
          const j = await mutexes.j.lock();
                          ~~~~~~~~~~~~~~~~ [missedOnException {}]
          const k = await mutexes.k.lock();
                          ~~~~~~~~~~~~~~~~ [missedOnException {}]
          const l = await mutexes.l.lock();
                          ~~~~~~~~~~~~~~~~ [missedOnException {}]
          await send(text);
          l();
          k();
          j();
          i();
          h();
          g();
          f();
          e();
          d();
          c();
          b();
          a();
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const mutexes = {
          a: new Mutex(), b: new Mutex(), c: new Mutex(), d: new Mutex(), e: new Mutex(), f: new Mutex(),
          g: new Mutex(), h: new Mutex(), i: new Mutex(), j: new Mutex(), k: new Mutex(), l: new Mutex(),
        };
        export async function move(text: string) {
          const a = await mutexes.a.lock();
          try {
            const b = await mutexes.b.lock();
            try {
              const c = await mutexes.c.lock();
              try {
                const d = await mutexes.d.lock();
                try {
                  const e = await mutexes.e.lock();
                  try {
                    const f = await mutexes.f.lock();
                    try {
                      const g = await mutexes.g.lock();
                      try {
                        const h = await mutexes.h.lock();
                        try {
                          const i = await mutexes.i.lock();
                          try {
                            const j = await mutexes.j.lock();
                            try {
                              const k = await mutexes.k.lock();
                              try {
                                const l = await mutexes.l.lock();
                                try {
                                  await send(text);
                                } finally {
                                  l();
                                }
                              } finally {
                                k();
                              }
                            } finally {
                              j();
                            }
                          } finally {
                            i();
                          }
                        } finally {
                          h();
                        }
                      } finally {
                        g();
                      }
                    } finally {
                      f();
                    }
                  } finally {
                    e();
                  }
                } finally {
                  d();
                }
              } finally {
                c();
              }
            } finally {
              b();
            }
          } finally {
            a();
          }
        }
      `,
    },
    {
      name: 'is one of two in functions that stand in each other',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const first = new Mutex();
        const second = new Mutex();
        export async function move(text: string) {
          const one = await first.lock();
                            ~~~~~~~~~~~~ [missedOnException {}]
          const inner = async () => {
            const two = await second.lock();
                              ~~~~~~~~~~~~~ [missedOnException {}]
            await send(text);
            two();
          };
          await inner();
          one();
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const first = new Mutex();
        const second = new Mutex();
        export async function move(text: string) {
          const one = await first.lock();
          try {
            const inner = async () => {
              const two = await second.lock();
              try {
                await send(text);
              } finally {
                two();
              }
            };
            await inner();
          } finally {
            one();
          }
        }
      `,
    },
    {
      name: 'is one of two of which only one can be repaired',
      code: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const first = new Mutex();
        const second = new Mutex();
        export async function move(text: string) {
          const one = await first.lock();
                            ~~~~~~~~~~~~ [missedOnException {}]
          await send(text);
          one();
          await second.lock();
                ~~~~~~~~~~~~~ [handleDropped {}]
          await send(text);
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        declare function send(text: string): Promise<void>;
        const first = new Mutex();
        const second = new Mutex();
        export async function move(text: string) {
          const one = await first.lock();
          try {
            await send(text);
          } finally {
            one();
          }
          await second.lock();
          await send(text);
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from '@livekit/mutex';
            declare function send(text: string): Promise<void>;
            const first = new Mutex();
            const second = new Mutex();
            export async function move(text: string) {
              const one = await first.lock();
              await send(text);
              one();
              const release = await second.lock();
              try {
                await send(text);
              } finally {
                release();
              }
            }
          `,
        },
      ],
    },
  ],
});
