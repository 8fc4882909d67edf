import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Finding, Obligation } from '../analysis/findings.js';
import { childrenOf } from '../analysis/syntax/children.js';
import { contains } from '../analysis/syntax/contains.js';
import { usesOfVariable } from '../analysis/value-flow/uses.js';
import type { EditContext } from './context.js';
import { functionOf } from './context.js';
import type { Piece } from './draft.js';
import type { HeldRegion } from './held-region.js';
import { isQuiet } from './quiet.js';
import type { ReleaseStatement } from './release-statements.js';
import { alwaysReleases, holdsRelease, isIdempotent, leavesAtOnce } from './release-statements.js';
import { promisenessOf } from './returned-promises.js';

/** The part of a held region that a `finally` is to cover, and what becomes of the releases in it. */
export interface Section {
  readonly region: HeldRegion;
  /** The statements that the new block covers; never empty. */
  readonly body: readonly TSESTree.Statement[];
  /** The statements behind it. */
  readonly rest: readonly TSESTree.Statement[];
  /** What `finally` is to do, line by line, without indentation. */
  readonly release: readonly string[];
  /** The releases that `finally` makes superfluous and that go. The others do no harm. */
  readonly removed: readonly ReleaseStatement[];
  /** The statement behind the body that becomes the content of `finally`. */
  readonly last?: TSESTree.Statement;
}

/**
 * The section from the acquire to the last release, so that the success path goes on to release where it did.
 *
 * @returns null if a release is out of reach, would come later than now, or could happen twice where that does harm
 */
export function sectionOf(
  context: EditContext,
  obligation: Obligation,
  region: HeldRegion,
  releases: readonly ReleaseStatement[],
): Section | null {
  const { statements } = region;
  const index = statements.findLastIndex(statement => holdsRelease(statement, releases));
  const found = statements[index];
  if (found === undefined || !releases.every(release => statements.some(statement => contains(statement, release)))) {
    return null;
  }
  if (region.isConditional) {
    return conditionalSection(context, region, index, found, releases);
  }
  const isPlain = releases.some(release => release === found);
  const end = isPlain ? index : alwaysReleases(found, releases) ? index + 1 : statements.length;
  const body = statements.slice(0, end);
  const final = isPlain ? found : undefined;
  const last = body.at(-1);
  if (last === undefined || isRebound(context, obligation, body) || isHandedOver(context, obligation, body, releases)) {
    return null;
  }
  const removed: ReleaseStatement[] = [];
  for (const release of releases) {
    if (release === final || (leavesAtOnce(release, region.block, last) && isPromiseFree(context, release))) {
      removed.push(release);
    } else if (!isIdempotent(obligation, release)) {
      return null;
    }
  }
  const model = final ?? releases.find(release => release.parent.type === 'BlockStatement' && isFinalizer(release.parent)) ?? releases[0];
  return model === undefined
    ? null
    : {
        region,
        body,
        rest: statements.slice(isPlain ? end + 1 : end),
        release: final === undefined ? [context.sourceCode.getText(model)] : linesOf(context, final),
        removed,
        ...(final === undefined ? {} : { last: final }),
      };
}

/** The section to the end of the block, for a resource that is never released. */
export function openSection(
  context: EditContext,
  { kind, obligation }: Finding,
  region: HeldRegion,
  release: string,
): Section | null {
  const body = region.statements;
  const isWhole = region.after === undefined || region.block === obligation.owner.body || isDeclaredHere(obligation, region);
  return region.isConditional || body.length === 0 || !isWhole || isRebound(context, obligation, body) || isHandedOver(context, obligation, body, [], kind === 'neverReleased')
    ? null
    : { region, body, rest: [], release: [release], removed: [] };
}

function isDeclaredHere({ binding }: Obligation, { after, block }: HeldRegion): boolean {
  return binding === undefined ? after?.type === 'ExpressionStatement' : after?.type === 'VariableDeclaration' && contains(block, binding);
}

