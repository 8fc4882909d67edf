import { readFileSync } from 'node:fs';

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { AnalysisFailure, Outcome } from './analysis/findings.js';
import { createIdentity } from './analysis/identity/identity.js';
import type { NamedSpecification } from './analysis/obligations/acquires.js';
import { analyseObligations } from './analysis/obligations/analysis.js';
import type { ObligationInput } from './analysis/obligations/analysis.js';
import { findNestedAcquires } from './analysis/obligations/nested-acquires.js';
import type { NestedAcquire } from './analysis/obligations/nested-acquires.js';
import { findCaptures } from './analysis/retention/captures/analysis.js';
import type { CaptureFinding } from './analysis/retention/captures/model.js';
import { findLargeClones } from './analysis/retention/clones/analysis.js';
import type { CloneFinding } from './analysis/retention/clones/model.js';
import { analyseContainers } from './analysis/retention/containers/analysis.js';
import type { ContainerFinding } from './analysis/retention/containers/model.js';
import { createOtherFiles } from './analysis/retention/containers/other-files.js';
import { analyseListeners } from './analysis/retention/listeners/analysis.js';
import type { ListenerFindings } from './analysis/retention/listeners/analysis.js';
import { analyseRunning } from './analysis/retention/running/analysis.js';
import type { RunningAnalysis } from './analysis/retention/running/analysis.js';
import { findRepeatedRaces } from './analysis/retention/repeated-races.js';
import type { RepeatedRace } from './analysis/retention/repeated-races.js';
import { findRetainedLocals } from './analysis/retention/retained-locals/analysis.js';
import type { RetainedLocal } from './analysis/retention/retained-locals/model.js';
import { inTestRun } from './analysis/obligations/test-run.js';
import { findEndlessRuns } from './analysis/threads/endless-runs.js';
import type { EndlessRun } from './analysis/threads/endless-runs.js';
import { findUnheardFailures } from './analysis/threads/unheard-failures.js';
import type { UnheardFailure } from './analysis/threads/unheard-failures.js';
import { createVariables } from './analysis/scope/variables.js';
import type { ResourceKind } from './analysis/specification.js';
import { createProgramCallees } from './analysis/summaries/program-callees.js';
import { createTypes } from './analysis/types/types.js';
import { effects, scopedPackages } from './catalogue/effects.js';
import { eventSources, longWaits } from './catalogue/long-waits.js';
import { oneShotTimers } from './catalogue/one-shot-timers.js';
import { builtInCatalogue } from './catalogue/index.js';
import { workerScripts } from './catalogue/worker-scripts.js';
import { workerFailures } from './catalogue/worker-failures.js';
import { builtInSenders } from './catalogue/senders/index.js';
import type { Role, ThreadHygieneSettings } from './settings.js';
import { readSettings, resolveCatalogue, resolveSenders, rolesOf } from './settings.js';

export type { CaptureFinding } from './analysis/retention/captures/model.js';
export type { CloneFinding } from './analysis/retention/clones/model.js';
export type { ContainerFinding } from './analysis/retention/containers/model.js';
export type { EndlessRun } from './analysis/threads/endless-runs.js';
export type { UnheardFailure } from './analysis/threads/unheard-failures.js';
export type { Leak } from './analysis/retention/running/leak.js';

export type { BackReference, IneffectiveRemoval } from './analysis/retention/listeners/model.js';

/** The facts of one file, computed once for all rules and on demand. */
export interface FileAnalysis {
  /** The settings that the file is analysed with, checked. */
  readonly settings: ThreadHygieneSettings;
  /** What the file is for, by the settings. */
  readonly roles: ReadonlySet<Role>;
  /** Why the file is not analysed, if it is not. */
  readonly skipped: SkipReason | undefined;
  /** What became of every obligation of these kinds in the file, in source order. */
  outcomes(kinds: readonly ResourceKind[]): readonly Outcome[];
  /** The locks that are acquired while they are held, in source order. */
  nestedAcquires(): readonly NestedAcquire[];
  /** The promises that a loop races again and again, in source order. */
  repeatedRaces(): readonly RepeatedRace[];
  /** The loops and timers that nothing ends, in source order. */
  endlessRuns(): readonly EndlessRun[];
  /** The workers whose failure nobody learns of, in source order. */
  unheardFailures(): readonly UnheardFailure[];
  /** The containers that only grow, in source order. */
  containers(): readonly ContainerFinding[];
  /** What long-lived closures and registries keep alive, in source order. */
  captures(): readonly CaptureFinding[];
  /** The large locals that are dead while their function waits for long, in source order. */
  retainedLocals(): readonly RetainedLocal[];
  /** What messages to other threads copy although it could be transferred. */
  clones(): readonly CloneFinding[];
  /** The timers, observers and subscriptions whose handles nobody uses. */
  running(): RunningAnalysis;
  /** The listeners that outlive what they belong to, and the removals that take nothing off. */
  listeners(): ListenerFindings;
  /** What could not be analysed, or repaired, because of a defect of ours. */
  readonly failures: readonly AnalysisFailure[];
  /** Notes such a failure, so that the run goes on. With `THREAD_HYGIENE_STRICT=1` it is thrown instead. */
  fail(failure: AnalysisFailure): void;
}

