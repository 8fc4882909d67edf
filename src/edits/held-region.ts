import type { TSESTree } from '@typescript-eslint/utils';

import type { Finding, FunctionNode, Obligation } from '../analysis/findings.js';
import { contains } from '../analysis/syntax/contains.js';
import { memberName } from '../analysis/syntax/member-name.js';
import { isWrapper } from '../analysis/syntax/skip-wrappers.js';
import type { EditContext } from './context.js';
import { isQuiet } from './quiet.js';
import { receivingCallbackOf } from './receiving-callback.js';
import type { ReleaseStatement, StatementList } from './release-statements.js';
import { isStatementList, statementsOf } from './release-statements.js';

/** The statements of one block from the first that runs while the resource is held, to the end of the block. */
export interface HeldRegion {
  readonly block: StatementList;
  readonly statements: readonly TSESTree.Statement[];
  /** The statement before them. None where the region is the whole body of a callback. */
  readonly after?: TSESTree.Statement;
  /** Whether the resource is held on some paths only: the code's own release is guarded then, or does nothing. */
  readonly isConditional: boolean;
}

/**
 * Where the resource is held.
 *
 * @returns null if the acquire is part of something larger, so that no statement starts with the resource held
 */
export function heldRegionOf(
  { acquires }: EditContext,
  finding: Finding,
  releases: readonly ReleaseStatement[],
): HeldRegion | null {
  const { obligation } = finding;
  const { acquire, way } = obligation;
  const callback = receivingCallbackOf(obligation);
  if (callback !== undefined) {
    return regionOfCallback(callback, typeof way.obligation === 'object' && 'callback' in way.obligation ? way.obligation.error : undefined);
  }
  const value = outermost(acquire, acquires);
  const isAwaited = value.node.type === 'AwaitExpression' || value.hasAwait;
  if (way.awaited === true && !isAwaited) {
    return null;
  }
  return way.optional === true ? regionOfAttempt(value.node, obligation) : regionOfAcquire(value, finding, releases);
}

/** The whole body of a callback that gets the resource, behind the test of its error. */
export function regionOfCallback(callback: FunctionNode, error?: number): HeldRegion | null {
  if (callback.body.type !== 'BlockStatement') {
    return null;
  }
  const { body } = callback.body;
  const [first, ...others] = body;
  const parameter = error === undefined ? undefined : callback.params[error];
  if (parameter === undefined) {
    return { block: callback.body, statements: body, isConditional: false };
  }
  const isGuarded =
    first?.type === 'IfStatement' &&
    first.alternate === null &&
    first.test.type === 'Identifier' &&
    parameter.type === 'Identifier' &&
    first.test.name === parameter.name &&
    alwaysExits(first.consequent);
  return isGuarded ? { block: callback.body, statements: others, after: first, isConditional: false } : null;
}

interface Value {
  readonly node: TSESTree.Expression;
  readonly hasAwait: boolean;
  readonly isConditional: boolean;
}

/** The largest expression that gives the value of the acquire. Both sides of a condition may acquire. */
function outermost(
  node: TSESTree.Expression,
  acquires: ReadonlySet<TSESTree.Node>,
  hasAwait = false,
  isConditional = false,
): Value {
  const { parent } = node;
  if (isWrapper(parent)) {
    return outermost(parent, acquires, hasAwait, isConditional);
  }
  switch (parent.type) {
    case 'AwaitExpression':
      return outermost(parent, acquires, true, isConditional);
    case 'ConditionalExpression': {
      const isBoth = [parent.consequent, parent.alternate].every(side => acquires.has(awaitedOf(side)));
      return parent.test === node ? { node, hasAwait, isConditional } : outermost(parent, acquires, hasAwait, isConditional || !isBoth);
    }
    case 'LogicalExpression':
      return parent.left === node ? { node, hasAwait, isConditional } : outermost(parent, acquires, hasAwait, true);
    case 'MemberExpression': {
      const call = memberName(parent) === 'catch' ? parent.parent : undefined;
      return call?.type === 'CallExpression' && call.callee === parent
        ? outermost(call, acquires, hasAwait, true)
        : { node, hasAwait, isConditional };
    }
    default:
      return { node, hasAwait, isConditional };
  }
}

function awaitedOf(node: TSESTree.Expression): TSESTree.Expression {
  return node.type === 'AwaitExpression' ? awaitedOf(node.argument) : node;
}

function regionOfAcquire(
  { node, isConditional }: Value,
  { obligation, witness, others }: Finding,
  releases: readonly ReleaseStatement[],
): HeldRegion | null {
  const statement = statementOf(node);
  const losses = [witness, ...others.map(exit => exit.witness)];
  const region = statement === undefined ? null : regionBehind(statement, isConditional, releases, losses);
  const guard = region?.isConditional === true ? regionBehindGuard(region, nameOf(node, obligation)) : null;
  return guard ?? region;
}

/**
 * What comes behind a statement, or behind the `if` or `try` around it, so far that all releases are in it. Nothing that
 * is left behind loses the resource.
 */
