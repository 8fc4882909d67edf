import { describe, expect, it } from 'vitest';

import type { Model } from '../../../src/analysis/control-flow/model.js';
import { interpretBody, printExits } from './interpretation.js';

describe('try with finally', () => {
  it('releases on every way', () => {
    expect(
      printExits(`
        const release = await acquire();
        try {
          await work();
          if (flag) return 1;
        } finally {
          release();
        }
      `),
    ).toMatchInlineSnapshot(`
      "throw: released - acquired 1, mayThrow 3, released 6 [promiseMayReject]
      return: released - acquired 1, returns 4, released 6; or acquired 1, released 6, ends 7"
    `);
  });

  it('is left by what finally does', () => {
    expect(
      printExits(`
        const release = await acquire();
        try {
          await work();
        } finally {
          return 1;
        }
      `),
    ).toMatchInlineSnapshot(`"return: held - acquired 1, returns 5; or acquired 1, mayThrow 3, returns 5 [promiseMayReject]"`);
  });

  it('goes on where it was left by break', () => {
    expect(
      printExits(`
        block: try {
          const release = await acquire();
          break block;
        } finally {
          if (flag) throw new Error('late');
        }
        return 1;
      `),
    ).toMatchInlineSnapshot(`
      "throw: held - acquired 2, breaks 3, throws 5
      return: held - acquired 2, breaks 3, returns 7"
    `);
  });
});

describe('try with catch', () => {
  it('goes on after the failure', () => {
    expect(
      printExits(`
        const release = await acquire();
        try {
          await work();
          release();
        } catch (error) {
          items = error;
        }
      `),
    ).toMatchInlineSnapshot(`
      "return: held - acquired 1, mayThrow 3, caught 5, ends 7 [promiseMayReject]
      return: released - acquired 1, released 4, ends 7"
    `);
  });

  it('may throw again', () => {
    expect(
      printExits(`
        const release = await acquire();
        try {
          await work();
        } catch (error) {
          release();
          throw error;
        }
      `),
    ).toMatchInlineSnapshot(`
      "throw: released - acquired 1, mayThrow 3, caught 4, released 5, throws 6 [promiseMayReject]
      return: held - acquired 1, ends 7"
    `);
  });

  it('assumes that the failure is the one that it singles out', () => {
    expect(
      printExits(`
        const release = await acquire();
        try {
          await work();
        } catch (error) {
          if (error.code === 'ENOENT') return;
        }
        release();
      `),
    ).toMatchInlineSnapshot(`
      "return: held - acquired 1, mayThrow 3, caught 4, returns 5 [promiseMayReject] [errorIsSpecial]
      return: released - acquired 1, released 7, ends 7"
    `);
  });

  it('never runs where nothing fails', () => {
    expect(
      printExits(`
        const release = await acquire();
        try {
          items = 1;
        } catch {
          return;
        }
        release();
      `),
    ).toMatchInlineSnapshot(`"return: released - acquired 1, released 7, ends 7"`);
  });
});

describe('nested tries', () => {
  it('release from the inside out', () => {
    expect(
      printExits(`
        const first = await acquire();
        try {
          const second = await acquire();
          try {
            await work();
          } finally {
            second();
          }
        } finally {
          first();
        }
      `),
    ).toMatchInlineSnapshot(`
      "throw: released, released - acquired 1, acquired 3, mayThrow 5, released 7, released 10 [promiseMayReject]
      return: released, released - acquired 1, acquired 3, released 7, released 10, ends 11"
    `);
  });

  it('run a catch, then an outer finally', () => {
    expect(
      printExits(`
        const release = await acquire();
        try {
          try {
            await work();
          } catch (error) {
            await recover(error);
          }
        } finally {
          release();
        }
      `),
    ).toMatchInlineSnapshot(`
      "throw: released - acquired 1, mayThrow 4, caught 5, mayThrow 6, released 9 [promiseMayReject] [promiseMayReject]
      return: released - acquired 1, released 9, ends 10"
    `);
  });

  it('cost a linear number of steps', () => {
    const [five, ten, twenty] = [5, 10, 20].map(questionsAtDepth);
    expect({ five, ten, twenty }).toMatchInlineSnapshot(`
      {
        "five": 19,
        "ten": 34,
        "twenty": 64,
      }
    `);
  });
});

/** How often the interpreter asks whether a call fails, in as many nested tries, each with a return and a finally. */
function questionsAtDepth(depth: number): number {
  let questions = 0;
  const watch = (model: Model): Model => ({
    ...model,
    callFailure(call) {
      questions++;
      return model.callFailure(call);
    },
  });
  const body = Array.from({ length: depth }).reduce<string>(
    inner => `try { if (flag) return work(); ${inner} work(); } finally { work(); }`,
    'work();',
  );
  interpretBody(`const release = await acquire(); ${body} release();`, () => undefined, { watch });
  return questions;
}
