import type { TSESTree } from '@typescript-eslint/utils';

import type { Obligation } from '../analysis/findings.js';
import { contains } from '../analysis/syntax/contains.js';
import { functionAround } from '../analysis/syntax/functions.js';
import { isQuiet } from './quiet.js';

/** A release that is a statement of its own, or what a function returns. */
export type ReleaseStatement = TSESTree.ExpressionStatement | TSESTree.ReturnStatement;

/** A list of statements that a section can be part of. */
export type StatementList = TSESTree.BlockStatement | TSESTree.SwitchCase;

/** The statements of a list. */
export function statementsOf(list: StatementList): readonly TSESTree.Statement[] {
  return list.type === 'BlockStatement' ? list.body : list.consequent;
}

/** Whether the node is a list of statements. */
export function isStatementList(node: TSESTree.Node | undefined): node is StatementList {
  return node?.type === 'BlockStatement' || node?.type === 'SwitchCase';
}

/**
 * The statements that release, in source order.
 *
 * @returns null if one of the releases is part of something larger, or of another function than `owner`
 */
export function releaseStatementsOf({ releases }: Obligation, owner: TSESTree.Node): ReleaseStatement[] | null {
  const statements = releases.map(release => {
    const statement = statementOf(release);
    return statement !== undefined && functionAround(statement) === owner ? statement : undefined;
  });
  return statements.every(statement => statement !== undefined) ? statements : null;
}

function statementOf(release: TSESTree.Node): ReleaseStatement | undefined {
  let node = release.parent;
  while (node?.type === 'AwaitExpression' || node?.type === 'ChainExpression' || isVoid(node)) {
    node = node.parent;
  }
  if (release.type !== 'CallExpression' || isChained(release)) {
    return undefined;
  }
  return node?.type === 'ExpressionStatement' || node?.type === 'ReturnStatement' ? node : undefined;
}

function isVoid(node: TSESTree.Node | undefined): node is TSESTree.UnaryExpression {
  return node?.type === 'UnaryExpression' && node.operator === 'void';
}

/** A handler added to a promise releases later. */
function isChained({ callee, arguments: given }: TSESTree.CallExpression): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    ['catch', 'finally', 'then'].includes(callee.property.name) &&
    given.length > 0
  );
}

/** The expression that releases. */
export function valueOf(release: ReleaseStatement): TSESTree.Expression | null {
  return release.type === 'ReturnStatement' ? release.argument : release.expression;
}

/** Whether the second release of the same holder does nothing: then an earlier one may stay beside `finally`. */
export function isIdempotent({ specification, acquire }: Obligation, release: ReleaseStatement): boolean {
  if ((specification.releaseTwice ?? 'ok') !== 'ok') {
    return false;
  }
  const value = valueOf(release);
  const expression = value?.type === 'AwaitExpression' ? value.argument : value;
  const callee = expression?.type === 'CallExpression' ? expression.callee : undefined;
  const ofReceiver = specification.release.some(
    way =>
      'receiverMethod' in way &&
      way.argument === undefined &&
      callee?.type === 'MemberExpression' &&
      callee.property.type === 'Identifier' &&
      callee.property.name === way.receiverMethod,
  );
  const isByName = specification.acquire.every(({ obligation }) => obligation === 'receiver');
  return !ofReceiver && !isByName && acquire.type === 'CallExpression';
}

/** What may happen between a release and the exit: nothing that can be seen, or a computation without waiting. */
export type Strictness = 'quiet' | 'synchronous';

/**
 * Whether nothing of note happens between a release and the end of the list of statements around it that `last` ends:
 * then the release can as well be left to a `finally` there.
 */
export function leavesAtOnce(
  release: ReleaseStatement,
  block: StatementList,
  last: TSESTree.Node,
  strictness: Strictness,
): boolean {
  if (release.type === 'ReturnStatement') {
    return reaches(release, block) && !isInFinalizer(release, block);
  }
  let node: TSESTree.Node = release;
  while (node.parent !== undefined) {
    const parent: TSESTree.Node = node.parent;
    const next: TSESTree.Statement | undefined = followers(node).find(statement => exitOf(statement, strictness) !== 'quiet');
    if (parent === block && (next === undefined || next.range[0] >= last.range[1])) {
      return true;
    }
    if (next !== undefined) {
      const left: TSESTree.Node | undefined = next.type === 'BreakStatement' && next.label === null ? switchOf(next, block) : undefined;
      if (left === undefined) {
        return exitOf(next, strictness) === 'leaves' && reaches(next, block) && !isInFinalizer(node, block);
      }
      node = left;
      continue;
    }
    if (!endsWith(parent, node)) {
      return false;
    }
    node = parent;
  }
  return false;
}

/** The statements of the same list behind `node`. */
function followers(node: TSESTree.Node): readonly TSESTree.Statement[] {
  const { parent } = node;
  const list = isStatementList(parent) ? statementsOf(parent) : [];
  return list.slice(list.findIndex(statement => statement === node) + 1);
}

