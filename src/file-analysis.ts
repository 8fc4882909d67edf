import type { TSESLint } from '@typescript-eslint/utils';

import type { AnalysisFailure, Outcome } from './analysis/findings.js';
import { createIdentity } from './analysis/identity/identity.js';
import type { NamedSpecification } from './analysis/obligations/acquires.js';
import { analyseObligations } from './analysis/obligations/analysis.js';
import { createVariables } from './analysis/scope/variables.js';
import type { ResourceKind } from './analysis/specification.js';
import { createProgramCallees } from './analysis/summaries/program-callees.js';
import { createTypes } from './analysis/types/types.js';
import { builtInCatalogue } from './catalogue/index.js';
import type { ThreadHygieneSettings } from './settings.js';
import { readSettings, resolveCatalogue } from './settings.js';

/** The facts of one file, computed once for all rules and on demand. */
export interface FileAnalysis {
  /** The settings that the file is analysed with, checked. */
  readonly settings: ThreadHygieneSettings;
  /** Why the file is not analysed, if it is not. */
  readonly skipped: SkipReason | undefined;
  /** What became of every obligation of these kinds in the file, in source order. */
  outcomes(kinds: readonly ResourceKind[]): readonly Outcome[];
  /** Functions whose analysis failed so far. With `THREAD_HYGIENE_STRICT=1` the failure is thrown instead. */
  readonly failures: readonly AnalysisFailure[];
}

/** Why a file is not analysed: larger than `maximumFileSize`, or marked `@generated`. */
export type SkipReason = 'tooLarge' | 'generated';

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

function createAnalysis({ sourceCode, settings: shared, filename }: Context): FileAnalysis {
  const settings = readSettings(shared['thread-hygiene']);
  const skipped = skipReason(sourceCode.text, settings);
  const failures: AnalysisFailure[] = [];
  let outcomes: readonly Outcome[] | undefined;

  return {
    settings,
    skipped,
    failures,
    outcomes(kinds) {
      outcomes ??= skipped === undefined ? analyse() : [];
      return outcomes.filter(({ obligation }) => kinds.includes(obligation.specification.kind));
    },
  };

  function analyse(): Outcome[] {
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
    return analyseObligations({
      sourceCode,
      identity: createIdentity(sourceCode, { filename, types }),
      variables: createVariables(sourceCode),
      types,
      resources,
      specifications: resources.filter(named => mayOccur(named, sourceCode.text, types !== undefined)),
      callees: types === undefined || settings.scope === 'file' ? undefined : createProgramCallees(types, resources),
      onFailure: failure => {
        if (process.env['THREAD_HYGIENE_STRICT'] === '1') {
          throw failure.error;
        }
        failures.push(failure);
      },
    });
  }
}

/** Large and generated files are not worth the time: nobody repairs them by hand. */
function skipReason(
  text: string,
  { maximumFileSize = defaultMaximumFileSize }: ThreadHygieneSettings,
): SkipReason | undefined {
  if (text.length > maximumFileSize) return 'tooLarge';
  return text.slice(0, 1000).includes('@generated') ? 'generated' : undefined;
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
        : [from.export].flat().some(name => text.includes(name));
  return isNamed || (isTyped && acquire.some(({ name }) => name !== undefined && text.includes(name)));
}
