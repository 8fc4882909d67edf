import type { TSESTree } from '@typescript-eslint/utils';
import { expect, it } from 'vitest';

import { createIdentity, type Identity } from '../../../src/analysis/identity/identity.js';
import { childrenOf } from '../../../src/analysis/syntax/children.js';
import { createTypes } from '../../../src/analysis/types/types.js';
import { inRule, parserSetups, type RuleSurroundings } from '../../support/toy.js';

/** A question about an expression. */
export type Question = (identity: Identity, node: TSESTree.Node) => boolean;

/** A question about a file in which calls of `yes` and `no` mark the expressions by the expected answer. */
export interface MarkedCase {
  asks: Question;
  code: string;
  filename?: string;
  files?: Readonly<Record<string, string>>;
}

const [espree, espreeWithGlobals, untyped, typed] = parserSetups;

/** The answers must be the same under all four parsers: nothing but the bindings is needed. */
export function byBinding(name: string, marked: MarkedCase): void {
  checkUnder(parserSetups, name, marked);
}

/** The answers need the annotations of TypeScript, not its checker. */
export function byAnnotation(name: string, marked: MarkedCase): void {
  checkUnder([untyped, typed], name, marked);
}

/** The answers need the checker. Without it every answer is `no`. */
export function byType(name: string, marked: MarkedCase): void {
  checkUnder([typed], name, marked);
  it.each([espree, espreeWithGlobals, untyped])(`${name}: not known under $name`, setup => {
    expect(answersTo(marked, setup).filter(answer => answer.is)).toEqual([]);
  });
}

function checkUnder(setups: readonly RuleSurroundings[], name: string, marked: MarkedCase): void {
  it.each(setups)(`${name}, under $name`, setup => {
    checkMarks(marked, setup);
  });
}

function checkMarks(marked: MarkedCase, setup: RuleSurroundings): void {
  const answers = answersTo(marked, setup);
  expect(answers.length).toBeGreaterThan(0);
  expect(answers.map(({ text, is }) => `${is ? 'yes' : 'no'}(${text})`)).toEqual(
    answers.map(({ text, expected }) => `${expected}(${text})`),
  );
}

interface Answer {
  text: string;
  expected: string;
  is: boolean;
}

function answersTo({ asks, code, filename, files }: MarkedCase, setup: RuleSurroundings): Answer[] {
  const surroundings = { ...setup, ...(filename && { filename }), files: { ...setup.files, ...files } };
  return inRule(
    code,
    ({ sourceCode, filename: path }) => {
      const identity = createIdentity(sourceCode, { filename: path, types: createTypes(sourceCode) });
      return marksIn(sourceCode.ast).map(({ expected, node }) => ({
        text: sourceCode.getText(node),
        expected,
        is: asks(identity, node),
      }));

      function marksIn(node: TSESTree.Node): { expected: string; node: TSESTree.Node }[] {
        const inner = childrenOf(node, sourceCode.visitorKeys).flatMap(marksIn);
        if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return inner;
        const [argument] = node.arguments;
        if (argument === undefined || !['yes', 'no'].includes(node.callee.name)) return inner;
        return [{ expected: node.callee.name, node: argument }, ...inner];
      }
    },
    surroundings,
  );
}
