import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { describe, expect, it } from 'vitest';

import { createVariables } from '../../../src/analysis/scope/variables.js';
import { childrenOf } from '../../../src/analysis/syntax/children.js';
import { inRule, parserSetups, type RuleSurroundings } from '../../support/toy.js';

/** For each identifier called `name`, in source order: the line of the variable it belongs to, or that it is a global. */
function meanings(code: string, name: string, setup: RuleSurroundings): (number | 'global' | undefined)[] {
  return inRule(
    code,
    ({ sourceCode }) => {
      const variables = createVariables(sourceCode);
      return identifiersCalled(name, sourceCode).map(identifier => {
        if (variables.isUnshadowedGlobal(identifier)) return 'global';
        return lineOf(variables.of(identifier));
      });
    },
    setup,
  );
}

/** For each identifier `here`, in source order: the line of the variable that `name` means there. */
function lineOfName(code: string, name: string, setup: RuleSurroundings): (number | undefined)[] {
  return inRule(
    code,
    ({ sourceCode }) => {
      const variables = createVariables(sourceCode);
      return identifiersCalled('here', sourceCode).map(place => lineOf(variables.named(name, place)));
    },
    setup,
  );
}

function lineOf(variable: TSESLint.Scope.Variable | undefined): number | undefined {
  return variable?.identifiers[0]?.loc.start.line;
}

function identifiersCalled(name: string, { ast, visitorKeys }: TSESLint.SourceCode): TSESTree.Identifier[] {
  return identifiersIn(ast).filter(identifier => identifier.name === name);

  function identifiersIn(node: TSESTree.Node): TSESTree.Identifier[] {
    const inner = childrenOf(node, visitorKeys).flatMap(identifiersIn);
    return node.type === 'Identifier' ? [node, ...inner] : inner;
  }
}

describe.each(parserSetups)('a variable under $name', setup => {
  it('is the one of the nearest scope', () => {
    const code = ['const a = 1;', 'a;', '{', 'let a = 2;', 'a;', '}', 'function f(a) { return a; }', '(() => a)();'].join('\n');
    expect(meanings(code, 'a', setup)).toEqual([1, 1, 4, 4, 7, 7, 1]);
  });

  it('is a global where no declaration shadows it', () => {
    const code = ['Worker;', 'function f(Worker) { Worker; }', '{ class Worker {} Worker; }', 'Worker;'].join('\n');
    expect(meanings(code, 'Worker', setup)).toEqual(['global', 2, 2, 3, 3, 'global']);
  });

  it('is an import and not the global of that name', () => {
    expect(meanings("import { Worker } from 'bullmq';\nWorker;", 'Worker', setup)).toContain(1);
    expect(meanings("import { Worker } from 'bullmq';\nWorker;", 'Worker', setup)).not.toContain('global');
  });

  it('is not the arguments object', () => {
    expect(meanings('function f() { return arguments; }', 'arguments', setup)).toEqual([undefined]);
  });

  it('is known by its name from every place that sees it', () => {
    const code = ['const a = 1;', '{ here; }', 'function f(a) {', '{ here; }', '}', '{', '{ const a = 2; }', 'here;', '}'].join('\n');
    expect(lineOfName(code, 'a', setup)).toEqual([1, 3, 1]);
    expect(lineOfName(code, 'b', setup)).toEqual([undefined, undefined, undefined]);
  });
});
