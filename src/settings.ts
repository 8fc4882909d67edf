import type { Confidence } from './analysis/findings.js';
import type { CallPattern, ResourceSpecification } from './analysis/specification.js';

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
  targets?: { node?: string; browsers?: string[]; using?: boolean };
  /** What kind of process the code runs in. */
  process?: 'server' | 'cli' | 'browser' | 'library';
  /** Globs of the files in a role. A path's name alone never decides. */
  roles?: { test?: string[]; entry?: string[]; generated?: string[] };
  /** Larger files, in bytes, and files marked `@generated` are not analysed. */
  maximumFileSize?: number;
  /** Resources by key. A key of the built-in catalogue replaces that entry, `false` removes it. */
  resources?: Record<string, ResourceSpecification | false>;
  /** Calls that take ownership of an argument, by key. */
  registrars?: Record<string, CallPattern | false>;
  /** Further names of terminal disposers, beside `close`, `dispose`, `destroy` and the others. */
  disposers?: string[];
}