/** Why a file is not analysed: larger than `maximumFileSize`, or marked `@generated` or by its role. */
export type SkipReason = 'tooLarge' | 'generated';

/** What all analyses of the file rest on. */
interface Base extends Pick<
  ObligationInput,
  'types' | 'identity' | 'variables' | 'resources' | 'specifications' | 'callees'
> {
  readonly senders: ReturnType<typeof resolveSenders>;
}

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

const analyses = new WeakMap<TSESLint.SourceCode, FileAnalysis>();

/**
 * The analysis of the file that `context` lints.
 *
 * @throws SettingsError if `settings['thread-hygiene']` is not valid.
 */
export function analyseFile(context: Context): FileAnalysis {
  const { sourceCode } = context;
  let analysis = analyses.get(sourceCode);
  if (analysis === undefined) {
    analysis = createAnalysis(context);
    analyses.set(sourceCode, analysis);
  }
  return analysis;
}

const defaultMaximumFileSize = 1_000_000;

function createAnalysis({ sourceCode, settings: shared, filename, cwd }: Context): FileAnalysis {
  const settings = readSettings(shared['thread-hygiene']);
  const roles = rolesOf(filename, cwd, settings);
  const skipped = skipReason(sourceCode.text, roles, settings);
  const failures: AnalysisFailure[] = [];
  let base: Base | undefined;
  const isAnalysed = skipped === undefined;
  // Of what piles up in a long run, a test and a command see little.
  const isLongRunning =
    isAnalysed && settings.process !== 'cli' && !roles.has('test') && !importsTestRunner(sourceCode.ast);
  const disposers = settings.disposers ?? [];
  const outcomes = onDemand<readonly Outcome[]>(isAnalysed, [], findOutcomes);
  const containers = onDemand<readonly ContainerFinding[]>(isLongRunning, [], findContainers);

  return {
    settings,
    roles,
    skipped,
    failures,
    fail,
    outcomes: kinds => outcomes().filter(({ obligation }) => kinds.includes(obligation.specification.kind)),
    nestedAcquires: onDemand<readonly NestedAcquire[]>(isAnalysed, [], found => findNestedAcquires(sourceCode, found)),
    repeatedRaces: onDemand<readonly RepeatedRace[]>(isLongRunning, [], found => findRepeatedRaces(sourceCode, found)),
    endlessRuns: onDemand<readonly EndlessRun[]>(isLongRunning, [], found =>
      findEndlessRuns({ sourceCode, ...found, script: workerScripts, eventSources, disposers }),
    ),
    unheardFailures: onDemand<readonly UnheardFailure[]>(isLongRunning, [], found =>
      findUnheardFailures({ sourceCode, ...found, failures: workerFailures }),
    ),
    containers,
    captures: onDemand<readonly CaptureFinding[]>(isLongRunning, [], ({ variables }) =>
      findCaptures({ sourceCode, variables, containers }),
    ),
    retainedLocals: onDemand<readonly RetainedLocal[]>(isLongRunning, [], ({ identity, variables }) =>
      findRetainedLocals({ sourceCode, identity, variables, longWaits, eventSources }),
    ),
    clones: onDemand<readonly CloneFinding[]>(isLongRunning, [], found => findLargeClones({ sourceCode, ...found })),
    running: onDemand<RunningAnalysis>(isLongRunning, nothingRuns, findRunning),
    listeners: onDemand<ListenerFindings>(isLongRunning, { ineffectiveRemovals: [], backReferences: [] }, findListeners),
  };

  /** What `find` gives, sought on the first question; `nothing` if a defect of ours keeps it from an answer. */
  function onDemand<Found>(isSought: boolean, nothing: Found, find: (base: Base) => Found): () => Found {
    let answer: Found | undefined;
    return () => {
      answer ??= isSought ? attempt(find, nothing) : nothing;
      return answer;
    };
  }

  function attempt<Found>(find: (base: Base) => Found, nothing: Found): Found {
    // Wrong settings are the one error that ends a run.
    base ??= createBase();
    try {
      return find(base);
    } catch (error) {
      fail({ node: sourceCode.ast, error });
      return nothing;
    }
  }

  function fail(failure: AnalysisFailure): void {
    if (process.env['THREAD_HYGIENE_STRICT'] === '1') {
      throw failure.error;
    }
    failures.push(failure);
  }

  function findOutcomes(parts: Base): Outcome[] {
    const found = analyseObligations({
      ...parts,
      sourceCode,
      filename,
      readFile: settings.scope === 'file' ? () => undefined : readText,
      registrars: Object.values(settings.registrars ?? {}).filter(pattern => pattern !== false),
      disposers,
      isEntry: roles.has('entry'),
      onFailure: fail,
    });
    return roles.has('test') ? found.map(inTestRun) : found;
  }

  function findContainers({ identity, types, variables }: Base): ContainerFinding[] {
    const otherFiles = types === undefined || settings.scope === 'file' ? undefined : createOtherFiles(types, sourceCode.ast);
    return analyseContainers({ sourceCode, identity, variables, types, otherFiles, disposers });
  }

  function findListeners({ identity, variables, senders, types }: Base): ListenerFindings {
    const isEntry = roles.has('entry');
    return analyseListeners({ sourceCode, variables, identity, senders, types, effects, disposers, isEntry });
  }

  function findRunning({ specifications, ...parts }: Base): RunningAnalysis {
    return analyseRunning({
      ...parts,
      sourceCode,
      specifications: specifications.flatMap(({ specification }) => (runningKinds.has(specification.kind) ? [specification] : [])),
      oneShotTimers,
      effects,
      scopedPackages,
      disposers,
      isLibrary: settings.process === 'library',
    });
  }

  function createBase(): Base {
    const catalogue = resolveCatalogue(builtInCatalogue, settings);
    const types = settings.types === 'off' ? undefined : createTypes(sourceCode);
    if (settings.types === 'required' && types === undefined) {
      throw new Error(
        `${filename} is linted without type information, and settings['thread-hygiene'].types is 'required'. ` +
          "Set languageOptions.parserOptions.projectService to true for it, or types to 'auto'.",
      );
    }
    const resources = Object.entries(catalogue).map(
      ([key, specification]): NamedSpecification => ({ key, specification }),
    );
    return {
      types,
      identity: createIdentity(sourceCode, { filename, types }),
      variables: createVariables(sourceCode),
      resources,
      senders: resolveSenders(builtInSenders, settings),
      specifications: resources.filter(named => mayOccur(named, sourceCode.text, types !== undefined)),
      callees: types === undefined || settings.scope === 'file' ? undefined : createProgramCallees(types, resources),
    };
  }
}

