import type { TSESTree } from '@typescript-eslint/utils';

import { interpret, type Interpretation } from '../../../src/analysis/control-flow/interpreter.js';
import type { Completion, LossEvent } from '../../../src/analysis/control-flow/machine.js';
import type { CallNode, Model } from '../../../src/analysis/control-flow/model.js';
import type { Path, Status, Trail } from '../../../src/analysis/control-flow/path.js';
import { createIdentity } from '../../../src/analysis/identity/identity.js';
import { AcquireMatcher, callsOf, type FoundAcquire } from '../../../src/analysis/obligations/acquires.js';
import { withFreshResults } from '../../../src/analysis/obligations/fresh-results.js';
import { createModel } from '../../../src/analysis/obligations/model.js';
import { createVariables } from '../../../src/analysis/scope/variables.js';
import { isFunction } from '../../../src/analysis/syntax/functions.js';
import { createFailures } from '../../../src/analysis/value-flow/failure.js';
import { createSummaries } from '../../../src/analysis/value-flow/summaries.js';
import { dedent } from '../../support/fixture.js';
import { inRule, toyResources } from '../../support/toy.js';

/** How a function body is interpreted. */
export interface Setting {
  /** Stands between `function` and the body. Default `async function unit(flag, other, items)`. */
  head?: string;
  /** Sees every question that the interpreter asks. */
  watch?: (model: Model) => Model;
}

/**
 * Interprets the body of a function, without types, in which the toys `acquire`, `open`, `borrow`, `Gate` and `Lock` are
 * imported and `lock` and `gate` are instances.
 */
export function interpretBody<Result>(
  body: string,
  read: (interpretation: Interpretation) => Result,
  { head = 'async function unit(flag, other, items)', watch = model => model }: Setting = {},
): Result {
  // Everything stands on the lines of the body, so that the printed lines are its own.
  const imports = `import { acquire, borrow, Gate, Lock, open } from 'toy'; const lock = new Lock(), gate = new Gate();`;
  return inRule(`${head} { ${dedent(body).trimEnd()} } ${imports} export { unit };`, ({ sourceCode, filename }) => {
    const [unit] = sourceCode.ast.body;
    if (unit === undefined || !isFunction(unit)) throw new Error('The head is no function.');
    return read(interpret(unit, sourceCode, watch(modelOf())));

    function modelOf(): Model {
      const variables = createVariables(sourceCode);
      const identity = createIdentity(sourceCode, { filename });
      const resources = Object.entries(toyResources).map(([key, specification]) => ({ key, specification }));
      const matcher = new AcquireMatcher(resources, identity, variables);
      const calls = callsOf(sourceCode);
      const direct = new Map<CallNode, FoundAcquire>();
      for (const call of calls) {
        const found = matcher.match(call, direct.size);
        if (found !== undefined) direct.set(call, found);
      }
      const summaries = createSummaries(sourceCode, variables, { isRegistrar: () => false, callees: undefined });
      const acquires = withFreshResults(direct, {
        calls,
        sourceCode,
        variables,
        identity,
        summaries,
        callees: undefined,
        resources,
      });
      const failures = createFailures(sourceCode, { variables, identity });
      return createModel({ sourceCode, identity, variables, types: undefined, failures, summaries, callees: undefined, calls, acquires, tagged: [] });
    }
  });
}

/**
 * The exits of a function body, one a line: how it is left, the status of each obligation, the facts that are known, and
 * after the dash the steps by their lines, with what they assume in brackets. Events in the middle of a path follow.
 */
export function printExits(body: string, setting?: Setting): string {
  return interpretBody(
    body,
    ({ exits, events }) => [...exits.map(printCompletion), ...events.map(printEvent)].join('\n'),
    setting,
  );
}

function printCompletion({ kind, path }: Completion): string {
  return `${kind}: ${printState(path)} - ${printTrail(path.trail)}`;
}

function printEvent({ kind, witness, trail }: LossEvent): string {
  return `${kind} ${lineOf(witness)} - ${printTrail(trail)}`;
}

function printState({ status, facts }: Path): string {
  const statuses = [...status].sort(([left], [right]) => left - right).map(([, each]) => printStatus(each));
  const truths = [...facts].map(([text, truth]) => `${text} is ${String(truth)}`);
  return [statuses.join(', ') || 'nothing', ...truths].join('; ');
}

function printStatus(status: Status): string {
  return status.kind === 'escaped' ? status.reason : status.kind;
}

function printTrail({ steps, assumptions, others }: Trail): string {
  const way = steps.map(({ kind, node }) => `${kind} ${lineOf(node, kind === 'ends')}`).join(', ') || 'no step';
  const assumed = assumptions.map(({ kind }) => ` [${kind}]`).join('');
  return [`${way}${assumed}`, ...others.map(other => `or ${printTrail(other)}`)].join('; ');
}

function lineOf({ loc }: TSESTree.Node, isEnd = false): string {
  return String(isEnd ? loc.end.line : loc.start.line);
}