/** `if (own) await x.release();` or `release?.();` at the end of what a guarded acquire opens: it moves as it is. */
function conditionalSection(
  context: EditContext,
  region: HeldRegion,
  index: number,
  found: TSESTree.Statement,
  releases: readonly ReleaseStatement[],
): Section | null {
  const body = region.statements.slice(0, index);
  const isGuard = found.type === 'IfStatement' && isOnlyRelease(found, releases);
  const isOptional = found.type === 'ExpressionStatement' && context.sourceCode.getText(found).includes('?.');
  const isSame = !(isGuard || isOptional) || namesIn(context, found).some(variable => isWritten(variable, body));
  return isSame || releases.length !== 1 || body.length === 0
    ? null
    : {
        region,
        body,
        rest: region.statements.slice(index + 1),
        release: linesOf(context, found),
        removed: [],
        last: found,
      };
}

/** Whether the statement does nothing but to release, on a condition perhaps. */
export function isOnlyRelease(statement: TSESTree.Statement, releases: readonly ReleaseStatement[]): boolean {
  switch (statement.type) {
    case 'BlockStatement':
      return statement.body.length === 1 && statement.body.every(inner => isOnlyRelease(inner, releases));
    case 'IfStatement':
      return statement.alternate === null && isQuiet(statement.test) && isOnlyRelease(statement.consequent, releases);
    default:
      return releases.some(release => release === statement);
  }
}

/** The text of a statement with the comments around it, line by line, without the indentation of its first line. */
function linesOf({ layout }: EditContext, statement: TSESTree.Statement): string[] {
  const start = layout.startOf(statement);
  const indent = layout.indentAt(start);
  return layout.text
    .slice(start, layout.endOf(statement))
    .split(/\r?\n/u)
    .map((line, number) => (number > 0 && line.startsWith(indent) ? line.slice(indent.length) : line));
}

function isFinalizer(block: TSESTree.BlockStatement): boolean {
  return block.parent.type === 'TryStatement' && block.parent.finalizer === block;
}

/** A promise that is returned behind the release must not be awaited under the lock. */
function isPromiseFree(context: EditContext, release: ReleaseStatement): boolean {
  const { parent } = release;
  const next = parent.type === 'BlockStatement' ? parent.body[parent.body.indexOf(release) + 1] : undefined;
  return next?.type !== 'ReturnStatement' || next.argument === null || promisenessOf(context, next.argument) !== 'yes';
}

/** Whether the variable that releases is assigned anew on the way: `finally` would release another resource. */
function isRebound({ variables }: EditContext, { binding }: Obligation, body: readonly TSESTree.Statement[]): boolean {
  const variable = binding === undefined ? undefined : variables.of(binding);
  return variable !== undefined && isWritten(variable, body);
}

function isWritten(variable: TSESLint.Scope.Variable, body: readonly TSESTree.Statement[]): boolean {
  return variable.references.some(
    reference => reference.isWrite() && body.some(statement => contains(statement, reference.identifier)),
  );
}

function namesIn(context: EditContext, node: TSESTree.Node): TSESLint.Scope.Variable[] {
  const { sourceCode, variables } = context;
  if (node.type === 'Identifier') {
    const variable = variables.of(node);
    return variable === undefined ? [] : [variable];
  }
  return childrenOf(node, sourceCode.visitorKeys).flatMap(child => namesIn(context, child));
}

/**
 * Whether the body may give the resource to somebody else. What is passed to a call that a release follows was lent,
 * as the code itself shows. `isLent`: so was all else, as the analysis knows.
 */
function isHandedOver(
  { variables }: EditContext,
  { binding }: Obligation,
  body: readonly TSESTree.Statement[],
  releases: readonly ReleaseStatement[],
  isLent = false,
): boolean {
  const variable = binding === undefined ? undefined : variables.of(binding);
  const owner = binding === undefined ? undefined : functionOf(binding);
  const lastRelease = releases.at(-1)?.range[0] ?? -1;
  return (
    variable !== undefined &&
    usesOfVariable(variable).some(({ kind, node }) => {
      if (!body.some(statement => contains(statement, node)) || releases.some(release => contains(release, node))) {
        return false;
      }
      switch (kind) {
        case 'methodCalled':
        case 'read':
          return false;
        case 'called':
          return functionOf(node) !== owner;
        case 'passed':
          return !isLent && node.range[0] > lastRelease;
        default:
          return true;
      }
    })
  );
}

