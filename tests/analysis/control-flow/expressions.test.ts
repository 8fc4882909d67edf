import { describe, expect, it } from 'vitest';

import { printExits } from './interpretation.js';

describe('a promise chain', () => {
  it('of finally releases on both outcomes', () => {
    expect(
      printExits(`
        const release = await acquire();
        return work().finally(release);
      `),
    ).toMatchInlineSnapshot(`
      "return: released - acquired 1, released 2, returns 2
      return: released - acquired 1, mayThrow 2, released 2, returns 2 [promiseMayReject]"
    `);
  });

  it('of then releases on one outcome', () => {
    expect(
      printExits(`
        const release = await acquire();
        await work().then(() => release());
      `),
    ).toMatchInlineSnapshot(`
      "throw: held - acquired 1, mayThrow 2 [promiseMayReject]
      return: released - acquired 1, released 2, ends 2"
    `);
  });

  it('of then with two handlers releases on both', () => {
    expect(
      printExits(`
        const release = await acquire();
        await work().then(release, release);
      `),
    ).toMatchInlineSnapshot(`"return: released - acquired 1, released 2, ends 2"`);
  });

  it('of catch, then then, goes on after the failure', () => {
    expect(
      printExits(`
        const release = await acquire();
        await work().catch(() => 1).then(() => release());
      `),
    ).toMatchInlineSnapshot(`"return: released - acquired 1, released 2, ends 2"`);
  });

  it('hands the fulfilled resource to its handler', () => {
    expect(
      printExits(`
        return acquire().then(release => { release(); });
      `),
    ).toMatchInlineSnapshot(`"return: released - acquired 1, released 1, returns 1"`);
  });

  it('throws what the handler throws where it is awaited', () => {
    expect(
      printExits(`
        await acquire().then(async release => { await work(); release(); });
      `),
    ).toMatchInlineSnapshot(`
      "throw: held - acquired 1, mayThrow 1 [promiseMayReject]
      return: released - acquired 1, released 1, ends 1"
    `);
  });
});

describe('a closure', () => {
  it('is run where it is called', () => {
    expect(
      printExits(`
        const release = await acquire();
        const cleanup = () => { release(); };
        cleanup();
      `),
    ).toMatchInlineSnapshot(`"return: released - acquired 1, released 2, ends 3"`);
  });

  it('that is called at once gives what it returns', () => {
    expect(
      printExits(`
        const release = await (async () => acquire())();
        release();
      `),
    ).toMatchInlineSnapshot(`"return: released - acquired 1, released 2, ends 2"`);
  });

  it('may throw where it is called', () => {
    expect(
      printExits(`
        const release = await acquire();
        const cleanup = () => { if (flag) throw new Error('no'); release(); };
        cleanup();
      `),
    ).toMatchInlineSnapshot(`
      "throw: held - acquired 1, throws 2
      return: released - acquired 1, released 2, ends 3"
    `);
  });

  it('of an array method runs before the call returns', () => {
    expect(
      printExits(`
        const release = await acquire();
        items.forEach(item => { other = item; });
        release();
      `),
    ).toMatchInlineSnapshot(`"return: released - acquired 1, released 3, ends 3"`);
  });

  it('of an array method may run or not', () => {
    expect(
      printExits(`
        const release = await acquire();
        items.forEach(item => { release(); });
      `),
    ).toMatchInlineSnapshot(`
      "throw: capturedByClosure - acquired 1, mayThrow 2 [callMayThrow]
      return: capturedByClosure - acquired 1, ends 2"
    `);
  });

  it('that is left early tells where', () => {
    expect(
      printExits(`
        const release = await acquire();
        const cleanup = () => {
          if (flag) return;
          release();
        };
        cleanup();
      `),
    ).toMatchInlineSnapshot(`
      "return: held - acquired 1, breaks 3, ends 6
      return: released - acquired 1, released 4, ends 6"
    `);
  });

  it('that leaves the function takes over what it captures', () => {
    expect(
      printExits(`
        const release = await acquire();
        return () => release();
      `),
    ).toMatchInlineSnapshot(`"return: returned - acquired 1, returns 2"`);
  });

  it('that calls itself is not run again', () => {
    expect(
      printExits(`
        const release = await acquire();
        function retry() { if (flag) retry(); release(); }
        retry();
      `),
    ).toMatchInlineSnapshot(`
      "return: capturedByClosure - acquired 1, ends 3
      return: released - acquired 1, released 2, ends 3"
    `);
  });
});

