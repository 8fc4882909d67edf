import type * as ts from 'typescript';

/** How many calls deep a callee's own callees are followed. What lies below is unknown. */
export const maximumDepth = 5;

/** Gives the answer for a function and a key, computed at the first question. */
export type Memory<Answer> = (node: ts.Node, key: string, compute: () => Answer) => Answer;

/**
 * Creates a memory of answers that lives as long as the functions do. An answer depends on the depth at which it was
 * asked for, so that belongs in the key: else it would depend on which question came first.
 */
export function createMemory<Answer>(): Memory<Answer> {
  const answers = new WeakMap<ts.Node, Map<string, Answer>>();
  return (node, key, compute) => {
    const known = answers.get(node) ?? new Map<string, Answer>();
    answers.set(node, known);
    const answer = known.get(key);
    if (answer !== undefined) {
      return answer;
    }
    const computed = compute();
    known.set(key, computed);
    return computed;
  };
}
