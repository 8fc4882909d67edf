import type { Confidence } from '../analysis/findings.js';
import type { Concurrency } from './eslint-api.js';
import { hasShape } from './shape.js';

/**
 * One run of ESLint, as JSON: every worker thread builds its configuration from it (`options-module.ts`).
 */
export interface LintRequest {
  /** ESLint's working directory. */
  root: string;
  /** `project`: the project's ESLint configuration has our plugin and is used. `builtIn`: the audit's own is. */
  configuration: 'builtIn' | 'project';
  /** The name under which the configuration knows our plugin. */
  namespace: string;
  /** The rules to run, without namespace. Default: those the configuration turns on. */
  rules?: string[];
  /** `settings['thread-hygiene'].report`. */
  report?: Confidence;
  /** Whether files that a tsconfig covers are parsed with types. */
  types: boolean;
  /** The parsers' files, for the built-in configuration. Without `typescript`, TypeScript files cannot be read. */
  parsers: ParserFiles;
  concurrency: Concurrency;
  fix: boolean;
  /** The line to collect candidates on, for `explain`. */
  explainLine?: number;
  /** Whether every linted file is announced on the progress channel. */
  progress: boolean;
}

export interface ParserFiles {
  /** The file of `@typescript-eslint/parser`. */
  typescript?: string;
  /** The file of ESLint's own parser. */
  espree: string;
}

const parameter = 'request';

/** The URL of `module` that carries `request` to every thread that imports it. */
export function requestURL(module: URL, request: LintRequest): URL {
  const url = new URL(module);
  url.searchParams.set(parameter, JSON.stringify(request));
  return url;
}

/** The request in a URL made by `requestURL`. */
export function requestIn(url: string): LintRequest {
  const request: unknown = JSON.parse(new URL(url).searchParams.get(parameter) ?? 'null');
  if (hasShape<LintRequest>(request, 'root', 'configuration')) return request;
  throw new TypeError(`There is no request in ${url}`);
}
