/** The words of a function, by which a copy of it is known. */
export type Words = ReadonlySet<string>;

const leastSimilarity = 0.8;

/** The names, keywords and words of texts in a piece of code. Formatting and what a compiler adds hardly change them. */
export function wordsOf(code: string): Words {
  return new Set(code.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []);
}

/** Whether one of two pieces of code is a copy of the other: at least four fifths of all their words are in both. */
export function isCopy(left: Words, right: Words): boolean {
  const common = [...left].filter(word => right.has(word)).length;
  return common >= leastSimilarity * (left.size + right.size - common);
}
