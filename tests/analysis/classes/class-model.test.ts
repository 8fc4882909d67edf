import type { TSESTree } from '@typescript-eslint/utils';
import { describe, expect, it } from 'vitest';

import { createClasses, type ClassModel, type Classes } from '../../../src/analysis/classes/class-model.js';
import { terminalDisposersOf } from '../../../src/analysis/classes/disposers.js';
import { reachableMethods } from '../../../src/analysis/classes/reachable-methods.js';
import { createVariables } from '../../../src/analysis/scope/variables.js';
import { childrenOf } from '../../../src/analysis/syntax/children.js';
import { inRule, parserSetups, type RuleSurroundings } from '../../support/toy.js';

function inClasses<Answer>(
  lines: readonly string[],
  ask: (classes: Classes, nodes: readonly TSESTree.Node[]) => Answer,
  setup: RuleSurroundings,
): Answer {
  return inRule(
    lines.join('\n'),
    ({ sourceCode }) => {
      return ask(createClasses(sourceCode, createVariables(sourceCode)), nodesIn(sourceCode.ast));

      function nodesIn(node: TSESTree.Node): TSESTree.Node[] {
        return [node, ...childrenOf(node, sourceCode.visitorKeys).flatMap(nodesIn)];
      }
    },
    setup,
  );
}

/** Where the field is used, as `line:method`. */
function usesIn(lines: readonly string[], field: string, setup: RuleSurroundings): (string | undefined)[] {
  return inClasses(
    lines,
    ({ all }) =>
      all.at(-1)?.usesOf(field).map(({ node, method }) => `${node.loc.start.line}:${method?.name ?? '-'}`) ?? [],
    setup,
  );
}

function namesOf(model: ClassModel | undefined): (string | undefined)[] {
  return model?.methods.map(({ name }) => name) ?? [];
}

describe.each(parserSetups)('a class under $name', setup => {
  it('names its methods, accessors and functions in fields', () => {
    const lines = ['class A {', 'constructor() {}', 'get x() {}', '#y() {}', 'z = () => {};', '[Symbol.dispose]() {}', '[k]() {} }'];
    const expected = ['constructor', 'x', '#y', 'z', '[Symbol.dispose]', undefined];
    expect(inClasses(lines, ({ all }) => namesOf(all[0]), setup)).toEqual(expected);
  });

  it('is a function with methods on its prototype', () => {
    const lines = ['function A() { this.x = 1; }', 'A.prototype.m = function () { this.x; };', 'A.prototype = { n() { this.x; } };'];
    expect(inClasses(lines, ({ all }) => namesOf(all[0]), setup)).toEqual(['constructor', 'm', 'n']);
    expect(usesIn(lines, 'x', setup)).toEqual(['1:constructor', '2:m', '3:n']);
  });

  it('uses a field through this, an alias, a closure and a pattern', () => {
    const lines = [
      'class A {',
      'x = 1;',
      'y = this.x;',
      'm() { const self = this; (() => this.x)(); }',
      'n() { const self = this; (function () { self.x; this.x; })(); }',
      'o() { const { x } = this; } }',
    ];
    expect(usesIn(lines, 'x', setup)).toEqual(['4:m', '5:n', '6:o', '3:-']);
  });

  it('leaves out the fields of a class inside it', () => {
    const lines = ['class A { m() { class B { n() { this.x; } } } }'];
    expect(inClasses(lines, ({ all }) => all.map(({ name, fields }) => [name, ...fields]), setup)).toEqual([['A'], ['B', 'x']]);
  });

  it('has what its superclass in the file has', () => {
    const lines = ['class A { m() { this.x; } }', 'class B extends A { n() { this.x; } }'];
    expect(usesIn(lines, 'x', setup)).toEqual(['2:n', '1:m']);
    expect(inClasses(lines, ({ all }) => all.map(({ hasHiddenAncestors }) => hasHiddenAncestors), setup)).toEqual([false, false]);
  });

  it('may have ancestors in other files', () => {
    const lines = ["import { A } from 'a';", 'class B extends A {}', 'class C extends B {}'];
    expect(inClasses(lines, ({ all }) => all.map(({ hasHiddenAncestors }) => hasHiddenAncestors), setup)).toEqual([true, true]);
  });

  it('is around every this that means its instance', () => {
    const lines = ['class A {', 'x = this;', 'static y = this;', 'z = () => this;', 'm() { this; (() => this)(); (function () { this; })(); } }'];
    const found = inClasses(
      lines,
      (classes, nodes) => nodes.filter(node => node.type === 'ThisExpression').map(node => classes.around(node)?.name),
      setup,
    );
    expect(found).toEqual(['A', undefined, 'A', 'A', 'A', undefined]);
  });

  it('ends with its terminal disposers and what they call', () => {
    const lines = [
      'class A { destroy() { this.#free(); } #free() { this.timers(); } stop() {} timers() {} }',
      'class B extends A { _dispose() {} static close() {} shutDown() {} }',
    ];
    const names = inClasses(
      lines,
      ({ all }) => {
        const [first, second] = all;
        const reached = first === undefined ? [] : [...reachableMethods(first, terminalDisposersOf(first))];
        const ends = second === undefined ? [] : terminalDisposersOf(second, ['shutDown']);
        return [reached.map(({ name }) => name), ends.map(({ name }) => name)];
      },
      setup,
    );
    expect(names).toEqual([['destroy', '#free', 'timers'], ['_dispose', 'shutDown', 'destroy']]);
  });
});
