import type { TSESTree } from '@typescript-eslint/utils';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

import { childrenOf } from '../../../src/analysis/syntax/children.js';
import { createTypes, type Types } from '../../../src/analysis/types/types.js';
import { inRule, parserSetups } from '../../support/toy.js';

describe('createTypes', () => {
  it.each(parserSetups)('answers under $name only if there is a program', setup => {
    expect(inRule('a;', ({ sourceCode }) => createTypes(sourceCode) !== undefined, setup)).toBe(
      setup.parser === 'with types',
    );
  });

  it('gives one answerer per file, with the copy of TypeScript that made the program', () => {
    const [first, second] = inRule(
      'a;',
      ({ sourceCode }) => [createTypes(sourceCode), createTypes(sourceCode)],
      { parser: 'with types' },
    );
    expect(first).toBe(second);
    expect(first?.typescript).toBe(ts);
  });
});

describe('the answers about an expression', () => {
  it('name promises', () => {
    const code = `
      async function later() {}
      declare const own: { then(done: () => void): void }, maybe: Promise<1> | undefined, no: { then: 1 }, any: any;
      function each<P extends PromiseLike<1>>(one: P) { yes(one); }
      yes(later()); yes(own); yes(maybe); no(later); no(1); no(any); no(null);
    `;
    expectMarks(code, (types, node) => types.isPromiseLike(node));
  });

  it('name calls that never return', () => {
    const code = `
      declare function fail(): never;
      declare function work(): void;
      yes(fail()); yes(process.exit(1)); no(work()); no(missing());
    `;
    expectMarks(code, (types, node) => types.isNever(node));
  });

  it('name what can be called', () => {
    const code = `
      declare const f: () => void, maybe: (() => void) | undefined, either: (() => void) | string, any: any;
      class A {}
      yes(f); yes(maybe); yes(() => {}); no(either); no(A); no(any); no(undefined);
    `;
    expectMarks(code, (types, node) => types.isCallable(node));
  });

  it('name the types of the default library', () => {
    const code = `
      export {};
      class Map2 extends Map<string, string> {}
      declare const map: Map<string, 1>, readonly: ReadonlyMap<string, 1>, maybe: Set<1> | undefined, either: Set<1> | string;
      namespace Own { export class Set<T> { value!: T } }
      yes(map); yes(new Map2()); yes(maybe); no(readonly); no(either); no(new Own.Set()); no(Map); no([]); no({});
    `;
    expectMarks(code, (types, node) => types.isBuiltin(node, ['Map', 'Set']));
  });

  it('admit to know nothing', () => {
    const code = `
      declare const any: any, unknown: unknown;
      yes(any); yes(missing); yes(any.x()); no(unknown); no(1); no({});
    `;
    expectMarks(code, (types, node) => types.isAny(node));
  });

  it('find the function that a call runs', () => {
    const code = `
      import { imported } from './other.js';
      function own() {}
      const arrow = () => 1;
      class A { method() {} constructor() {} static make() { return new A(); } }
      function over(a: string): void;
      function over(a: number): void;
      function over(a: unknown) {}
      declare function declared(): void;
      yes(own()); yes(arrow()); yes(new A()); yes(A.make().method()); yes(imported());
      no(over(1)); no(declared()); no(JSON.parse('')); no(missing()); no(own); no(1);
    `;
    expectMarks(code, (types, node) => types.signatureDeclaration(node) !== undefined, {
      'other.ts': 'export function imported() { return 1; }',
    });
  });

  it('tell the name and place of a declaration', () => {
    const origins = answers(
      `
        import { reserve } from 'toy';
        yes(reserve);
      `,
      (types, node) => types.originsOf(node),
    );
    expect(origins[0]).toEqual([
      {
        names: new Set(['reserve']),
        package: 'toy',
        file: expect.stringMatching(/node_modules\/toy\/index\.d\.ts$/),
        isGlobal: false,
      },
    ]);
  });
});

type Answer<Result> = (types: Types, node: TSESTree.Node) => Result;

function expectMarks(code: string, is: Answer<boolean>, files: Readonly<Record<string, string>> = {}): void {
  const marks = answers(code, (types, node, expected) => ({ is: is(types, node) ? 'yes' : 'no', expected }), files);
  expect(marks.length).toBeGreaterThan(0);
  expect(marks.map(mark => mark.is)).toEqual(marks.map(mark => mark.expected));
}

function answers<Result>(
  code: string,
  answer: (types: Types, node: TSESTree.Node, expected: string) => Result,
  files: Readonly<Record<string, string>> = {},
): Result[] {
  const typed = parserSetups[3];
  return inRule(
    code,
    ({ sourceCode }) => {
      const types = createTypes(sourceCode);
      if (types === undefined) throw new Error('This file has no types.');
      return marksIn(sourceCode.ast);

      function marksIn(node: TSESTree.Node): Result[] {
        const inner = childrenOf(node, sourceCode.visitorKeys).flatMap(marksIn);
        if (types === undefined || node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return inner;
        const [argument] = node.arguments;
        if (argument === undefined || !['yes', 'no'].includes(node.callee.name)) return inner;
        return [answer(types, argument, node.callee.name), ...inner];
      }
    },
    { ...typed, files: { ...typed.files, ...files } },
  );
}
