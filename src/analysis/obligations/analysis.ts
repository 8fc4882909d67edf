import type { TSESLint } from '@typescript-eslint/utils';

import { interpret } from '../control-flow/interpreter.js';
import { TooComplexError } from '../control-flow/machine.js';
import type { AcquireSite, CallNode, Model } from '../control-flow/model.js';
import type { AnalysisFailure, FunctionNode, Outcome } from '../findings.js';
import { createClasses } from '../classes/class-model.js';
import type { Identity } from '../identity/identity.js';
import type { CallPattern } from '../specification.js';
import { isFunction } from '../syntax/functions.js';
import type { Types } from '../types/types.js';
import { createFailures } from '../value-flow/failure.js';
import type { ProgramCallees } from '../value-flow/program-callees.js';
import { createSummaries } from '../value-flow/summaries.js';
import type { FoundAcquire, NamedSpecification } from './acquires.js';
import { AcquireMatcher, callsOf } from './acquires.js';
import { withFactoryResults } from './factory-results.js';
import { ownerOf, withFreshResults } from './fresh-results.js';
import { borrowVerdict } from './borrow-verdict.js';
import { withContainerDrops } from './container-drops.js';
import { withErasedOwner } from './erased-owner.js';
import { withOwnerClasses } from './owner-classes.js';
import { withOwnerLife } from './owner-life.js';
import { createModel } from './model.js';
import { withOwner } from './owner-verdict.js';
import { runsOnce } from './program-code.js';
import type { TaggedParameter } from './tagged-parameters.js';
import { taggedParameters } from './tagged-parameters.js';
import { createVerdicts } from './verdict.js';
import { withSettlements } from './settlement-verdict.js';
import { isThread, withThreadLife } from './thread-life.js';
import type { ScriptSurroundings } from './worker-script.js';
import { callbackVerdict } from './callback-verdict.js';

/** What the analysis of a file's obligations needs. */
export interface ObligationInput extends ScriptSurroundings {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly identity: Identity;
  readonly types: Types | undefined;
  /** All resources in force. */
  readonly resources: readonly NamedSpecification[];
  /** Those of them that the file's own text can acquire. */
  readonly specifications: readonly NamedSpecification[];
  /** Calls that take ownership of whatever is passed to them. */
  readonly registrars: readonly CallPattern[];
  /** Further names of terminal disposers. */
  readonly disposers: readonly string[];
  /** Whether the module code of the file is where the program starts. */
  readonly isEntry: boolean;
  /** The callees of other files; undefined where only this file counts. */
  readonly callees: ProgramCallees | undefined;
  /** Called when the analysis of one function, or of what all of them need, fails; the run goes on. */
  readonly onFailure: (failure: AnalysisFailure) => void;
}

/** What became of every obligation of a file, in source order. */
export function analyseObligations(input: ObligationInput): Outcome[] {
  try {
    return outcomesOf(input);
  } catch (error) {
    input.onFailure({ node: input.sourceCode.ast, error });
    return [];
  }
}

function outcomesOf(input: ObligationInput): Outcome[] {
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
  const isRegistrar = (call: CallNode) => input.registrars.some(pattern => identity.isCallOf(call, pattern));
  const summaries = createSummaries(sourceCode, variables, { isRegistrar, callees });
  const classes = createClasses(sourceCode, variables);
  const surroundings = { ...input, calls, summaries, classes };
  const handed = withOwners(withFreshResults(direct, surroundings), surroundings);
  const acquires = withFactoryResults(handed, calls, input.specifications, { identity, variables });
  const tagged = taggedParameters(acquires, { sourceCode, variables, identity, resources });
  if (acquires.size + tagged.length === 0) {
    return [];
  }
  const failures = createFailures(sourceCode, { variables, identity, types, callees });
  const model = createModel({ sourceCode, identity, variables, types, failures, summaries, callees, calls, acquires, tagged });
  const isProgramCode = ({ node }: AcquireSite) => input.isEntry && runsOnce(node, calls, variables);
  const unitOf = ({ site }: FoundAcquire) =>
    callbackOf(site) ?? (isProgramCode(site) ? sourceCode.ast : ownerOf(site.node));
  const isOwned = ({ ownership }: TaggedParameter) => ownership === 'owns';
  const duties = [...acquires.values(), ...tagged.filter(isOwned)];
  return [...byUnit(duties, unitOf)]
    .flatMap(([unit, found]) => analyseUnit(input, model, unit, found))
    .concat(tagged.flatMap(parameter => (isOwned(parameter) ? [] : contradictionOf(input, model, parameter))))
    .sort((left, right) => left.obligation.acquire.range[0] - right.obligation.acquire.range[0]);
}

