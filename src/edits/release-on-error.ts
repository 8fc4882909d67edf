import type { TSESTree } from '@typescript-eslint/utils';

import type { Finding, Obligation } from '../analysis/findings.js';
import { contains } from '../analysis/syntax/contains.js';
import { functionAround } from '../analysis/syntax/functions.js';
import { usesOfVariable } from '../analysis/value-flow/uses.js';
import type { EditContext } from './context.js';
import { hoist } from './declared-names.js';
import type { Piece } from './draft.js';
import type { HeldRegion } from './held-region.js';
import type { ReleaseStatement } from './release-statements.js';
import { isIdempotent } from './release-statements.js';
import type { Repair } from './repair.js';
import type { Section } from './section.js';

/**
 * Releases when the code between the acquire and the hand-over to another owner throws:
 * `try { … } catch (error) { release(); throw error; }`.
 *
 * @param release the expression that releases
 * @returns null if the loss is not in that window
 */
export function releaseBeforeHandOver(
  context: EditContext,
  finding: Finding,
  region: HeldRegion,
  releases: readonly ReleaseStatement[],
  release: string,
): Repair | null {
  const { obligation } = finding;
  const losses = [finding, ...finding.others];
  const index = region.statements.findIndex(statement => handsOver(context, obligation, statement));
  const receiver = region.statements[index];
  if (receiver?.type === 'TryStatement' && index === 0 && releases.length === 0) {
    return releaseInHandler(context, finding, receiver, release);
  }
  // `const api = await spawn(worker)` hands the worker over only if it is not rejected.
  const isLostByIt = receiver?.type === 'VariableDeclaration' && losses.some(({ witness }) => contains(receiver, witness));
  const window = region.statements.slice(0, Math.max(isLostByIt ? index + 1 : index, 0));
  const isInside = losses.every(
    ({ kind, witness }) => kind === 'missedOnException' && window.some(statement => contains(statement, witness)),
  );
  const isDoubled = releases.some(
    each => window.some(statement => contains(statement, each)) && !isIdempotent(obligation, each),
  );
  return !isInside || isDoubled ? null : catchAndRelease(context, region, window, release);
}

/** The `try` that hands the resource over has a `catch` that throws on: it releases first. */
function releaseInHandler(
  { layout }: EditContext,
  finding: Finding,
  { range, block, handler }: TSESTree.TryStatement,
  release: string,
): Repair | null {
  const [first] = handler?.body.body ?? [];
  const isInside = [finding, ...finding.others].every(
    ({ kind, witness }) =>
      kind === 'missedOnException' && (contains(block, witness) || (handler !== null && contains(handler, witness))),
  );
  if (first === undefined || !isInside || handler?.body.body.at(-1)?.type !== 'ThrowStatement' || !layout.ownLines(first, first)) {
    return null;
  }
  const line = `${layout.indentAt(first.range[0])}${release}${layout.semicolon}`;
  return {
    messageId: 'releaseOnError',
    isExact: false,
    draft: { span: range, pieces: [{ kind: 'above', at: layout.lineStart(layout.startOf(first)), lines: [line] }], shifts: [] },
  };
}

/**
 * Releases where the section throws in the way that fits a failure: `client.release(error)`, `transaction.rollback()`.
 * The success path stays as it is.
 *
 * @returns null if the code does not release at the end of the section by a call without arguments
 */
export function releaseOnFailure(
  context: EditContext,
  { specification: { releaseAfterFailure } }: Obligation,
  section: Section,
): Repair | null {
  const { last, region, body, removed } = section;
  const call = last?.type === 'ExpressionStatement' ? callOf(last.expression) : undefined;
  if (call?.arguments.length !== 0 || removed.some(isBeforeThrow)) {
    return null;
  }
  const isAwaited = last?.type === 'ExpressionStatement' && last.expression.type === 'AwaitExpression';
  const { callee } = call;
  const release =
    typeof releaseAfterFailure === 'object' && 'method' in releaseAfterFailure
      ? callee.type === 'MemberExpression' &&
        `${context.sourceCode.getText(callee.object)}.${releaseAfterFailure.method}()`
      : `${context.sourceCode.getText(callee)}(error instanceof Error ? error : new Error(String(error)))`;
  return release === false
    ? null
    : catchAndRelease(context, region, body, `${isAwaited ? 'await ' : ''}${release}`);
}

function callOf(expression: TSESTree.Expression): TSESTree.CallExpression | undefined {
  const inner = expression.type === 'AwaitExpression' ? expression.argument : expression;
  return inner.type === 'CallExpression' ? inner : undefined;
}

function isBeforeThrow(release: ReleaseStatement): boolean {
  const { parent } = release;
  return parent.type === 'BlockStatement' && parent.body[parent.body.indexOf(release) + 1]?.type === 'ThrowStatement';
}

/** Whether the statement gives the resource away: from there on somebody else releases it. */
function handsOver({ variables }: EditContext, { binding }: Obligation, statement: TSESTree.Statement): boolean {
  const variable = binding === undefined ? undefined : variables.of(binding);
  return (
    variable !== undefined &&
    usesOfVariable(variable).some(({ kind, node }) => {
      const isKept = kind === 'called' || kind === 'methodCalled' || kind === 'read';
      return contains(statement, node) && (!isKept || functionAround(node) !== functionAround(statement));
    })
  );
}

function catchAndRelease(
  context: EditContext,
  region: HeldRegion,
  body: readonly TSESTree.Statement[],
  release: string,
): Repair | null {
  const { layout, sourceCode } = context;
  const [first] = body;
  const last = body.at(-1);
  if (first === undefined || last === undefined || !layout.ownLines(first, last)) {
    return null;
  }
  const hoisted = hoist(context, body, [first.range[0], last.range[1]]);
  const isTaken = sourceCode.ast.tokens.some(
    ({ type, value, range }) => type === 'Identifier' && value === 'error' && range[0] >= region.block.range[0] && range[1] <= region.block.range[1],
  );
  if (hoisted === null) {
    return null;
  }
  const start = layout.lineStart(layout.startOf(first));
  const indent = layout.indentAt(first.range[0]);
  const unit = layout.unitOf(region.block);
  const name = isTaken ? 'cause' : 'error';
  const pieces: Piece[] = [
    { kind: 'above', at: start, lines: [...hoisted.lines, 'try {'].map(line => indent + line) },
    {
      kind: 'below',
      at: layout.lineEnd(layout.endOf(last)),
      lines: [
        `${indent}} catch (${name}) {`,
        `${indent}${unit}${release.replaceAll(/\berror\b/gu, name)}${layout.semicolon}`,
        `${indent}${unit}throw ${name}${layout.semicolon}`,
        `${indent}}`,
      ],
    },
    ...hoisted.pieces,
  ];
  return {
    messageId: 'releaseOnError',
    isExact: false,
    draft: {
      span: [region.after?.range[1] ?? region.block.range[0], last.range[1]],
      pieces,
      shifts: [{ range: [start, layout.endOf(last)], unit, levels: 1 }],
    },
  };
}
