import type { TSESTree } from '@typescript-eslint/utils';

import type { Obligation } from '../analysis/findings.js';
import { ancestorsOf } from '../analysis/syntax/ancestors.js';
import { contains } from '../analysis/syntax/contains.js';
import type { EditContext } from './context.js';
import { declaredBy } from './declared-names.js';
import type { Repair } from './repair.js';

/**
 * Moves the acquire, and what stands before it in the same `try`, out of the `try` whose `finally` releases.
 *
 * @returns null if there is a `catch`, the acquire is not a statement of its own, or a name is taken
 */
export function moveAcquireBeforeTry(context: EditContext, { acquire, releases }: Obligation): Repair | null {
  const { sourceCode, layout } = context;
  const place = placeOf(acquire, releases);
  if (place === undefined) {
    return null;
  }
  const { node, index } = place;
  const { block, finalizer } = node;
  const moved = block.body.slice(0, index + 1);
  const [first] = moved;
  const last = moved.at(-1);
  const next = block.body[index + 1];
  const brace = sourceCode.getFirstToken(block);
  if (first === undefined || last === undefined || next === undefined || brace === null) {
    return null;
  }
  if (!layout.ownLines(first, last)) {
    return null;
  }
  if (finalizer?.body.length !== 1) {
    return nestRelease(context, place, releases);
  }
  if (areTaken(context, moved, node)) {
    return null;
  }
  const start = layout.lineStart(layout.startOf(first));
  const end = layout.lineEnd(layout.endOf(last));
  const indent = layout.indentAt(node.range[0]);
  return {
    messageId: 'moveAcquireBeforeTry',
    isExact: true,
    draft: {
      span: node.range,
      pieces: [
        { kind: 'replace', range: layout.removable([node.range[0], brace.range[1]]), text: '' },
        { kind: 'below', at: end, lines: [`${indent}try {`] },
        { kind: 'replace', range: [end, layout.lineEnd(layout.lineStart(layout.startOf(next)) - 1)], text: '' },
      ],
      shifts: [{ range: [start, end], unit: layout.unitOf(block), levels: -1 }],
    },
  };
}

/**
 * `finally` does more, which has to be done even if the acquire fails: the release gets a `try` of its own, inside. It
 * then comes first, which the author has to agree to.
 */
function nestRelease(
  { sourceCode, layout }: EditContext,
  { node: { block, finalizer, range }, index }: Place,
  releases: readonly TSESTree.Node[],
): Repair | null {
  const release = finalizer?.body.find(statement => releases.some(each => contains(statement, each)));
  const next = block.body[index + 1];
  const last = block.body.at(-1);
  if (release?.type !== 'ExpressionStatement' || next === undefined || last === undefined || !layout.ownLines(next, last)) {
    return null;
  }
  const start = layout.lineStart(layout.startOf(next));
  const indent = layout.indentAt(next.range[0]);
  const unit = layout.unitOf(block);
  return {
    messageId: 'moveAcquireBeforeTry',
    isExact: false,
    draft: {
      span: range,
      pieces: [
        { kind: 'above', at: start, lines: [`${indent}try {`] },
        {
          kind: 'below',
          at: layout.lineEnd(layout.endOf(last)),
          lines: [`${indent}} finally {`, `${indent}${unit}${sourceCode.getText(release)}`, `${indent}}`],
        },
        { kind: 'replace', range: layout.removable(release.range), text: '' },
      ],
      shifts: [{ range: [start, layout.endOf(last)], unit, levels: 1 }],
    },
  };
}

interface Place {
  readonly node: TSESTree.TryStatement;
  readonly index: number;
}

/** The `try` that holds the acquire as a statement of its own and releases in `finally`. */
function placeOf(
  acquire: TSESTree.Node,
  releases: readonly TSESTree.Node[],
): Place | undefined {
  for (const node of ancestorsOf(acquire)) {
    const { finalizer } = node.type === 'TryStatement' ? node : { finalizer: null };
    if (node.type === 'TryStatement' && finalizer !== null && releases.some(release => contains(finalizer, release))) {
      if (node.handler !== null) {
        return undefined;
      }
      const index = node.block.body.findIndex(statement => contains(statement, acquire));
      const statement = node.block.body[index];
      const isPlain = statement?.type === 'ExpressionStatement' || statement?.type === 'VariableDeclaration';
      return isPlain && node.parent.type === 'BlockStatement' ? { node, index } : undefined;
    }
  }
  return undefined;
}

/** Whether a name that moves out of the block means something else there. */
function areTaken(
  context: EditContext,
  moved: readonly TSESTree.Statement[],
  node: TSESTree.TryStatement,
): boolean {
  const scope = context.sourceCode.getScope(node);
  return declaredBy(context, moved).some(
    ([{ name }]) =>
      scope.set.has(name) ||
      [...scope.references, ...scope.through].some(
        ({ identifier }) => 'name' in identifier && identifier.name === name && !contains(node.block, identifier),
      ),
  );
}
