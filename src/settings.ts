import type { Confidence } from './analysis/findings.js';
import type { CallPattern, Catalogue, Name, ResourceSpecification } from './analysis/specification.js';
import schema from './settings.schema.json' with { type: 'json' };
import { describeProblem, memberPath, nearest, type SettingsProblem } from './validation/problem.js';
import { resourceProblems } from './validation/resource.js';
import { schemaProblems } from './validation/schema.js';

/**
 * `settings['thread-hygiene']` of an ESLint configuration. JSON only. ESLint merges objects and replaces arrays in
 * settings, so everything that a user extends is keyed.
 */
export interface ThreadHygieneSettings {
  /** The least confidence that is reported. Rule option, then this, then `likely`. */
  report?: Confidence;
  /** `none` turns automatic fixes off; suggestions stay. Default `safe`. */
  fixes?: 'safe' | 'none';
  /** `required` makes missing type information an error, `off` ignores it. Default `auto`. */
  types?: 'auto' | 'required' | 'off';
  /** `file` uses no facts of other files, which keeps ESLint's `--cache` exact. Default `program`. */
  scope?: 'program' | 'file';
  /** What the code must run on. Default: `engines`, browserslist and tsconfig. */
  targets?: Targets;
  /** What kind of process the code runs in. */
  process?: 'server' | 'cli' | 'browser' | 'library';
  /** Globs of the files in a role. A path's name alone never decides. */
  roles?: Roles;
  /**
   * Larger files, in bytes, and files marked `@generated` are not analysed.
   *
   * @asType integer
   * @minimum 1
   */
  maximumFileSize?: number;
  /** Resources by key. A key of the built-in catalogue replaces that entry, `false` removes it. */
  resources?: Record<string, ResourceSpecification | false>;
  /** Calls that take ownership of an argument, by key. */
  registrars?: Record<string, CallPattern | false>;
  /** Further names of terminal disposers, beside `close`, `dispose`, `destroy` and the others. */
  disposers?: Name[];
}

/** What the code must run on. */
export interface Targets {
  /** A range of Node versions: `>=20`. */
  node?: string;
  /** Browserslist queries. */
  browsers?: string[];
  /** Whether `using` declarations may be written. */
  using?: boolean;
}

/** Globs of the files in a role. */
export interface Roles {
  /** Tests, which may keep what they acquire until the run ends. */
  test?: string[];
  /** Entry points, which run once. */
  entry?: string[];
  /** Generated files, which are not analysed. */
  generated?: string[];
}

/** Settings that are not accepted. The message names each key, its value, what is accepted and the nearest match. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: readonly SettingsProblem[];

  constructor(problems: readonly SettingsProblem[]) {
    super(problems.map(describeProblem).join('\n'));
    this.problems = problems;
  }
}

const checkedSettings = new WeakMap<object, ThreadHygieneSettings>();

/**
 * Checks the value of `settings['thread-hygiene']`, once for each object.
 *
 * @param settings what the configuration has under that key; `undefined` stands for no settings.
 * @returns the same object.
 * @throws SettingsError if anything in it is not accepted.
 */
export function readSettings(settings: unknown): ThreadHygieneSettings {
  if (settings === undefined) return {};
  const checked = typeof settings === 'object' && settings !== null ? checkedSettings.get(settings) : undefined;
  if (checked !== undefined) return checked;
  assertSettings(settings);
  const problems = Object.entries(settings.resources ?? {}).flatMap(([key, resource]) =>
    resource === false ? [] : resourceProblems(resource, resourcePath(key)),
  );
  if (problems.length > 0) throw new SettingsError(problems);
  checkedSettings.set(settings, settings);
  return settings;
}

/**
 * The resources that are in force: the built-in ones, replaced, removed and extended by the settings.
 *
 * @throws SettingsError if the settings remove a resource that is not built in.
 */
export function resolveCatalogue(builtIn: Catalogue, settings: ThreadHygieneSettings): Catalogue {
  const resources = new Map(Object.entries(builtIn));
  const unknown: SettingsProblem[] = [];
  for (const [key, resource] of Object.entries(settings.resources ?? {})) {
    if (resource !== false) {
      resources.set(key, resource);
    } else if (Object.hasOwn(builtIn, key)) {
      resources.delete(key);
    } else {
      const keys = Object.keys(builtIn);
      const accepted = `a specification, or false for a built-in resource (${keys.join(', ')})`;
      unknown.push({ path: resourcePath(key), value: resource, accepted, ...nearest(key, keys) });
    }
  }
  if (unknown.length > 0) throw new SettingsError(unknown);
  return Object.fromEntries(resources);
}

const root = `settings['thread-hygiene']`;

function resourcePath(key: string): string {
  return memberPath(`${root}.resources`, key);
}

function assertSettings(settings: unknown): asserts settings is ThreadHygieneSettings {
  const problems = schemaProblems(schema, settings, root);
  if (problems.length > 0) throw new SettingsError(problems);
}
