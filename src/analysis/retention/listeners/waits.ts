import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../../findings.js';
import type { Variables } from '../../scope/variables.js';
import { ancestorsOf } from '../../syntax/ancestors.js';
import { childrenOf } from '../../syntax/children.js';
import { contains } from '../../syntax/contains.js';
import { functionAround, isClass, isFunction } from '../../syntax/functions.js';
import { propertyName } from '../../syntax/property-name.js';
import { returnedValues } from '../../syntax/returns.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';

/** A function that is called again and again and ends each time, with what it waits for. */
export interface Wait {
  /** The function: the one that returns the promise, or the executor of it. */
  readonly node: FunctionNode;
  /** The parameters by which the promise is settled; empty in an async function. */
  readonly settling: readonly TSESLint.Scope.Variable[];
}

/** Tells what of a file is one wait. */
export interface Waits {
  /** The wait that a node belongs to: its nearest function is an executor, async, or only returns promises. */
  around(node: TSESTree.Node): Wait | undefined;
  /** Whether a function settles the promise of a wait, by itself or by a function of the wait that it calls. */
  settles(node: TSESTree.Node, wait: Wait): boolean;
  /** Whether the wait also ends without `node`, a listener: by another settling, or because it waits for other things. */
  endsWithout(node: TSESTree.Node, wait: Wait): boolean;
  /** Whether it runs until something stops it: then there is one listener for as long as it runs. */
  isEndless(wait: Wait): boolean;
}

