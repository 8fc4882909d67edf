import { parseArgs } from 'node:util';

import { closest, distance } from 'fastest-levenshtein';

import type { Confidence } from '../analysis/findings.js';
import { AuditError, messageOf } from './errors.js';
import type { Concurrency } from './eslint-api.js';

export type Command =
  | { kind: 'help' }
  | { kind: 'version' }
  | { kind: 'audit'; paths: string[]; options: AuditOptions }
  | { kind: 'explain'; file: string; line: number; options: AuditOptions };

export interface AuditOptions {
  fix: boolean;
  fixSuggestions: boolean;
  types: boolean;
  concurrency: Concurrency;
  report?: Confidence;
  /** Without namespace. */
  rules?: string[];
  format?: string;
  stats?: 'json';
}

const confidences = ['certain', 'likely', 'possible'] as const satisfies Confidence[];

/**
 * Reads the command line.
 *
 * @param knownRules the names that `--rule` accepts.
 * @throws AuditError that names what is wrong and what is accepted.
 */
export function parseCommandLine(argv: readonly string[], knownRules: readonly string[]): Command {
  const { values, positionals } = parse(argv);
  if (values.help) return { kind: 'help' };
  if (values.version) return { kind: 'version' };

  const { format } = values;
  const options: AuditOptions = {
    fix: values.fix || values['fix-suggestions'],
    fixSuggestions: values['fix-suggestions'],
    types: !values['no-types'],
    concurrency: concurrencyOf(values.concurrency),
    ...(values.stats !== undefined && { stats: oneOf('--stats', values.stats, ['json']) }),
    ...(values.report !== undefined && { report: oneOf('--report', values.report, confidences) }),
    ...(values.rule && { rules: values.rule.map(name => ruleOf(name, knownRules)) }),
    ...(format !== undefined && { format }),
  };
  const [first, ...rest] = positionals;
  if (first === 'explain') return { kind: 'explain', ...locationOf(rest), options };
  return { kind: 'audit', paths: positionals.length > 0 ? positionals : ['.'], options };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        fix: { type: 'boolean', default: false },
        'fix-suggestions': { type: 'boolean', default: false },
        'no-types': { type: 'boolean', default: false },
        concurrency: { type: 'string', default: 'off' },
        report: { type: 'string' },
        rule: { type: 'string', multiple: true },
        format: { type: 'string' },
        stats: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
        version: { type: 'boolean', short: 'v', default: false },
      },
    });
  } catch (error) {
    throw new AuditError(`${messageOf(error)} See --help for what there is.`);
  }
}

function concurrencyOf(value: string): Concurrency {
  if (value === 'auto' || value === 'off') return value;
  const count = Number(value);
  if (Number.isInteger(count) && count > 0) return count;
  throw new AuditError(`--concurrency takes a positive number, "auto" or "off", not "${value}".`);
}

function oneOf<const Value extends string>(option: string, value: string, accepted: readonly Value[]): Value {
  const found = accepted.find(candidate => candidate === value);
  if (found !== undefined) return found;
  const names = accepted.map(name => `"${name}"`).join(', ');
  throw new AuditError(`${option} takes ${names}, not "${value}".${didYouMean(value, accepted)}`);
}

function ruleOf(name: string, knownRules: readonly string[]): string {
  const bare = name.replace(/^thread-hygiene\//, '');
  if (knownRules.includes(bare)) return bare;
  const names = knownRules.map(rule => `\n  ${rule}`).join('');
  throw new AuditError(`There is no rule "${name}".${didYouMean(bare, knownRules)} The rules are:${names}`);
}

function locationOf(positionals: readonly string[]): { file: string; line: number } {
  const match = /^(?<file>.+?):(?<line>[1-9]\d*)(?::\d+)?$/.exec(positionals[0] ?? '');
  const { file, line } = match?.groups ?? {};
  if (positionals.length !== 1 || file === undefined) {
    throw new AuditError('explain takes one place as FILE:LINE, for example: explain src/queue.ts:14');
  }
  return { file, line: Number(line) };
}

function didYouMean(value: string, accepted: readonly string[]): string {
  const nearest = closest(value, accepted);
  return distance(value, nearest) <= 4 ? ` Did you mean "${nearest}"?` : '';
}
