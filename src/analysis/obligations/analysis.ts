import type { TSESLint } from '@typescript-eslint/utils';

import { interpret } from '../control-flow/interpreter.js';
import { TooComplexError } from '../control-flow/machine.js';
import type { AcquireSite, CallNode, Model } from '../control-flow/model.js';
import type { AnalysisFailure, FunctionNode, Outcome } from '../findings.js';
import type { Identity } from '../identity/identity.js';
import type { Variables } from '../scope/variables.js';
import { isFunction } from '../syntax/functions.js';
import type { Types } from '../types/types.js';
import { createFailures } from '../value-flow/failure.js';
import type { ProgramCallees } from '../value-flow/program-callees.js';
import { createSummaries } from '../value-flow/summaries.js';
import type { FoundAcquire, NamedSpecification } from './acquires.js';
import { AcquireMatcher, callsOf } from './acquires.js';
import { ownerOf, withFreshResults } from './fresh-results.js';
import { createModel } from './model.js';
import { createVerdicts } from './verdict.js';
import { callbackVerdict } from './callback-verdict.js';

/** What the analysis of a file's obligations needs. */
export interface ObligationInput {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly identity: Identity;
  readonly variables: Variables;
  readonly types: Types | undefined;
  /** All resources in force. */
  readonly resources: readonly NamedSpecification[];
  /** Those of them that the file's own text can acquire. */
  readonly specifications: readonly NamedSpecification[];
  /** The callees of other files; undefined where only this file counts. */
  readonly callees: ProgramCallees | undefined;
  /** Called when the analysis of one function fails; the run goes on. */
  readonly onFailure: (failure: AnalysisFailure) => void;
}

/** What became of every obligation of a file, in source order. */
export function analyseObligations(input: ObligationInput): Outcome[] {
  const { sourceCode, identity, variables, types, callees, resources } = input;
  const matcher = new AcquireMatcher(input.specifications, identity, variables);
  const calls = callsOf(sourceCode);
  const direct = new Map<CallNode, FoundAcquire>();
  for (const call of calls) {
    const found = matcher.match(call, direct.size);
    if (found !== undefined) {
      direct.set(call, found);
    }
  }
  const summaries = createSummaries(sourceCode, variables, callees);
  const acquires = withFreshResults(direct, {
    calls,
    sourceCode,
    variables,
    identity,
    summaries,
    callees,
    resources,
  });
  if (acquires.size === 0) {
    return [];
  }
  const failures = createFailures(sourceCode, variables, types, callees);
  const model = createModel({ sourceCode, identity, variables, types, failures, summaries, calls, acquires });
  return [...byUnit(acquires)]
    .flatMap(([unit, found]) => analyseUnit(input, model, unit, found))
    .sort((left, right) => left.obligation.acquire.range[0] - right.obligation.acquire.range[0]);
}

/** The acquires by the function in which their duty begins. */
function byUnit(acquires: ReadonlyMap<CallNode, FoundAcquire>): Map<ReturnType<typeof ownerOf>, FoundAcquire[]> {
  const units = new Map<ReturnType<typeof ownerOf>, FoundAcquire[]>();
  for (const found of acquires.values()) {
    const unit = callbackOf(found.site) ?? ownerOf(found.site.node);
    units.set(unit, [...(units.get(unit) ?? []), found]);
  }
  return units;
}

/** The callback that gets the releaser as a parameter. */
function callbackOf({ callback, node }: AcquireSite): FunctionNode | undefined {
  const argument = callback === undefined ? undefined : node.arguments[callback.callback];
  return argument !== undefined && isFunction(argument) ? argument : undefined;
}

function analyseUnit(
  input: ObligationInput,
  model: Model,
  unit: ReturnType<typeof ownerOf>,
  acquires: readonly FoundAcquire[],
): Outcome[] {
  const verdicts = createVerdicts(input.sourceCode, input.variables, model);
  if (unit.type === 'Program') {
    return acquires.map(found => ({
      kind: 'handedOver',
      obligation: verdicts.obligationOf(found, unit, []),
      reason: 'programLifetime',
      node: found.site.node,
    }));
  }
  try {
    // A callback's own releaser is a duty from its first statement on, so each needs a run of its own.
    const own = acquires.filter(({ site }) => site.carrier !== 'callback');
    const interpretation = own.length === 0 ? undefined : interpret(unit, input.sourceCode, model);
    return acquires.map(found => {
      const run = found.site.carrier === 'callback' ? interpret(unit, input.sourceCode, model, { site: found.site }) : interpretation;
      const outcome = verdicts.outcomeOf(found, unit, run);
      return outcome.kind === 'handedOver'
        ? (callbackVerdict(input.sourceCode, input.variables, model, verdicts, found, outcome) ?? outcome)
        : outcome;
    });
  } catch (error) {
    const isLimit = error instanceof TooComplexError;
    if (!isLimit) {
      input.onFailure({ node: unit, error });
    }
    return acquires.map(found => ({
      kind: 'unknown',
      obligation: verdicts.obligationOf(found, unit, []),
      reason: isLimit ? 'tooComplex' : 'analysisFailed',
    }));
  }
}