/** Whether `parent` is left when `node`, the last of what it does, is. */
function endsWith(parent: TSESTree.Node, node: TSESTree.Node): boolean {
  switch (parent.type) {
    case 'BlockStatement':
    case 'CatchClause':
    case 'IfStatement':
      return true;
    case 'SwitchCase':
      return parent.parent.cases.at(-1) === parent;
    case 'SwitchStatement':
      return node !== parent.discriminant;
    case 'TryStatement':
      return parent.finalizer === null || parent.finalizer === node;
    default:
      return false;
  }
}

/** The `switch` that a `break` leaves, without a `finally` on its way. */
function switchOf(jump: TSESTree.BreakStatement, block: StatementList): TSESTree.SwitchStatement | undefined {
  for (let node: TSESTree.Node = jump; node !== block && node.parent !== undefined; node = node.parent) {
    switch (node.type) {
      case 'BreakStatement':
        break;
      case 'SwitchStatement':
        return node;
      case 'BlockStatement':
      case 'IfStatement':
      case 'SwitchCase':
        break;
      default:
        return undefined;
    }
  }
  return undefined;
}

function isInFinalizer(node: TSESTree.Node, block: StatementList): boolean {
  for (let current: TSESTree.Node | undefined = node; current !== undefined && current !== block; current = current.parent) {
    if (current.parent?.type === 'TryStatement' && current.parent.finalizer === current) {
      return true;
    }
  }
  return false;
}

function exitOf(statement: TSESTree.Statement, strictness: Strictness): 'busy' | 'leaves' | 'quiet' {
  switch (statement.type) {
    case 'BreakStatement':
    case 'ContinueStatement':
      return 'leaves';
    case 'EmptyStatement':
    case 'FunctionDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return 'quiet';
    case 'ReturnStatement':
      return isQuiet(statement.argument) || (strictness === 'synchronous' && !waits(statement.argument)) ? 'leaves' : 'busy';
    case 'ThrowStatement':
      return isQuiet(statement.argument) || isQuietError(statement.argument) ? 'leaves' : 'busy';
    default:
      return 'busy';
  }
}

function waits(node: TSESTree.Expression | null): boolean {
  return node?.type === 'AwaitExpression' || node?.type === 'YieldExpression';
}

/** `new SomeError('text')`: making an error takes no time and no lock. */
function isQuietError(node: TSESTree.Expression): boolean {
  return node.type === 'NewExpression' && node.arguments.every(argument => isQuiet(argument) || isText(argument));
}

function isText(node: TSESTree.Node): boolean {
  return node.type === 'TemplateLiteral' && node.expressions.every(isQuiet);
}

/** Whether the jump leaves `block` without another handler or `finally` on its way. */
function reaches(jump: TSESTree.Statement, block: StatementList): boolean {
  for (let node: TSESTree.Node = jump; node !== block && node.parent !== undefined; node = node.parent) {
    const parent: TSESTree.Node = node.parent;
    if (parent.type === 'TryStatement') {
      const isCaught = jump.type === 'ThrowStatement' && node === parent.block && parent.handler !== null;
      if (isCaught || (parent.finalizer !== null && node !== parent.finalizer)) {
        return false;
      }
    }
  }
  return jump.type === 'ReturnStatement' || jump.type === 'ThrowStatement' || isTargetOutside(jump, block);
}

function isTargetOutside(jump: TSESTree.Statement, block: StatementList): boolean {
  if (jump.type !== 'BreakStatement' && jump.type !== 'ContinueStatement') {
    return false;
  }
  const { label } = jump;
  for (let node: TSESTree.Node = jump; node !== block && node.parent !== undefined; node = node.parent) {
    const isLoop = /^(?:DoWhile|For|ForIn|ForOf|While)Statement$/u.test(node.type);
    const isTarget =
      label === null
        ? isLoop || (jump.type === 'BreakStatement' && node.type === 'SwitchStatement')
        : node.type === 'LabeledStatement' && node.label.name === label.name;
    if (isTarget) {
      return false;
    }
  }
  return true;
}

/** Whether every way through the statement that goes on behind it passes one of the releases. */
export function alwaysReleases(statement: TSESTree.Node | null, releases: readonly ReleaseStatement[]): boolean {
  switch (statement?.type) {
    case 'BlockStatement':
      return statement.body.some(inner => alwaysReleases(inner, releases));
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'ReturnStatement':
    case 'ThrowStatement':
      return true;
    case 'ExpressionStatement':
      return releases.includes(statement);
    case 'IfStatement':
      return alwaysReleases(statement.consequent, releases) && alwaysReleases(statement.alternate, releases);
    case 'TryStatement':
      return (
        (statement.finalizer !== null && alwaysReleases(statement.finalizer, releases)) ||
        (alwaysReleases(statement.block, releases) &&
          (statement.handler === null || alwaysReleases(statement.handler.body, releases)))
      );
    default:
      return false;
  }
}

/** Whether `node` holds one of the releases. */
export function holdsRelease(node: TSESTree.Node, releases: readonly ReleaseStatement[]): boolean {
  return releases.some(release => contains(node, release));
}