/** The waits of one file. */
export function createWaits(sourceCode: TSESLint.SourceCode, variables: Variables): Waits {
  return { around, settles, endsWithout, isEndless };

  function around(node: TSESTree.Node): Wait | undefined {
    const owner = functionAround(node);
    if (owner === undefined) return undefined;
    if (isExecutor(owner)) {
      const settling = (sourceCode.scopeManager?.getDeclaredVariables(owner) ?? []).filter(variable =>
        variable.defs.some(({ type }) => type === 'Parameter'),
      );
      return { node: owner, settling };
    }
    if (isConstructor(owner) || owner.generator) return undefined;
    return owner.async || returnsPromises(owner) ? { node: owner, settling: [] } : undefined;
  }

  function isExecutor({ parent, ...node }: FunctionNode): boolean {
    return (
      parent.type === 'NewExpression' &&
      parent.callee.type === 'Identifier' &&
      parent.callee.name === 'Promise' &&
      parent.arguments[0]?.range[0] === node.range[0] &&
      variables.isUnshadowedGlobal(parent.callee)
    );
  }

  function settles(node: TSESTree.Node, wait: Wait, depth = 0): boolean {
    return nodesIn(node).some(each => {
      if (each.type !== 'Identifier') return false;
      const variable = variables.of(each);
      if (variable === undefined) return false;
      if (wait.settling.includes(variable)) return true;
      const definition = variable.defs[0];
      const isFunctionName = definition?.type === 'FunctionName';
      const callee = isFunctionName ? definition.node : definition?.type === 'Variable' ? definition.node.init : null;
      const isLocal = isFunction(callee) && callee !== wait.node && contains(wait.node, callee);
      return isLocal && depth < maximumDepth && callee !== node && settles(callee, wait, depth + 1);
    });
  }

  function endsWithout(node: TSESTree.Node, wait: Wait): boolean {
    if (wait.settling.length === 0) return !wait.node.async || waitsForOthers(node, leftOf(node, wait.node));
    if (isRaced(wait.node)) return true;
    return wait.settling.some(variable =>
      variable.references.some(
        ({ identifier }) => !contains(node, identifier) && !isStored(identifier) && !isEarlyExit(identifier, wait.node),
      ),
    );
  }

  /** What of a function may run after `node`: only the branch that it stands in, where that returns at its end. */
  function leftOf(node: TSESTree.Node, owner: FunctionNode): TSESTree.Node {
    for (const each of ancestorsOf(node)) {
      if (each === owner) break;
      if (each.type === 'BlockStatement' && functionAround(each) === owner && each.body.at(-1)?.type === 'ReturnStatement') {
        return each;
      }
    }
    return owner.body;
  }

  /** Whether an async function goes on to wait for something after `node`, and for something that `node` does not touch. */
  function waitsForOthers(node: TSESTree.Node, body: TSESTree.Node): boolean {
    if (isFunction(body) || isClass(body)) return false;
    const isWait =
      body.type === 'AwaitExpression' ||
      (body.type === 'ForOfStatement' && body.await) ||
      (body.type === 'ReturnStatement' && body.argument !== null && mayBePromise(body.argument));
    if (isWait && body.range[1] > node.range[1]) return !isOnlyAbout(body, node);
    return childrenOf(body, sourceCode.visitorKeys).some(child => waitsForOthers(node, child));
  }

  /** Whether what is waited for is one thing, on which the listener works: `return future.promise`. */
  function isOnlyAbout(body: TSESTree.Node, listener: TSESTree.Node): boolean {
    const awaited = body.type === 'AwaitExpression' || body.type === 'ReturnStatement' ? body.argument : null;
    const value = awaited?.type === 'AwaitExpression' ? awaited.argument : awaited;
    const root = value === null ? undefined : rootOf(value);
    const variable = root?.type === 'Identifier' ? variables.of(root) : undefined;
    return variable?.references.some(({ identifier }) => contains(listener, identifier)) === true;
  }

  /** Whether a name stands in a branch that leaves the function: `if (signal.aborted) { reject(); return; }`. */
  function isEarlyExit(node: TSESTree.Node, owner: TSESTree.Node): boolean {
    for (const each of ancestorsOf(node)) {
      if (each === owner) return false;
      if (each.type === 'ReturnStatement') return functionAround(each) === owner;
      const last = each.type === 'BlockStatement' && each.parent !== owner ? each.body.at(-1) : undefined;
      if (last?.type === 'ReturnStatement' && functionAround(last) === owner) return true;
    }
    return false;
  }

  /** Whether the promise of an executor is one of several of which one is enough. */
  function isRaced(executor: FunctionNode): boolean {
    const { parent } = executor.parent;
    if (parent !== undefined && isInRace(executor.parent)) return true;
    if (parent?.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') return false;
    return variables.of(parent.id)?.references.some(({ identifier }) => isInRace(identifier)) === true;
  }

  function isEndless({ node }: Wait): boolean {
    return nodesIn(node.body).some(
      each =>
        ((each.type === 'WhileStatement' || each.type === 'DoWhileStatement') && !isBounded(each.test)) ||
        (each.type === 'ForStatement' && each.test === null) ||
        (each.type === 'ForOfStatement' && each.await),
    );
  }

  /** Whether a loop's condition says nothing of stopping: `while (i < n)`. */
  function isBounded(test: TSESTree.Expression): boolean {
    return test.type === 'BinaryExpression';
  }

  function nodesIn(node: TSESTree.Node): TSESTree.Node[] {
    return [node, ...childrenOf(node, sourceCode.visitorKeys).flatMap(nodesIn)];
  }

  function returnsPromises(node: FunctionNode): boolean {
    const returned = returnedValues(node, sourceCode.visitorKeys);
    return returned.length > 0 && returned.every(each => each !== null && isPromise(each));
  }
}

const maximumDepth = 3;

function isPromise(node: TSESTree.Expression): boolean {
  const expression = skipWrappers(node);
  if (expression.type === 'NewExpression') return expression.callee.type === 'Identifier' && expression.callee.name === 'Promise';
  if (expression.type !== 'CallExpression' || expression.callee.type !== 'MemberExpression') return false;
  const { callee } = expression;
  const isStatic = callee.object.type === 'Identifier' && callee.object.name === 'Promise';
  return isStatic || ['then', 'catch', 'finally'].includes(propertyName(callee) ?? '');
}

function isInRace({ parent: list }: TSESTree.Node): boolean {
  const call = list?.type === 'ArrayExpression' ? list.parent : undefined;
  if (call?.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return false;
  return ['any', 'race'].includes(propertyName(call.callee) ?? '');
}

/** Whether a value that is returned may be a promise: a call, or a name. */
function mayBePromise(node: TSESTree.Expression): boolean {
  const { type } = skipWrappers(node);
  return type === 'CallExpression' || type === 'Identifier' || type === 'MemberExpression' || type === 'NewExpression';
}

function rootOf(node: TSESTree.Node): TSESTree.Node {
  switch (node.type) {
    case 'MemberExpression':
      return rootOf(node.object);
    case 'CallExpression':
      return node.callee.type === 'MemberExpression' ? rootOf(node.callee) : node;
    case 'ChainExpression':
    case 'TSNonNullExpression':
    case 'TSAsExpression':
      return rootOf(node.expression);
    default:
      return node;
  }
}

function isConstructor({ parent }: FunctionNode): boolean {
  return parent.type === 'MethodDefinition' && parent.kind === 'constructor';
}

/** Whether it is handed out, so that nobody knows whether and when it is called. */
function isStored({ parent }: TSESTree.Node): boolean {
  return parent?.type === 'AssignmentExpression' && parent.operator === '=';
}