/**
 * What the removal of the superfluous releases changes. One that would leave an empty block behind stays if it does no
 * harm.
 *
 * @returns null if one can neither go nor stay
 */
export function removalsOf(
  context: EditContext,
  obligation: Obligation,
  releases: readonly ReleaseStatement[],
): Piece[] | null {
  const pieces: Piece[] = [];
  for (const release of releases) {
    const piece = removalOf(context, release);
    if (piece !== null) {
      pieces.push(piece);
    } else if (!isIdempotent(obligation, release)) {
      return null;
    }
  }
  return pieces;
}

/** Whether nothing but a rethrow would be left of a `catch` without the statement. */
function isBeforeRethrow({ parent }: TSESTree.Statement): boolean {
  return parent.type === 'BlockStatement' && parent.parent.type === 'CatchClause' && isRethrow(parent.parent, 2);
}

/** Whether the handler ends, after `count` statements in all, with a rethrow of what it caught. */
export function isRethrow({ param, body: { body } }: TSESTree.CatchClause, count: number): boolean {
  const last = body.at(-1);
  return (
    body.length === count &&
    last?.type === 'ThrowStatement' &&
    last.argument.type === 'Identifier' &&
    param?.type === 'Identifier' &&
    last.argument.name === param.name
  );
}

function removalOf({ sourceCode, layout }: EditContext, release: ReleaseStatement): Piece | null {
  const { parent } = release;
  if (isBeforeRethrow(release)) {
    return null;
  }
  if ((parent.type === 'BlockStatement' && parent.body.length > 1) || parent.type === 'SwitchCase') {
    return { kind: 'replace', range: layout.removable(release.range), text: '' };
  }
  const branch = parent.type === 'BlockStatement' ? parent : release;
  const outer = branch.parent;
  if (sourceCode.getCommentsInside(branch).length > 0) {
    return null;
  }
  if (outer.type === 'IfStatement' && outer.alternate === branch) {
    return { kind: 'replace', range: [outer.consequent.range[1], branch.range[1]], text: '' };
  }
  if (outer.type === 'IfStatement' && outer.alternate === null && isQuiet(outer.test) && outer.parent.type === 'BlockStatement') {
    return outer.parent.body.length > 1 && !isBeforeRethrow(outer) ? { kind: 'replace', range: layout.removable(outer.range), text: '' } : null;
  }
  if (outer.type === 'TryStatement' && outer.finalizer === branch && outer.handler !== null) {
    return { kind: 'replace', range: [outer.handler.range[1], branch.range[1]], text: '' };
  }
  return null;
}

/** The release behind the body goes, with its comments. `end` is the last statement of the new block. */
export function removalOfLast({ layout }: EditContext, { last, body }: Section, end: TSESTree.Statement): Piece[] {
  if (last === undefined) {
    return [];
  }
  const [start, stop] = layout.removable([layout.startOf(last), layout.endOf(last)]);
  const isBehind = end === body.at(-1) && layout.ownLines(last, last);
  return [{ kind: 'replace', range: [isBehind ? layout.lineEnd(layout.endOf(end)) : start, stop], text: '' }];
}

/** Whether the function is still being written: a block on the way is empty. */
export function isUnfinished(context: EditContext, body: readonly TSESTree.Node[]): boolean {
  return body.some(
    node =>
      (node.type === 'BlockStatement' && node.body.length === 0 && context.sourceCode.getCommentsInside(node).length === 0) ||
      isUnfinished(context, childrenOf(node, context.sourceCode.visitorKeys)),
  );
}
