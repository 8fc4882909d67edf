import path from 'node:path';

import { minimatch } from 'minimatch';

import type { Confidence } from './analysis/findings.js';
import type { SenderCatalogue, SenderSpecification } from './analysis/sender-specification.js';
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
  /** What the code must run on. Reserved: it is checked, and no rule reads it. */
  targets?: Targets;
  /** What kind of process the code runs in. What can only pile up in a long run is not reported for a `cli`. */
  process?: 'server' | 'cli' | 'browser' | 'library';
  /** Globs of the files in a role, relative to the working directory. A path's name alone never decides. */
  roles?: Roles;
  /**
   * Larger files, in bytes, and files marked `@generated` or in the role `generated`, are not analysed.
   *
   * @asType integer
   * @minimum 1
   */
  maximumFileSize?: number;
  /** Resources by key. A key of the built-in catalogue replaces that entry, `false` removes it. */
  resources?: Record<string, ResourceSpecification | false>;
  /** What listeners are registered on, by key. A key of the built-in catalogue replaces that entry, `false` removes it. */
  senders?: Record<string, SenderSpecification | false>;
  /** Calls that take ownership of every resource that is passed to them, by key. `false` removes one of another configuration. */
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
  /** Tests. All that is reported there: workers, pools and locks that nothing releases, or that a failure leaves held. */
  test?: string[];
  /** Entry points. A function that their module code calls once may keep what it acquires until the program ends. */
  entry?: string[];
  /** Generated files, which are not analysed. */
  generated?: string[];
}

/** What a file is for. */
export type Role = keyof Roles;

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
export function resolveCatalogue(builtIn: Catalogue, { resources }: ThreadHygieneSettings): Catalogue {
  return resolve(builtIn, 'resource', resources);
}

/**
 * The senders that are in force: the built-in ones, replaced, removed and extended by the settings.
 *
 * @throws SettingsError if the settings remove a sender that is not built in.
 */
export function resolveSenders(builtIn: SenderCatalogue, { senders }: ThreadHygieneSettings): SenderCatalogue {
  return resolve(builtIn, 'sender', senders);
}

function resolve<Specification>(
  builtIn: Readonly<Record<string, Specification>>,
  noun: 'resource' | 'sender',
  own: Readonly<Record<string, Specification | false>> = {},
): Readonly<Record<string, Specification>> {
  const resolved = new Map(Object.entries(builtIn));
  const unknown: SettingsProblem[] = [];
  for (const [key, specification] of Object.entries(own)) {
    if (specification !== false) {
      resolved.set(key, specification);
    } else if (Object.hasOwn(builtIn, key)) {
      resolved.delete(key);
    } else {
      const keys = Object.keys(builtIn);
      const accepted = `a specification, or false for a built-in ${noun} (${keys.join(', ')})`;
      unknown.push({ path: memberPath(`${root}.${noun}s`, key), value: specification, accepted, ...nearest(key, keys) });
    }
  }
  if (unknown.length > 0) throw new SettingsError(unknown);
  return Object.fromEntries(resolved);
}

/**
 * The roles that the settings give to a file. Globs are matched as those in `files` of an ESLint configuration.
 *
 * @param file its path, absolute or relative to `directory`.
 * @param directory the working directory.
 */
export function rolesOf(file: string, directory: string, { roles = {} }: ThreadHygieneSettings): ReadonlySet<Role> {
  const name = path.relative(directory, path.resolve(directory, file)).replaceAll(path.sep, '/');
  const hasRole = (role: Role) => roles[role]?.some(glob => minimatch(name, glob, { dot: true })) === true;
  return new Set((['test', 'entry', 'generated'] as const).filter(hasRole));
}

const root = `settings['thread-hygiene']`;

function resourcePath(key: string): string {
  return memberPath(`${root}.resources`, key);
}

function assertSettings(settings: unknown): asserts settings is ThreadHygieneSettings {
  const problems = schemaProblems(schema, settings, root);
  if (problems.length > 0) throw new SettingsError(problems);
}
