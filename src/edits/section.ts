import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Finding, Obligation } from '../analysis/findings.js';
import { childrenOf } from '../analysis/syntax/children.js';
import { contains } from '../analysis/syntax/contains.js';
import { functionAround } from '../analysis/syntax/functions.js';
import { usesOfVariable } from '../analysis/value-flow/uses.js';
import type { EditContext } from './context.js';
import type { HeldRegion } from './held-region.js';
import { isQuiet } from './quiet.js';
import type { ReleaseStatement, Strictness } from './release-statements.js';
import { alwaysReleases, holdsRelease, isIdempotent, leavesAtOnce, valueOf } from './release-statements.js';
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
  /** Whether each release that goes comes no later than before. */
  readonly isExact: boolean;
}

/**
 * The section from the acquire to the last release, so that the success path goes on to release where it did.
 *
 * @returns null if a release is out of reach, would come later than now, or could happen twice where that does harm
 */
export function sectionOf(
  context: EditContext,
  finding: Finding,
  region: HeldRegion,
  releases: readonly ReleaseStatement[],
): Section | null {
  const { obligation } = finding;
  const { statements } = region;
  const index = statements.findLastIndex(statement => holdsRelease(statement, releases));
  const found = statements[index];
  if (found === undefined || !releases.every(release => statements.some(statement => contains(statement, release)))) {
    return null;
  }
  if (region.isConditional && !isCalledAnyway(context, region, releases)) {
    return isMissedOnExceptionsOnly(finding) ? conditionalSection(context, region, index, found, releases) : null;
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
  let isExact = true;
  for (const release of releases) {
    const leaves = (strictness: Strictness): boolean =>
      leavesAtOnce(release, region.block, last, strictness) && isPromiseFree(context, release);
    if (release === final || leaves('quiet')) {
      removed.push(release);
    } else if (!isIdempotent(obligation, release)) {
      if (!leaves('synchronous')) {
        return null;
      }
      isExact = false;
      removed.push(release);
    }
  }
  const model = releases.find(release => release === final) ?? releases.find(isInFinalizer) ?? releases[0];
  const text = model === undefined ? null : textOf(context, obligation, model);
  return text === null
    ? null
    : {
        region,
        body,
        rest: statements.slice(isPlain ? end + 1 : end),
        release: final?.type === 'ExpressionStatement' ? linesOf(context, final) : [text],
        removed,
        isExact,
        ...(final === undefined ? {} : { last: final }),
      };
}

/**
 * The statements of a `finally` before the release in it, if nothing else loses the resource: they get a `finally` of
 * their own.
 *
 * @returns null if there is more than this release
 */
export function finalSectionOf(
  context: EditContext,
  { witness, others }: Finding,
  { isConditional }: HeldRegion,
  releases: readonly ReleaseStatement[],
): Section | null {
  const [release, ...further] = releases;
  const block = release?.parent;
  if (release?.type !== 'ExpressionStatement' || further.length > 0 || block?.type !== 'BlockStatement' || !isInFinalizer(release)) {
    return null;
  }
  const index = block.body.indexOf(release);
  const body = block.body.slice(0, index);
  const isInside = [witness, ...others.map(exit => exit.witness)].every(loss => body.some(statement => contains(statement, loss)));
  return !isInside || isConditional
    ? null
    : {
        region: { block, statements: block.body, isConditional: false },
        body,
        rest: block.body.slice(index + 1),
        release: linesOf(context, release),
        removed: [release],
        isExact: true,
        last: release,
      };
}

/** The statement that releases; null if a function that cannot wait returned the promise of the release. */
function textOf({ sourceCode, layout }: EditContext, { specification }: Obligation, release: ReleaseStatement): string | null {
  const value = valueOf(release);
  if (release.type === 'ExpressionStatement' || value === null) {
    return sourceCode.getText(release);
  }
  const isLeft = specification.awaitRelease === true && value.type !== 'AwaitExpression';
  const text = `${isLeft ? 'await ' : ''}${sourceCode.getText(value)}${layout.semicolon}`;
  return isLeft && functionAround(release)?.async !== true ? null : text;
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
    : { region, body, rest: [], release: [release], removed: [], isExact: true };
}

function isDeclaredHere({ binding }: Obligation, { after, block }: HeldRegion): boolean {
  return binding === undefined ? after?.type === 'ExpressionStatement' : after?.type === 'VariableDeclaration' && contains(block, binding);
}

/** A conditional release moves as it is, so it must be right on every path that reaches it. */
function isMissedOnExceptionsOnly({ kind, others }: Finding): boolean {
  return [kind, ...others.map(exit => exit.kind)].every(each => each === 'missedOnException');
}

/** Whether the code calls the releaser whether or not it has acquired, so that there always is one. */
function isCalledAnyway({ sourceCode }: EditContext, { block, statements }: HeldRegion, releases: readonly ReleaseStatement[]): boolean {
  return releases.some(release => {
    const outer = isInFinalizer(release) ? release.parent.parent : release;
    return outer?.parent === block && statements.some(statement => statement === outer) && !sourceCode.getText(release).includes('?.');
  });
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
        isExact: true,
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
export function linesOf({ layout }: EditContext, statement: TSESTree.Statement): string[] {
  const start = layout.startOf(statement);
  const indent = layout.indentAt(start);
  return layout.text
    .slice(start, layout.endOf(statement))
    .split(/\r?\n/u)
    .map((line, number) => (number > 0 && line.startsWith(indent) ? line.slice(indent.length) : line));
}

function isInFinalizer({ parent }: ReleaseStatement): boolean {
  return parent.type === 'BlockStatement' && parent.parent.type === 'TryStatement' && parent.parent.finalizer === parent;
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
  const owner = binding === undefined ? undefined : functionAround(binding);
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
          return functionAround(node) !== owner;
        case 'passed':
          return !isLent && node.range[0] > lastRelease;
        default:
          return !isInOptions(node) || node.range[0] > lastRelease;
      }
    })
  );
}

/** `insertOne(document, { session })`: passed as well, as an option. */
function isInOptions({ parent }: TSESTree.Node): boolean {
  const object = parent?.type === 'Property' ? parent.parent : undefined;
  return object?.type === 'ObjectExpression' && object.parent.type === 'CallExpression';
}
