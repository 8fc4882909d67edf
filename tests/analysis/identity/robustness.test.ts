import type { TSESTree } from '@typescript-eslint/utils';
import { describe, expect, it } from 'vitest';

import { createIdentity } from '../../../src/analysis/identity/identity.js';
import type { Source } from '../../../src/analysis/specification.js';
import { childrenOf } from '../../../src/analysis/syntax/children.js';
import { createTypes } from '../../../src/analysis/types/types.js';
import { inRule, parserSetups, type RuleSurroundings } from '../../support/toy.js';

const sources: readonly Source[] = [
  { package: 'toy', export: 'Lock', instances: [{ call: 'open', argument: 0 }] },
  { global: 'navigator.locks' },
  { file: 'case.ts', export: 'default' },
];

/** How many of the nodes of `code` are an export or an instance of one of the sources. Asks about every node. */
function countMatches(code: string, setup: RuleSurroundings): number {
  return inRule(
    code,
    ({ sourceCode, filename }) => {
      const identity = createIdentity(sourceCode, { filename, types: createTypes(sourceCode) });
      const nodes = [sourceCode.ast, ...below(sourceCode.ast)];
      return nodes.filter(node =>
        sources.some(
          source =>
            identity.isExport(node, source) || identity.isInstance(node, source) || identity.isSibling(node, source, 'nothing'),
        ),
      ).length;

      function below(node: TSESTree.Node): TSESTree.Node[] {
        return childrenOf(node, sourceCode.visitorKeys).flatMap(child => [child, ...below(child)]);
      }
    },
    setup,
  );
}

describe.each(parserSetups)('identity under $name', setup => {
  it('survives definitions that go round in circles', () => {
    const code = `
      var a = b, b = c, c = a;
      let x = x.next ?? x; x = x(); x = x[0];
      class A extends B { f = this.f; get g() { return this.g; } m() { return this.m().m(); } }
      class B extends A {}
      function f() { return g(); } function g() { return f() ?? g; }
      const o = { ...o, p: o.p, get q() { return this.q; } };
      const m = new Map(); m.set('a', m.get('b')); m.set('b', m.get('a'));
      for (const i of i) i;
      const list = [...list, list[0]];
      let deep = {}; deep = { ...deep, ...(a ?? deep), inner: deep.inner }; deep.inner.inner;
      const [d = d] = d, { e = e } = e;
    `;
    expect(countMatches(code, setup)).toBe(0);
  });

  it('survives syntax that denotes nothing', () => {
    const code = `
      export default class { static { this; super.x; } [computed] = 1; static async *[Symbol.iterator]() {} }
      export * from 'toy'; export * as ns from 'toy'; import {} from 'toy'; import 'toy';
      label: for (;;) { break label; }
      for (const k in {}) k; for (var v of [,]) v;
      ({ set s(v) {}, __proto__: null, async *g() {}, 1: 1, 'a b': 2, [x]: 3 });
      \`\${tag\`x\`}\`; import.meta.url; /x/v; 1n; [, ...[]]; (function () {})(); (() => {})?.();
      try {} catch {} try {} catch ({ message }) { message; }
      new (class {})(); new X; require(); require(...a); import(x); this; this.x; a?.[b]?.c; delete a.b; void 0; typeof a;
      [a.b, ...c.d] = e; ({ a: this.b, ...this.c } = d); a.b ??= c; a &&= b; a += 1; a++;
      Object.freeze(); Array.from(); Promise.all(1); Promise.resolve(); Object.values(1);
    `;
    expect(countMatches(code, setup)).toBeGreaterThanOrEqual(0);
  });

  it('answers where everything depends on everything', () => {
    const count = 40;
    const names = Array.from({ length: count }, (_, index) => `v${index}`);
    const code = names.map(name => `let ${name} = ${names.map(other => `${other}.m()`).join(' ?? ')};`).join('\n');
    expect(countMatches(code, { ...setup, parser: setup.parser === 'with types' ? 'TypeScript without types' : setup.parser })).toBe(0);
  });

  it('answers in time where choices multiply', () => {
    const doubled = Array.from({ length: 60 }, (_, index) => `const v${index + 1} = v${index} ?? [v${index}, v${index}][i];`);
    const code = `import { Lock } from 'toy'; const v0 = new Lock();\n${doubled.join('\n')}`;
    expect(countMatches(code, { ...setup, parser: 'JavaScript' })).toBeGreaterThan(60);
  });

  it('answers chains of any length', () => {
    const chain = `a${'.b()'.repeat(400)}`;
    const aliases = Array.from({ length: 400 }, (_, index) => `const v${index + 1} = v${index};`).join('\n');
    expect(countMatches(`${chain};\nconst v0 = 1;\n${aliases}`, { ...setup, parser: 'JavaScript' })).toBe(0);
  });
});

describe.each(parserSetups.filter(({ parser }) => parser !== 'JavaScript'))('identity of types under $name', setup => {
  it('survives types that go round in circles', () => {
    const code = `
      type A = B; type B = A; type C = C[]; interface D extends D { d: D } interface E extends F {} interface F extends E {}
      declare const a: A, c: C, d: D, e: E, f: typeof f, r: ReturnType<typeof r>, i: InstanceType<A>;
      a; c[0]; d.d.d; e; f; r; i; new (class<T extends T> { x!: T })().x; e.x;
      function g(this: void, ...rest: [a: A, b?: B, ...c: C[]]): asserts rest is never { rest[0]; }
      enum G { a } namespace H { export const h = H.h; } declare module 'x' { } declare global { var z: any; }
      import I = H.h; import type { J } from 'toy'; export = K; abstract class K { abstract k: K; accessor l = this.k; [key: string]: any }
      let u: unique symbol, k: keyof A, t: A extends infer U ? U : never, m: { [P in keyof A]: A[P] }, s: \`x\${string}\`, q: import('x');
      u; k; t; m; s; q; (a as const); (<any>a)!; a satisfies A; type L = { new (): A; (): B; get l(): L; readonly [x: string]: L };
    `;
    expect(countMatches(code, setup)).toBeGreaterThanOrEqual(0);
  });
});
