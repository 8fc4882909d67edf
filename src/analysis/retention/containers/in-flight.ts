import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { descendantsOf } from '../../syntax/descendants.js';
import { isFunction } from '../../syntax/functions.js';
import type { Growth, Operation } from './model.js';

/**
 * The `await` that skips the only removal of an entry when it throws: `running.set(key, job); await job;
 * running.delete(key)`. Undefined unless all three are statements of one block.
 */
export function missedRemoval(
  { node, key }: Growth,
  shrinks: readonly Operation[],
  sourceCode: Readonly<TSESLint.SourceCode>,
): TSESTree.AwaitExpression | undefined {
  const [shrink] = shrinks;
  if (shrinks.length !== 1 || shrink?.kind !== 'shrink' || shrink.key === undefined || key === undefined) return undefined;
  if (sourceCode.getText(shrink.key) !== sourceCode.getText(key)) return undefined;
  const list = blockOf(node);
  const [start, end] = [indexIn(list, node), indexIn(list, shrink.node)];
  if (start < 0 || end <= start) return undefined;
  return list.slice(start + 1, end).map(awaitIn).find(found => found !== undefined);

  function awaitIn(statement: TSESTree.Statement): TSESTree.AwaitExpression | undefined {
    return firstAwait(statement, sourceCode);
  }
}

function blockOf({ parent }: TSESTree.Node): readonly TSESTree.Statement[] {
  return parent?.type === 'ExpressionStatement' && parent.parent.type === 'BlockStatement' ? parent.parent.body : [];
}

function indexIn(list: readonly TSESTree.Statement[], node: TSESTree.Node): number {
  return list.findIndex(statement => statement === node.parent);
}

/** An `await` outside of `try` whose failure nobody handles. */
function firstAwait(statement: TSESTree.Statement, { visitorKeys }: Readonly<TSESLint.SourceCode>): TSESTree.AwaitExpression | undefined {
  if (statement.type === 'TryStatement') return undefined;
  for (const node of descendantsOf(statement, visitorKeys)) {
    if (isFunction(node)) return undefined;
    if (node.type === 'AwaitExpression') return node;
  }
  return undefined;
}
