import { closest, distance } from 'fastest-levenshtein';

/** Something in the settings that is not accepted. */
export interface SettingsProblem {
  /** Where: `settings['thread-hygiene'].resources["acme/lock"].release[0]`. */
  path: string;
  /** What stands there, `undefined` if nothing does. For a key that is not accepted, the key. */
  value: unknown;
  /** What would be accepted, as the end of a sentence. */
  accepted: string;
  /** The accepted word that is nearest to what stands there, if one is near. */
  suggestion?: string;
}

/** The path of a member: `.release` for a plain name, `["acme/lock"]` for any other, `[0]` for a position. */
export function memberPath(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

/** The suggestion for a word that is not among the accepted ones, as a part of a problem: empty if none is near. */
export function nearest(word: unknown, accepted: readonly string[]): { suggestion?: string } {
  if (typeof word !== 'string' || accepted.length === 0) return {};
  const suggestion = closest(word, accepted);
  return distance(word, suggestion) <= Math.max(2, word.length / 3) ? { suggestion } : {};
}

/** The problem as a sentence or two. */
export function describeProblem({ path, value, accepted, suggestion }: SettingsProblem): string {
  const hint = suggestion === undefined ? '' : ` Did you mean ${quote(suggestion)}?`;
  return `${path} is ${value === undefined ? 'missing' : quote(value)}, accepted: ${accepted}.${hint}`;
}

/** A value as JSON, cut to a readable length. */
export function quote(value: unknown): string {
  const text = typeof value === 'function' ? 'a function' : value === undefined ? 'undefined' : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** Words as a list: `a, b or c`. */
export function either(words: readonly string[]): string {
  const unique = [...new Set(words)];
  return unique.length < 2 ? unique.join('') : `${unique.slice(0, -1).join(', ')} or ${unique.at(-1)}`;
}
