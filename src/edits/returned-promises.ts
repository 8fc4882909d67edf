import type { TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../analysis/findings.js';
import { isFunction } from '../analysis/syntax/functions.js';
import { returnedValues } from '../analysis/syntax/returns.js';
import { resolveCallee } from '../analysis/value-flow/resolve-callee.js';
import type { EditContext } from './context.js';
import type { Piece, Range } from './draft.js';

/** Whether an expression gives a promise. Without types a call of something unknown is `unknown`. */
export type Promiseness = 'no' | 'unknown' | 'yes';

const maximumDepth = 3;

/** Whether the value of `node` is a promise, by its type where there is one, else by what the file shows. */
export function promisenessOf(context: EditContext, node: TSESTree.Expression, depth = 0): Promiseness {
  const { types, variables } = context;
  if (types !== undefined && !types.isAny(node)) {
    return types.isPromiseLike(node) ? 'yes' : 'no';
  }
  if (depth > maximumDepth) {
    return 'unknown';
  }
  switch (node.type) {
    case 'CallExpression':
      return promisenessOfCall(context, node, depth);
    case 'ConditionalExpression':
      return either(promisenessOf(context, node.consequent, depth), promisenessOf(context, node.alternate, depth));
    case 'ChainExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
      return promisenessOf(context, node.expression, depth);
    case 'Identifier': {
      const definition = variables.of(node)?.defs[0];
      const init = definition?.type === 'Variable' && definition.node.id.type === 'Identifier' ? definition.node.init : null;
      return init !== null && promisenessOf(context, init, depth + 1) === 'yes' ? 'yes' : 'no';
    }
    case 'ImportExpression':
      return 'yes';
    case 'LogicalExpression':
      return either(promisenessOf(context, node.left, depth), promisenessOf(context, node.right, depth));
    case 'NewExpression':
      return node.callee.type === 'Identifier' && node.callee.name === 'Promise' ? 'yes' : 'no';
    case 'TaggedTemplateExpression':
      return 'unknown';
    default:
      return 'no';
  }
}

function promisenessOfCall(context: EditContext, call: TSESTree.CallExpression, depth: number): Promiseness {
  const { callee } = call;
  const local = resolveCallee(call, context.variables);
  if (local !== undefined) {
    return local.async
      ? 'yes'
      : returnedValues(local, context.sourceCode.visitorKeys)
          .map(value => (value === null ? 'no' : promisenessOf(context, value, depth + 1)))
          .reduce(either, 'no');
  }
  if (callee.type === 'MemberExpression' && callee.object.type === 'Identifier') {
    const { name } = callee.object;
    if (name === 'Promise') {
      return 'yes';
    }
    return synchronous.has(name) && context.variables.isUnshadowedGlobal(callee.object) ? 'no' : 'unknown';
  }
  return callee.type === 'Identifier' && conversions.has(callee.name) ? 'no' : 'unknown';
}

/** Global objects without a method that gives a promise. */
const synchronous = new Set(['Array', 'Date', 'JSON', 'Math', 'Number', 'Object', 'Reflect', 'String', 'Symbol']);
const conversions = new Set(['BigInt', 'Boolean', 'Number', 'String', 'parseFloat', 'parseInt']);

function either(left: Promiseness, right: Promiseness): Promiseness {
  return left === 'yes' || right === 'yes' ? 'yes' : left === 'unknown' || right === 'unknown' ? 'unknown' : 'no';
}

/** How returned promises are awaited, and whether that is all that changes. */
export interface Awaited {
  readonly pieces: readonly Piece[];
  /** Whether no `catch` sees a rejection that it did not see before, and no promise may have been overlooked. */
  readonly isExact: boolean;
}

/**
 * Awaits the promises that `returns` give, as a `finally` around them would release before they settle.
 *
 * @returns null if a function that is not async gives a promise
 */
export function awaitReturned(
  context: EditContext,
  owner: FunctionNode,
  returns: readonly TSESTree.ReturnStatement[],
): Awaited | null {
  const kinds = returns.map(({ argument }) => (argument === null ? 'no' : promisenessOf(context, argument)));
  if (!owner.async) {
    return kinds.includes('yes') ? null : { pieces: [], isExact: !kinds.includes('unknown') };
  }
  return awaitAll(
    context,
    owner,
    returns.filter((_, index) => kinds[index] !== 'no'),
  );
}

/** Awaits what `returns` of an async function give. */
export function awaitAll(
  context: EditContext,
  owner: FunctionNode,
  returns: readonly TSESTree.ReturnStatement[],
): Awaited {
  return {
    pieces: returns.flatMap(statement => awaitReturn(context, statement)),
    isExact: !returns.some(statement => isInsideCatching(statement, owner)),
  };
}

function isInsideCatching(node: TSESTree.Node, owner: FunctionNode): boolean {
  for (let current = node; current !== owner && current.parent !== undefined; current = current.parent) {
    const { parent } = current;
    if (parent.type === 'TryStatement' && parent.handler !== null && parent.block === current) {
      return true;
    }
  }
  return false;
}

function awaitReturn(context: EditContext, statement: TSESTree.ReturnStatement): Piece[] {
  const { argument, parent, range } = statement;
  if (argument === null) {
    return [];
  }
  if (!givesNothing(context, argument)) {
    return awaitPieces(context, argument);
  }
  // What a promise of nothing gives is not worth returning, and typescript-eslint forbids it.
  const { layout } = context;
  const isInBlock = parent.type === 'BlockStatement';
  const keyword: Range = [range[0], argument.range[0]];
  const [head, tail] = needsParentheses(argument) ? ['await (', ')'] : ['await ', ''];
  const pieces: Piece[] = [
    { kind: 'replace', range: keyword, text: isInBlock ? head : `{ ${head}` },
    ...(tail === '' ? [] : [{ kind: 'behind', at: argument.range[1], lines: [tail] } as const]),
  ];
  if (!isInBlock) {
    return [...pieces, { kind: 'behind', at: range[1], lines: [' return; }'] }];
  }
  return isLastOfFunction(statement)
    ? pieces
    : [...pieces, { kind: 'behind', at: range[1], lines: ['', `${layout.indentAt(range[0])}return${layout.semicolon}`], moves: true }];
}

function awaitPieces(context: EditContext, node: TSESTree.Expression): Piece[] {
  if (node.type === 'ConditionalExpression') {
    return [node.consequent, node.alternate].flatMap(branch =>
      promisenessOf(context, branch) === 'no' ? [] : awaitPieces(context, branch),
    );
  }
  if (!needsParentheses(node)) {
    return [{ kind: 'before', at: node.range[0], text: 'await ' }];
  }
  return [
    { kind: 'before', at: node.range[0], text: 'await (' },
    { kind: 'behind', at: node.range[1], lines: [')'] },
  ];
}

/** Whether the value is a promise of nothing, or else `undefined`. */
export function givesNothing(context: EditContext, node: TSESTree.Expression): boolean {
  if (node.type === 'ConditionalExpression') {
    const branches = [node.consequent, node.alternate];
    return (
      branches.every(branch => isUndefined(branch) || givesNothing(context, branch)) && !branches.every(isUndefined)
    );
  }
  if (context.types !== undefined && !context.types.isAny(node)) {
    return context.types.isPromiseOfVoid(node);
  }
  const local = node.type === 'CallExpression' ? resolveCallee(node, context.variables) : undefined;
  return (
    local?.async === true &&
    returnedValues(local, context.sourceCode.visitorKeys).every(value => value === null)
  );
}

function isUndefined(node: TSESTree.Expression): boolean {
  return node.type === 'Identifier' && node.name === 'undefined';
}

/** Whether the function ends behind the statement, but for what `finally` does. */
function isLastOfFunction(statement: TSESTree.Statement): boolean {
  for (let node: TSESTree.Node = statement; node.parent !== undefined; node = node.parent) {
    const parent: TSESTree.Node = node.parent;
    switch (parent.type) {
      case 'BlockStatement':
        if (parent.body.at(-1) !== node) {
          return false;
        }
        break;
      case 'CatchClause':
      case 'IfStatement':
      case 'TryStatement':
        break;
      default:
        return isFunction(parent);
    }
  }
  return false;
}

function needsParentheses({ type }: TSESTree.Expression): boolean {
  return !bindsTighter.has(type);
}

/** What may stand behind `await` without parentheses. */
const bindsTighter = new Set<string>([
  'CallExpression',
  'ChainExpression',
  'Identifier',
  'ImportExpression',
  'MemberExpression',
  'NewExpression',
  'TaggedTemplateExpression',
  'TSNonNullExpression',
]);