function regionBehind(
  statement: TSESTree.Statement,
  isConditional: boolean,
  releases: readonly ReleaseStatement[],
  losses: readonly TSESTree.Node[],
): HeldRegion | null {
  const { parent } = statement;
  const region = isStatementList(parent) ? behind(statement, parent, isConditional) : null;
  const isComplete = region !== null && releases.every(release => contains(region.block, release));
  if (region !== null && isComplete && region.statements.length > 0) {
    return region;
  }
  if (region?.statements.some(left => losses.some(loss => contains(left, loss))) === true) {
    return null;
  }
  const branch = region?.block ?? statement;
  const outer = branch.parent;
  if (outer.type === 'IfStatement' && outer.consequent === branch && outer.alternate === null) {
    // `if (own) x = acquire(); … if (own) x.release();`
    return regionBehind(outer, true, releases, losses);
  }
  const isTried = outer.type === 'TryStatement' && outer.block === branch && outer.finalizer === null;
  if (isTried && alwaysExits(outer.handler?.body)) {
    return regionBehind(outer, isConditional, releases, losses);
  }
  return isComplete ? region : null;
}

/** The statement whose last effect the value is. */
function statementOf(node: TSESTree.Expression): TSESTree.Statement | undefined {
  const { parent } = node;
  if (parent.type === 'ExpressionStatement') {
    return parent;
  }
  if (parent.type === 'VariableDeclarator') {
    return parent.parent.declarations.at(-1) === parent ? parent.parent : undefined;
  }
  return parent.type === 'AssignmentExpression' && parent.parent.type === 'ExpressionStatement' && parent.operator === '='
    ? parent.parent
    : undefined;
}

function behind(
  statement: TSESTree.Statement,
  block: StatementList,
  isConditional: boolean,
): HeldRegion {
  const list = statementsOf(block);
  return { block, statements: list.slice(list.indexOf(statement) + 1), after: statement, isConditional };
}

/** An attempt that may fail: `if (!lock.tryAcquire()) return;`, `if (lock.tryAcquire()) { … }`, with or without a name. */
function regionOfAttempt(node: TSESTree.Expression, obligation: Obligation): HeldRegion | null {
  const { parent } = node;
  if (parent.type === 'IfStatement' && parent.test === node) {
    return regionOfSuccess(parent);
  }
  if (parent.type === 'UnaryExpression' && parent.operator === '!') {
    return parent.parent.type === 'WhileStatement' ? regionBehindLoop(parent.parent) : regionBehindFailure(parent.parent);
  }
  const statement = statementOf(node);
  return statement !== undefined && isStatementList(statement.parent)
    ? regionBehindGuard(behind(statement, statement.parent, false), nameOf(node, obligation))
    : null;
}

function nameOf({ parent }: TSESTree.Expression, { binding }: Obligation): string | undefined {
  return binding?.name ?? (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id.name : undefined);
}

/** The statements that run only where the test of the result, which comes first, shows that something was acquired. */
function regionBehindGuard({ statements: [next] }: HeldRegion, name: string | undefined): HeldRegion | null {
  if (next?.type !== 'IfStatement' || name === undefined) {
    return null;
  }
  if (next.test.type === 'Identifier' && next.test.name === name) {
    return regionOfSuccess(next);
  }
  return isFailureTest(next.test, name) ? regionBehindFailure(next) : null;
}

function regionOfSuccess({ consequent, alternate }: TSESTree.IfStatement): HeldRegion | null {
  return consequent.type === 'BlockStatement' && alternate === null
    ? { block: consequent, statements: consequent.body, isConditional: false }
    : null;
}

function regionBehindFailure(guard: TSESTree.Node): HeldRegion | null {
  return guard.type === 'IfStatement' && isStatementList(guard.parent) && guard.alternate === null && alwaysExits(guard.consequent)
    ? behind(guard, guard.parent, false)
    : null;
}

/** `while (!lock.tryAcquire()) await sleep(10);` */
function regionBehindLoop(loop: TSESTree.WhileStatement): HeldRegion | null {
  const { body, parent } = loop;
  const [statement, ...others] = body.type === 'BlockStatement' ? body.body : [body];
  return isStatementList(parent) && statement?.type === 'ExpressionStatement' && others.length === 0
    ? behind(loop, parent, false)
    : null;
}

/** `!lock`, `lock === undefined`, `lock == null`, `lock === false`. */
function isFailureTest(test: TSESTree.Expression, name: string): boolean {
  if (test.type === 'UnaryExpression') {
    return test.operator === '!' && test.argument.type === 'Identifier' && test.argument.name === name;
  }
  return (
    test.type === 'BinaryExpression' &&
    (test.operator === '===' || test.operator === '==') &&
    test.left.type === 'Identifier' &&
    test.left.name === name &&
    isQuiet(test.right)
  );
}

function alwaysExits(statement: TSESTree.Statement | undefined): boolean {
  switch (statement?.type) {
    case 'BlockStatement':
      return alwaysExits(statement.body.at(-1));
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'ReturnStatement':
    case 'ThrowStatement':
      return true;
    default:
      return false;
  }
}
