import type { Finding } from '../analysis/findings.js';
import { functionAround } from '../analysis/syntax/functions.js';
import type { EditContext } from './context.js';
import type { Repair } from './repair.js';
import { awaitAll } from './returned-promises.js';

/**
 * Awaits the promises that the function returns while it holds the resource: `return await work()`.
 *
 * @returns null if the function is not async
 */
export function awaitReturnedPromise(context: EditContext, { witness, others }: Finding): Repair | null {
  const statements = [witness, ...others.filter(({ kind }) => kind === 'releasedEarly').map(exit => exit.witness)];
  const owner = functionAround(witness);
  if (owner?.async !== true) {
    return null;
  }
  const returns = [...new Set(statements)].filter(statement => statement.type === 'ReturnStatement');
  const { pieces, isExact } = awaitAll(context, owner, returns);
  return pieces.length === 0 ? null : { messageId: 'insertAwait', isExact, draft: { span: witness.range, pieces, shifts: [] } };
}
