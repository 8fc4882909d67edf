import { describe, expect, it } from 'vitest';

import { printExits } from './interpretation.js';

// One test for each kind of statement.
describe('a list of statements', () => {
  it('runs them in order', () => {
    expect(
      printExits(`
        const release = await acquire();
        release();
      `),
    ).toMatchInlineSnapshot(`"return: released - acquired 1, released 2, ends 2"`);
  });

  it('ends where one of them does', () => {
    expect(
      printExits(`
        return;
        const release = await acquire();
      `),
    ).toMatchInlineSnapshot(`"return: nothing - returns 1"`);
  });

  it('throws wherever a call may', () => {
    expect(
      printExits(`
        const release = await acquire();
        work();
        await work();
        release();
        work();
      `),
    ).toMatchInlineSnapshot(`
      "throw: held - acquired 1, mayThrow 2 [callMayThrow]; or acquired 1, mayThrow 3 [promiseMayReject]
      throw: released - acquired 1, released 4, mayThrow 5 [callMayThrow]
      return: released - acquired 1, released 4, ends 5"
    `);
  });
});

describe('an if statement', () => {
  it('splits the path', () => {
    expect(
      printExits(`
        const release = await acquire();
        if (flag) release();
      `),
    ).toMatchInlineSnapshot(`
      "return: released - acquired 1, released 2, ends 2
      return: held - acquired 1, ends 2"
    `);
  });

  it('joins paths that are alike', () => {
    expect(
      printExits(`
        const release = await acquire();
        if (flag) items = []; else items = [1];
        release();
      `),
    ).toMatchInlineSnapshot(`"return: released - acquired 1, released 3, ends 3"`);
  });
});

describe('a return statement', () => {
  it('hands over what it gives', () => {
    expect(
      printExits(`
        const release = await acquire();
        if (flag) return release;
        return;
      `),
    ).toMatchInlineSnapshot(`
      "return: returned - acquired 1, returns 2
      return: held - acquired 1, returns 3"
    `);
  });
});

describe('a throw statement', () => {
  it('ends the path', () => {
    expect(
      printExits(`
        const release = await acquire();
        throw new Error('always');
      `),
    ).toMatchInlineSnapshot(`"throw: held - acquired 1, throws 2"`);
  });

  it('may throw before it throws', () => {
    expect(
      printExits(`
        const release = await acquire();
        throw work();
      `),
    ).toMatchInlineSnapshot(`"throw: held - acquired 1, throws 2; or acquired 1, mayThrow 2 [callMayThrow]"`);
  });
});

describe('a switch statement', () => {
  it('falls from one case into the next', () => {
    expect(
      printExits(`
        const release = await acquire();
        switch (items) {
          case 1:
          case 2:
            release();
          default:
            other = 1;
        }
      `),
    ).toMatchInlineSnapshot(`
      "return: held - acquired 1, ends 8
      return: released - acquired 1, released 5, ends 8"
    `);
  });

  it('may match no case', () => {
    expect(
      printExits(`
        const release = await acquire();
        switch (items) {
          case 1: release(); break;
          case 2: release(); return 2;
        }
      `),
    ).toMatchInlineSnapshot(`
      "return: released - acquired 1, released 4, returns 4; or acquired 1, released 3, breaks 3, ends 5
      return: held - acquired 1, ends 5"
    `);
  });

  it('may be evaluated no further than its discriminant', () => {
    expect(
      printExits(`
        const release = await acquire();
        switch (work()) {
          default: release();
        }
      `),
    ).toMatchInlineSnapshot(`
      "throw: held - acquired 1, mayThrow 2 [callMayThrow]
      return: released - acquired 1, released 3, ends 4"
    `);
  });
});

describe('a labelled statement', () => {
  it('is left by a break to its label', () => {
    expect(
      printExits(`
        const release = await acquire();
        block: {
          if (flag) break block;
          release();
        }
      `),
    ).toMatchInlineSnapshot(`
      "return: held - acquired 1, breaks 3, ends 5
      return: released - acquired 1, released 4, ends 5"
    `);
  });
});

describe('a variable declaration', () => {
  it('takes a resource out of an array', () => {
    expect(
      printExits(`
        const [value, done] = await borrow();
        done();
      `),
    ).toMatchInlineSnapshot(`"return: released - acquired 1, released 2, ends 2"`);
  });

  it('gives another name to a resource', () => {
    expect(
      printExits(`
        const release = await acquire(), alias = release;
        alias();
      `),
    ).toMatchInlineSnapshot(`"return: released - acquired 1, released 2, ends 2"`);
  });

  it('without a value is undefined', () => {
    expect(
      printExits(`
        let release;
        release?.();
        if (release) work();
      `),
    ).toMatchInlineSnapshot(`"return: nothing - ends 3"`);
  });

  it('with using releases what it holds', () => {
    expect(
      printExits(`
        using handle = open();
        work();
      `),
    ).toMatchInlineSnapshot(`
      "throw: released - acquired 1, mayThrow 2 [callMayThrow]
      return: released - acquired 1, ends 2"
    `);
  });
});

describe('a class declaration', () => {
  it('takes over what it captures', () => {
    expect(
      printExits(`
        const release = await acquire();
        class Guard { close() { release(); } }
        return new Guard();
      `),
    ).toMatchInlineSnapshot(`"return: capturedByClosure - acquired 1, returns 3"`);
  });
});

describe('other statements', () => {
  it('do nothing', () => {
    expect(
      printExits(`
        const release = await acquire();
        ;
        debugger;
        function inner() {}
        release();
      `),
    ).toMatchInlineSnapshot(`"return: released - acquired 1, released 5, ends 5"`);
  });
});