const testRunners = /^(?:@jest\/globals|@playwright\/test|ava|bun:test|mocha|node:test|tap|uvu|vitest)$/u;

function importsTestRunner({ body }: TSESTree.Program): boolean {
  return body.some(
    statement =>
      statement.type === 'ImportDeclaration' && statement.importKind !== 'type' && testRunners.test(statement.source.value),
  );
}

const nothingRuns: RunningAnalysis = { leaks: [], forgotten: new Set(), endsWithAnother: () => false };

const runningKinds: ReadonlySet<ResourceKind> = new Set(['observer', 'subscription', 'timer']);

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // There is no such file, or nothing that can be read.
    return undefined;
  }
}

/** Large and generated files are not worth the time: nobody repairs them by hand. */
function skipReason(
  text: string,
  roles: ReadonlySet<Role>,
  { maximumFileSize = defaultMaximumFileSize }: ThreadHygieneSettings,
): SkipReason | undefined {
  if (text.length > maximumFileSize) return 'tooLarge';
  return roles.has('generated') || text.slice(0, 1000).includes('@generated') ? 'generated' : undefined;
}

/**
 * The gate: whether the file can acquire this resource at all. Without types it must name the package or the global;
 * with types the method's name is enough, as the object may come from anywhere.
 */
function mayOccur({ specification }: NamedSpecification, text: string, isTyped: boolean): boolean {
  const { from, acquire } = specification;
  const isNamed =
    'global' in from
      ? text.includes(from.global.split('.').at(-1) ?? from.global)
      : 'package' in from
        ? [from.package].flat().some(name => text.includes(name))
        : 'module' in from
          ? /worker/iu.test(text)
          : [from.export].flat().some(name => text.includes(name));
  return isNamed || (isTyped && acquire.some(({ name }) => name !== undefined && text.includes(name)));
}
