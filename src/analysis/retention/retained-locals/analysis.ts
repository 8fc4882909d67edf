import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../../findings.js';
import { ancestorsOf } from '../../syntax/ancestors.js';
import { contains } from '../../syntax/contains.js';
import { functionAround } from '../../syntax/functions.js';
import { memberName } from '../../syntax/member-name.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import { producesLarge } from '../captures/producers.js';
import { longWaitsIn } from './long-waits.js';
import type { WaitContext } from './long-waits.js';
import type { LongWait, RetainedLocal } from './model.js';

/**
 * The large locals of async functions that are dead while their function waits for long, in source order. The interpreter
 * and the baseline compiler keep all variables of a suspended function, in whatever block; optimised code drops the dead
 * ones. So this is about functions that run a few times and wait long: the start of a program, a command, a connection.
 */
export function findRetainedLocals(context: WaitContext): RetainedLocal[] {
  const { sourceCode, variables } = context;
  if (!sourceCode.text.includes('await')) return [];
  const waits = new Map<FunctionNode, readonly LongWait[]>();
  return (sourceCode.scopeManager?.scopes ?? [])
    .flatMap(scope => scope.variables)
    .flatMap(variable => retainedLocal(variable) ?? [])
    .sort((left, right) => left.name.range[0] - right.name.range[0]);

  function retainedLocal({ defs: [definition], references }: TSESLint.Scope.Variable): RetainedLocal | undefined {
    if (definition?.type !== 'Variable' || definition.node.init === null) return undefined;
    const { node: declaration, name } = definition;
    const around = functionAround(declaration);
    if (around?.async !== true || declaration.id !== name || !producesLarge(definition.node.init, variables)) return undefined;
    const uses = references.flatMap(({ identifier, init }) => (init === true ? [] : [identifier]));
    if (!uses.every(use => functionAround(use) === around && isOnlyLookedAt(use))) return undefined;
    const lastUse = uses.map(use => outermostLoop(use, declaration)).sort(byEnd).at(-1) ?? declaration;
    const wait = waitsOf(around).find(({ node }) => lastUse.range[1] <= node.range[0] && mayFollow(declaration, node));
    // How large it really is, and how often the code has run by then, the text does not tell.
    return wait && { declaration, name, wait, lastUse, assumptions: [{ kind: 'shapeOnly' }] };
  }

  function waitsOf(around: FunctionNode): readonly LongWait[] {
    let found = waits.get(around);
    if (found === undefined) {
      found = longWaitsIn(around, context);
      waits.set(around, found);
    }
    return found;
  }
}

/** Methods whose result looks at the same memory, or that put their argument away. */
const keepingMethods = new Set(['add', 'append', 'push', 'set', 'slice', 'subarray', 'unshift']);

/** Whether nothing else can keep the value after this use: it is read, or passed to a function that gives something else. */
function isOnlyLookedAt(node: TSESTree.Node): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case 'ChainExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
      return isOnlyLookedAt(parent);
    case 'MemberExpression':
      return parent.object === node && !(isCallee(parent) && keepingMethods.has(memberName(parent) ?? ''));
    case 'CallExpression':
      return parent.callee !== node && !keepingMethods.has(memberName(parent.callee) ?? '');
    case 'BinaryExpression':
    case 'ForOfStatement':
    case 'IfStatement':
    case 'TemplateLiteral':
    case 'UnaryExpression':
      return true;
    default:
      return false;
  }
}

function isCallee(member: TSESTree.MemberExpression): boolean {
  const outer = member.parent.type === 'ChainExpression' ? member.parent.parent : member.parent;
  return outer.type === 'CallExpression' && skipWrappers(outer.callee) === member;
}

/** The use, or the outermost loop around it that runs again for the same value. */
function outermostLoop(use: TSESTree.Node, declaration: TSESTree.Node): TSESTree.Node {
  let outermost = use;
  for (const ancestor of ancestorsOf(use)) {
    if (contains(ancestor, declaration)) break;
    if (/^(?:For|While|DoWhile)/u.test(ancestor.type)) outermost = ancestor;
  }
  return outermost;
}

/** Whether control comes from one node to a later one of the same function, as far as statements tell. */
function mayFollow(node: TSESTree.Node, later: TSESTree.Node): boolean {
  let inner = node;
  for (const ancestor of ancestorsOf(node)) {
    if (contains(ancestor, later)) return !(isBranching(ancestor) && !isCondition(ancestor, inner));
    if (ancestor.type === 'BlockStatement' && isLeft(ancestor)) return false;
    inner = ancestor;
  }
  return false;
}

/** Of the parts of these one excludes the other, or runs after it has failed. */
function isBranching({ type }: TSESTree.Node): boolean {
  return type === 'IfStatement' || type === 'SwitchStatement' || type === 'TryStatement' || type === 'ConditionalExpression';
}

function isCondition(ancestor: TSESTree.Node, inner: TSESTree.Node): boolean {
  return ('test' in ancestor && ancestor.test === inner) || ('discriminant' in ancestor && ancestor.discriminant === inner);
}

/** Whether a block ends by leaving. */
function isLeft({ body }: TSESTree.BlockStatement): boolean {
  const last = body.at(-1);
  return last !== undefined && /^(?:Return|Throw|Break|Continue)Statement$/u.test(last.type);
}

function byEnd(left: TSESTree.Node, right: TSESTree.Node): number {
  return left.range[1] - right.range[1];
}
