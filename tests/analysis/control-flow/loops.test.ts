import { describe, expect, it } from 'vitest';

import { printExits } from './interpretation.js';

describe('a loop', () => {
  it('may run no round', () => {
    expect(
      printExits(`
        const release = await acquire();
        for (const item of items) release();
      `),
    ).toMatchInlineSnapshot(`
      "return: held - acquired 1, ends 2
      return: released - acquired 1, released 2, ends 2"
    `);
  });

  it('of do and while runs one round at least', () => {
    expect(
      printExits(`
        const release = await acquire();
        do release(); while (flag);
      `),
    ).toMatchInlineSnapshot(`"return: released - acquired 1, released 2, ends 2"`);
  });

  it('goes on to the next round after continue', () => {
    expect(
      printExits(`
        for (const item of items) {
          const release = await acquire();
          if (item) continue;
          release();
        }
      `),
    ).toMatchInlineSnapshot(`
      "return: nothing - ends 5
      return: held - acquired 2, breaks 3, ends 5
      return: released - acquired 2, released 4, ends 5
      reacquired 2 - acquired 2, breaks 3"
    `);
  });

  it('is left by break', () => {
    expect(
      printExits(`
        const release = await acquire();
        while (true) {
          if (flag) break;
          if (other) { release(); return; }
        }
        release();
      `),
    ).toMatchInlineSnapshot(`"return: released - acquired 1, released 4, returns 4; or acquired 1, breaks 3, released 6, ends 6"`);
  });

  it('without a condition ends only by a jump', () => {
    expect(
      printExits(`
        const release = await acquire();
        for (;;) items.pop();
      `),
    ).toMatchInlineSnapshot(`""`);
  });

  it('is continued from an inner loop by its label', () => {
    expect(
      printExits(`
        outer: for (const row of items) {
          const release = await acquire();
          for (const item of row) if (item) continue outer;
          release();
        }
      `),
    ).toMatchInlineSnapshot(`
      "return: nothing - ends 5
      return: held - acquired 2, breaks 3, ends 5
      return: released - acquired 2, released 4, ends 5
      reacquired 2 - acquired 2, breaks 3"
    `);
  });

  it('runs to a fixpoint: what one round releases is released in the next', () => {
    expect(
      printExits(`
        let release;
        for (let index = 0; index < items.length; index++) {
          release?.();
          release = await acquire();
        }
        release?.();
      `),
    ).toMatchInlineSnapshot(`
      "return: nothing - ends 6
      return: released - acquired 4, released 6, ends 6"
    `);
  });

  it('evaluates its initialiser, test and update in turn', () => {
    expect(
      printExits(`
        for (let release = await acquire(); flag; release()) other = 1;
      `),
    ).toMatchInlineSnapshot(`
      "return: held - acquired 1, ends 1
      return: released - acquired 1, released 1, ends 1"
    `);
  });

  it('over an asynchronous source fails where the source does', () => {
    expect(
      printExits(`
        const release = await acquire();
        for await (const item of items) other = item;
        release();
      `),
    ).toMatchInlineSnapshot(`
      "throw: held - acquired 1, mayThrow 2
      return: released - acquired 1, released 3, ends 3"
    `);
  });

  it('acquires until it holds', () => {
    expect(
      printExits(`
        while (!gate.tryEnter()) other = 1;
        gate.leave();
      `),
    ).toMatchInlineSnapshot(`"return: released - acquired 1, released 2, ends 2"`);
  });
});
