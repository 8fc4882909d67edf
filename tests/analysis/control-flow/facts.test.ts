import { describe, expect, it } from 'vitest';

import { TooComplexError } from '../../../src/analysis/control-flow/machine.js';
import { interpretBody, printExits } from './interpretation.js';

describe('a condition', () => {
  it('that is tested once is not remembered', () => {
    expect(
      printExits(`
        if (flag) other = 1;
        return 1;
      `),
    ).toMatchInlineSnapshot(`"return: nothing - returns 2"`);
  });

  it('that is tested again has the same truth', () => {
    expect(
      printExits(`
        const release = flag ? await acquire() : undefined;
        if (flag) release();
      `),
    ).toMatchInlineSnapshot(`
      "return: released; flag is true; flag == undefined is false - acquired 1, released 2, ends 2
      return: nothing; flag is false - ends 2"
    `);
  });

  it('is forgotten once its variable is assigned', () => {
    expect(
      printExits(`
        let release;
        if (flag) release = await acquire();
        flag = other;
        if (flag) release?.();
      `),
    ).toMatchInlineSnapshot(`
      "return: released; flag is true; flag == undefined is false - acquired 2, released 4, ends 4
      return: held; flag is false - acquired 2, ends 4
      return: nothing; flag is true; flag == undefined is false - ends 4
      return: nothing; flag is false - ends 4"
    `);
  });

  it('of a negation has the other truth', () => {
    expect(
      printExits(`
        const release = await acquire();
        if (!flag) release();
        if (flag) release();
      `),
    ).toMatchInlineSnapshot(`
      "return: released; flag is false - acquired 1, released 2, ends 3
      return: released; flag is true; flag == undefined is false - acquired 1, released 3, ends 3"
    `);
  });

  it('of a conjunction is known part by part', () => {
    expect(
      printExits(`
        const release = flag && other ? await acquire() : undefined;
        if (other && flag) release();
      `),
    ).toMatchInlineSnapshot(`
      "return: released; flag is true; flag == undefined is false; other is true; other == undefined is false - acquired 1, released 2, ends 2
      return: nothing; flag is false; other is false - ends 2
      return: nothing; flag is false; other is true; other == undefined is false - ends 2
      return: nothing; flag is true; flag == undefined is false; other is false - ends 2"
    `);
  });

  it('may be a comparison with a constant', () => {
    expect(
      printExits(`
        const release = items === 'one' ? await acquire() : null;
        if (items !== 'one') return;
        release();
      `),
    ).toMatchInlineSnapshot(`
      "return: nothing; items == one is false - returns 2
      return: released; items == one is true; items == one == undefined is false - acquired 1, released 3, ends 3"
    `);
  });

  it('may be kept in a variable', () => {
    expect(
      printExits(`
        const isShared = items.length > 1 && flag;
        if (isShared) await lock.take();
        if (isShared) lock.drop();
      `),
    ).toMatchInlineSnapshot(`
      "return: released - acquired 2, released 3, ends 3
      return: nothing - ends 3"
    `);
  });

  it('of a flag that is set where the lock is taken tells whether it is held', () => {
    expect(
      printExits(`
        let isHeld = false;
        if (items.length > 0) {
          await lock.take();
          isHeld = true;
        }
        if (isHeld) lock.drop();
      `),
    ).toMatchInlineSnapshot(`
      "return: released - acquired 3, released 6, ends 6
      return: nothing - ends 6"
    `);
  });

  it('changes with its variable', () => {
    expect(
      printExits(`
        let count = 0;
        const release = await acquire();
        count++;
        if (count === 1) release();
      `),
    ).toMatchInlineSnapshot(`
      "return: released - acquired 2, released 4, ends 4
      return: held - acquired 2, ends 4"
    `);
  });

  it('may be changed by a closure that somebody else has', () => {
    expect(
      printExits(`
        let isDone = false;
        other(() => { isDone = true; });
        if (isDone) return 1;
        return 2;
      `),
    ).toMatchInlineSnapshot(`
      "throw: nothing - mayThrow 2 [callMayThrow]
      return: nothing - returns 3; or returns 4"
    `);
  });

  it('that has two parts is still tested once', () => {
    expect(
      printExits(`
        if (flag && other) items.pop();
        return 1;
      `),
    ).toMatchInlineSnapshot(`"return: nothing - returns 2"`);
  });

  it('asks the resource itself', () => {
    expect(
      printExits(`
        let release;
        if (flag) release = await acquire();
        if (release !== undefined) release();
      `),
    ).toMatchInlineSnapshot(`
      "return: released - acquired 2, released 3, ends 3
      return: nothing - ends 3"
    `);
  });

  it('asks for its type', () => {
    expect(
      printExits(`
        let release;
        if (flag) release = await acquire();
        if (typeof release === 'function') release();
      `),
    ).toMatchInlineSnapshot(`
      "return: released - acquired 2, released 3, ends 3
      return: nothing - ends 3"
    `);
  });

  it('asks whether an attempt succeeded', () => {
    expect(
      printExits(`
        if (!gate.tryEnter()) return 'busy';
        gate.leave();
      `),
    ).toMatchInlineSnapshot(`
      "return: nothing - acquired 1, returns 1
      return: released - acquired 1, released 2, ends 2"
    `);
  });

  it('asks later whether an attempt succeeded', () => {
    expect(
      printExits(`
        const isIn = gate.tryEnter();
        if (isIn === true) gate.leave();
      `),
    ).toMatchInlineSnapshot(`
      "return: released - acquired 1, released 2, ends 2
      return: nothing - acquired 1, ends 2"
    `);
  });

  it('gives a default where there is nothing', () => {
    expect(
      printExits(`
        const release = items ?? (await acquire());
        if (items == null) release();
      `),
    ).toMatchInlineSnapshot(`
      "return: nothing; items == undefined is false - ends 2
      return: released; items == undefined is true; items is false - acquired 1, released 2, ends 2"
    `);
  });
});

describe('too many conditions', () => {
  const fiveConditions = `
    const release = await acquire();
    if (items.a) items.b();
    if (items.c) items.d();
    if (items.e) items.f();
    if (items.g) items.h();
    if (items.i) items.j();
    if (items.a && items.c && items.e && items.g && items.i) return;
    release();
  `;

  it('are dropped above sixteen paths, which becomes an assumption', () => {
    const assumptions = interpretBody(fiveConditions, ({ exits }) =>
      exits
        .filter(({ kind, path }) => kind === 'return' && path.status.get(0)?.kind === 'held')
        .flatMap(({ path }) => path.trail.assumptions.map(({ kind }) => kind)),
    );
    expect(assumptions).toContain('conditionsDropped');
  });

  it('never leave more than sixteen paths of one kind', () => {
    const count = interpretBody(fiveConditions, ({ exits }) => exits.filter(({ kind }) => kind === 'throw').length);
    expect(count).toBeLessThanOrEqual(16);
  });

  it('end the analysis above 2,000 completions', () => {
    const body = `const release = await acquire(); ${'if (items[0]) { work(); } '.repeat(800)} release();`;
    expect(() => printExits(body)).toThrow(TooComplexError);
  });
});
