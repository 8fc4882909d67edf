import type { TSESTree } from '@typescript-eslint/utils';
import { describe, expect, it } from 'vitest';

import type { ArgumentEffect, CallNode, Failure } from '../../../src/analysis/control-flow/model.js';
import { callsOf } from '../../../src/analysis/obligations/acquires.js';
import { createIdentity } from '../../../src/analysis/identity/identity.js';
import { createVariables } from '../../../src/analysis/scope/variables.js';
import { createProgramCallees } from '../../../src/analysis/summaries/program-callees.js';
import { createTypes } from '../../../src/analysis/types/types.js';
import { createFailures, type Failures } from '../../../src/analysis/value-flow/failure.js';
import { createSummaries, type Summaries } from '../../../src/analysis/value-flow/summaries.js';
import { analyseFile } from '../../../src/file-analysis.js';
import type { ThreadHygieneSettings } from '../../../src/settings.js';
import { inRule, type RuleSurroundings, toyFiles, toyResources } from '../../support/toy.js';

/** A function `f`, exported by `code`. */
export interface CalleeCase<Expected> {
  name: string;
  code: string;
  expected: Expected;
}

/** What the caller of `f()` meets: at the call, and at `await f()`. */
export interface FailureExpectation {
  call: Failure;
  await: Failure;
}

interface Answers {
  failures: Failures;
  summaries: Summaries;
}

/** Whether calling `f`, and waiting for it, may fail. */
export function testFailures(cases: readonly CalleeCase<FailureExpectation>[]): void {
  testTwins(cases, (code, surroundings) =>
    ask(code, 'f(1);', surroundings, ({ failures }, call) => ({
      call: failures.ofCall(call),
      await: failures.ofAwait(call),
    })),
  );
}

/** What `f` does with its first argument: as a handle with `close`, and as a releaser to call. */
export function testEffects(cases: readonly CalleeCase<{ handle: ArgumentEffect; releaser: ArgumentEffect }>[]): void {
  testTwins(cases, (code, surroundings) =>
    ask(code, 'f(it);', surroundings, ({ summaries }, call) => ({
      handle: summaries.ofArgument(call, 0, toyResources.open),
      releaser: summaries.ofArgument(call, 0, toyResources.acquire),
    })),
  );
}

/** Toy resources, and one that is constructed. */
const resources = {
  ...toyResources,
  Connection: {
    ...toyResources.open,
    from: { package: 'toy', export: 'Lock' },
    acquire: [{ how: 'new', obligation: 'result' }],
    release: [{ method: 'drop' }],
  },
} as const satisfies NonNullable<ThreadHygieneSettings['resources']>;

/** Which resource `f()` hands to its caller. */
export function testFreshResults(cases: readonly CalleeCase<string | undefined>[]): void {
  testTwins(cases, (code, surroundings) => {
    const caller = 'export function caller() { const result = f(); }';
    return inRule(
      `${code}\n${caller}`,
      context =>
        analyseFile(context)
          .outcomes(['handle', 'lock'])
          .find(({ obligation }) => obligation.through === 'f')?.obligation.key,
      { ...surroundings, settings: { resources } },
    );
  });
}

/**
 * Runs each case through both implementations: with `f` in the same file and no types, and with `f` in another file of
 * the program.
 */
function testTwins<Expected>(
  cases: readonly CalleeCase<Expected>[],
  answer: (code: string, surroundings: RuleSurroundings) => Expected,
): void {
  describe.each(cases)('$name', ({ code, expected }) => {
    it('in the same file, without types', () => {
      expect(answer(code, { parser: 'TypeScript without types' })).toEqual(expected);
    });

    it('in another file, with types', () => {
      const files = { ...toyFiles, 'callee.ts': code };
      expect(answer("import { f } from './callee.js';", { parser: 'with types', files })).toEqual(expected);
    });
  });
}

function ask<Answer>(
  code: string,
  call: string,
  surroundings: RuleSurroundings,
  read: (answers: Answers, call: TSESTree.CallExpression) => Answer,
): Answer {
  return inRule(
    `${code}\n${call}`,
    ({ sourceCode }) => {
      const variables = createVariables(sourceCode);
      const types = createTypes(sourceCode);
      const callees = types && createProgramCallees(types, []);
      const last: CallNode | undefined = callsOf(sourceCode).findLast(
        ({ callee, parent }) =>
          callee.type === 'Identifier' && callee.name === 'f' && parent.parent?.type === 'Program',
      );
      if (last?.type !== 'CallExpression') throw new Error('The case does not call f.');
      return read(
        {
          failures: createFailures(sourceCode, { variables, identity: createIdentity(sourceCode, { filename: 'case.ts', types }), types, callees }),
          summaries: createSummaries(sourceCode, variables, { isRegistrar: () => false, callees }),
        },
        last,
      );
    },
    surroundings,
  );
}