const maximumOwners = 3;

/** Classes own what functions hand over, and functions hand over what instances own. */
function withOwners(
  acquires: ReadonlyMap<CallNode, FoundAcquire>,
  surroundings: Parameters<typeof withFreshResults>[1] & Parameters<typeof withOwnerClasses>[1],
): Map<CallNode, FoundAcquire> {
  let all = new Map(acquires);
  for (let round = 0; round < maximumOwners; round++) {
    const found = withOwnerClasses(all, surroundings);
    if (found.size === all.size) {
      break;
    }
    all = withFreshResults(found, surroundings);
  }
  return all;
}

type Unit = ReturnType<typeof ownerOf>;

/** The acquires by the function in which their duty begins. */
function byUnit(
  acquires: readonly FoundAcquire[],
  unitOf: (found: FoundAcquire) => Unit,
): Map<Unit, FoundAcquire[]> {
  const units = new Map<Unit, FoundAcquire[]>();
  for (const found of acquires) {
    const unit = unitOf(found);
    units.set(unit, [...(units.get(unit) ?? []), found]);
  }
  return units;
}

/** The function that gets the resource, or its releaser, as a parameter. */
function callbackOf({ callback, node }: AcquireSite): FunctionNode | undefined {
  if (node.type === 'Identifier') {
    const owner = ownerOf(node);
    return owner.type === 'Program' ? undefined : owner;
  }
  const argument = callback === undefined ? undefined : node.arguments[callback.callback];
  return argument !== undefined && isFunction(argument) ? argument : undefined;
}

function analyseUnit(
  input: ObligationInput,
  model: Model,
  unit: Unit,
  acquires: readonly FoundAcquire[],
): Outcome[] {
  const verdicts = createVerdicts(input.sourceCode, input.variables, model);
  if (unit.type === 'Program') {
    return acquires.map(found => {
      const outcome: Outcome = {
        kind: 'handedOver',
        obligation: verdicts.obligationOf(found, ownerOf(found.site.node), []),
        reason: 'programLifetime',
        node: found.site.node,
      };
      return isThread(found) ? threadVerdict(input, model, found, outcome, false) : outcome;
    });
  }
  try {
    // A callback's own releaser is a duty from its first statement on, so each needs a run of its own.
    const own = acquires.filter(({ site }) => site.carrier !== 'callback');
    const interpretation = own.length === 0 ? undefined : interpret(unit, input.sourceCode, model);
    return acquires.map(found => {
      const run = found.site.carrier === 'callback' ? interpret(unit, input.sourceCode, model, { site: found.site }) : interpretation;
      const outcome = verdicts.outcomeOf(found, unit, run);
      if (isThread(found)) {
        return threadVerdict(input, model, found, outcome, run?.joined.has(found.site.id) === true);
      }
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

/** A thread lives beyond its function: in the handlers of it, in the fields of a class, by its script. */
function threadVerdict(input: ObligationInput, model: Model, found: FoundAcquire, outcome: Outcome, isJoined: boolean): Outcome {
  const { sourceCode, variables, types, disposers } = input;
  const context = { sourceCode, variables, types, model, disposers, classes: createClasses(sourceCode, variables) };
  const kept = withContainerDrops(context, found, withOwner(context, found, withSettlements(context, found, outcome)));
  const living = withOwnerLife(found, kept, variables);
  return withThreadLife(found, withErasedOwner(found, living, input), isJoined, input);
}

/** What a function does with a parameter that it only borrows, if that contradicts it. */
function contradictionOf({ sourceCode, variables, onFailure }: ObligationInput, model: Model, parameter: TaggedParameter): Outcome[] {
  const { callee, site } = parameter;
  try {
    const interpretation = interpret(callee, sourceCode, model, { site });
    const releases = interpretation.releases.get(site.id) ?? [];
    const obligation = createVerdicts(sourceCode, variables, model).obligationOf(parameter, callee, releases);
    const outcome = borrowVerdict(obligation, site.id, interpretation);
    return outcome === undefined ? [] : [outcome];
  } catch (error) {
    if (!(error instanceof TooComplexError)) {
      onFailure({ node: callee, error });
    }
    return [];
  }
}