describe('a yield', () => {
  it('may be where the consumer stops', () => {
    expect(
      printExits(
        `
        const release = await acquire();
        yield 1;
        release();
        yield 2;
      `,
        { head: 'async function* unit(flag)' },
      ),
    ).toMatchInlineSnapshot(`
      "return: held - acquired 1, returns 2 [consumerMayStop]
      return: released - acquired 1, released 3, ends 4; or acquired 1, released 3, returns 4 [consumerMayStop]"
    `);
  });

  it('hands over what it gives', () => {
    expect(
      printExits(
        `
        yield await acquire();
      `,
        { head: 'async function* unit()' },
      ),
    ).toMatchInlineSnapshot(`"return: yielded - acquired 1, ends 1; or acquired 1, returns 1 [consumerMayStop]"`);
  });
});

describe('a value', () => {
  it('that is stored belongs to somebody else', () => {
    expect(
      printExits(`
        items.release = await acquire();
      `),
    ).toMatchInlineSnapshot(`"return: storedInField - acquired 1, ends 1"`);
  });

  it('that is passed to an unknown call belongs to it', () => {
    expect(
      printExits(`
        work(await acquire());
      `),
    ).toMatchInlineSnapshot(`
      "throw: passedToCall - acquired 1, mayThrow 1 [callMayThrow]
      return: passedToCall - acquired 1, ends 1"
    `);
  });

  it('is only borrowed where a property of it is passed', () => {
    expect(
      printExits(`
        const handle = open();
        work(handle.name);
        handle.close();
      `),
    ).toMatchInlineSnapshot(`
      "throw: held - acquired 1, mayThrow 2 [callMayThrow]
      return: released - acquired 1, released 3, ends 3"
    `);
  });

  it('is lost where its only variable is assigned anew', () => {
    expect(
      printExits(`
        let release = await acquire();
        release = null;
      `),
    ).toMatchInlineSnapshot(`"return: overwritten - acquired 1, ends 2"`);
  });

  it('is kept where another variable still holds it', () => {
    expect(
      printExits(`
        let release = await acquire();
        const held = release;
        release = null;
        held();
      `),
    ).toMatchInlineSnapshot(`"return: released - acquired 1, released 4, ends 4"`);
  });

  it('is called by call, apply and a bound copy', () => {
    expect(
      printExits(`
        const [first, second, third] = [await acquire(), 1, 2];
        const release = await acquire();
        const bound = release.bind(null);
        if (flag) release.call(null); else if (other) release.apply(null, []); else bound();
      `),
    ).toMatchInlineSnapshot(`"return: storedInContainer, released - acquired 2, released 4, ends 4"`);
  });

  it('is given by the last expression of a list', () => {
    expect(
      printExits(`
        const release = (other = 1, await acquire());
        return (release(), 1);
      `),
    ).toMatchInlineSnapshot(`"return: released - acquired 1, released 2, returns 2"`);
  });

  it('is given by one of two branches', () => {
    expect(
      printExits(`
        const release = flag ? await acquire() : await acquire();
        release();
      `),
    ).toMatchInlineSnapshot(`
      "return: released - acquired 1, released 2, ends 2
      return: released - acquired 1, released 2, ends 2"
    `);
  });

  it('is not evaluated behind an empty optional chain', () => {
    expect(
      printExits(`
        let nothing;
        nothing?.method(await acquire());
      `),
    ).toMatchInlineSnapshot(`"return: nothing - ends 2"`);
  });
});

describe('an acquire', () => {
  it('in finally releases nothing if the try was left before', () => {
    expect(
      printExits(`
        try {
          await work();
          await lock.take();
        } finally {
          lock.drop();
        }
      `),
    ).toMatchInlineSnapshot(`
      "throw: nothing - mayThrow 2 [promiseMayReject]
      return: released - acquired 3, released 5, ends 6
      acquiredInsideTry 2 - mayThrow 2 [promiseMayReject]"
    `);
  });

  it('is made again by the next round', () => {
    expect(
      printExits(`
        for (const item of items) await lock.take();
      `),
    ).toMatchInlineSnapshot(`
      "return: nothing - ends 1
      return: held - acquired 1, ends 1"
    `);
  });

  it('that nobody awaits is pending', () => {
    expect(
      printExits(`
        acquire();
      `),
    ).toMatchInlineSnapshot(`"return: pending - acquired 1, ends 1"`);
  });

  it('protects work that is returned unfinished', () => {
    expect(
      printExits(`
        const release = await acquire();
        try {
          return new Promise(resolve => { items.once('end', resolve); });
        } finally {
          release();
        }
      `),
    ).toMatchInlineSnapshot(`
      "return: released - acquired 1, returns 3, released 5
      releasedEarly 3 - acquired 1, returns 3, released 5"
    `);
  });

  it('never comes back from a call that never returns', () => {
    expect(
      printExits(`
        const release = await acquire();
        if (flag) process.exit(1);
        release();
      `),
    ).toMatchInlineSnapshot(`"return: released - acquired 1, released 3, ends 3"`);
  });
});
