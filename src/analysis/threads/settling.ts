import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../findings.js';
import type { Variables } from '../scope/variables.js';
import { ancestorsOf } from '../syntax/ancestors.js';
import { contains } from '../syntax/contains.js';
import { isFunction } from '../syntax/functions.js';
import { memberName } from '../syntax/member-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import type { Registration } from './registrations.js';
import { isRemoval } from './registrations.js';

type Variable = TSESLint.Scope.Variable;

/** A promise whose executor, or whose maker, is in sight: `new Promise(executor)`. */
export interface Wrapper {
  readonly promise: TSESTree.NewExpression;
  readonly executor: FunctionNode;
}

/**
 * By what a promise is settled, as far as the functions that its executor hands out tell.
 *
 * - `listeners`: what is registered there settles it. `stores`: whoever gets at `resolve` or `reject` there does.
 * - `isOtherwise`: something else may: a timer, another promise, a function that nobody can read.
 */
export interface Settling {
  readonly listeners: readonly Registration[];
  readonly stores: readonly TSESTree.Expression[];
  readonly isOtherwise: boolean;
}

/** What the search rests on. */
export interface SettlingSearch {
  readonly variables: Variables;
  readonly registrations: readonly Registration[];
}

/** By what a promise is settled. */
export function settlingOf({ executor }: Wrapper, { variables, registrations }: SettlingSearch): Settling {
  const listeners = new Set<Registration>();
  const visited = new Set<TSESTree.Node>();
  const stores: TSESTree.Expression[] = [];
  let isOtherwise = executor.params.length === 0 || executor.params.length > 2;
  for (const parameter of executor.params) {
    const settler = parameter.type === 'Identifier' ? variables.of(parameter) : undefined;
    if (settler === undefined) isOtherwise = true;
    else visitUses(settler);
  }
  return { listeners: [...listeners], stores, isOtherwise };

  function visitUses(variable: Variable): void {
    for (const { identifier, init } of variable.references) if (init !== true) visit(identifier);
  }

  /** A place that settles the promise when it is reached, or hands out what does. */
  function visit(node: TSESTree.Node): void {
    if (visited.has(node)) return;
    visited.add(node);
    const listener = registrations.find(({ handler }) => handler === node);
    if (listener !== undefined) {
      if (!isAbort(listener)) listeners.add(listener);
      return;
    }
    const { parent } = node;
    const store = storeOf(node);
    if (store !== undefined) stores.push(store);
    else if (parent?.type !== 'CallExpression') isOtherwise = true;
    else if (parent.callee === node) visitFunctionAround(parent);
    else if (!isRemoval(parent)) isOtherwise = true;
  }

  /** Whoever calls the function around a settling call settles the promise. */
  function visitFunctionAround(call: TSESTree.CallExpression): void {
    const around = functionAround(call);
    if (around === executor) {
      // What the executor itself does is done before anything can fail, but for what it catches.
      isOtherwise ||= !isInCatch(call, executor);
      return;
    }
    const names = around === undefined ? undefined : nameOf(around);
    if (around === undefined) isOtherwise = true;
    else if (names === undefined) visit(around);
    else visitUses(names);
  }

  function nameOf(node: FunctionNode): Variable | undefined {
    if (node.type === 'FunctionDeclaration') return node.id === null ? undefined : variables.of(node.id);
    const { parent } = node;
    if (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return variables.of(parent.id);
    // `worker.on('message', function listener() { … off('message', listener); })`
    return undefined;
  }

  function functionAround(node: TSESTree.Node): FunctionNode | undefined {
    for (const ancestor of ancestorsOf(node)) {
      if (isFunction(ancestor)) return contains(executor, ancestor) ? ancestor : undefined;
    }
    return undefined;
  }
}

/** An abort is the wish of somebody who need not wish it. */
function isAbort({ event }: Registration): boolean {
  return event === 'abort';
}

/**
 * Where a value goes, by itself or as a part of a literal: `pending` of `pending.set(id, { resolve })`, `this.resolvers`
 * of `this.resolvers[id] = resolve`.
 */
function storeOf(node: TSESTree.Node): TSESTree.Expression | undefined {
  const { parent } = node;
  switch (parent?.type) {
    case 'ArrayExpression':
    case 'ObjectExpression':
      return storeOf(parent);
    case 'Property':
      return parent.value === node ? storeOf(parent) : undefined;
    case 'AssignmentExpression':
      return parent.right === node ? containerOf(parent.left) : undefined;
    case 'CallExpression': {
      const callee = skipWrappers(parent.callee);
      const isKeeping = callee.type === 'MemberExpression' && keepingMethods.has(memberName(callee) ?? '');
      return parent.callee !== node && isKeeping ? callee.object : undefined;
    }
    default:
      return undefined;
  }
}

function containerOf(target: TSESTree.Expression): TSESTree.Expression {
  return target.type === 'MemberExpression' && target.computed ? target.object : target;
}

const keepingMethods = new Set(['add', 'enqueue', 'push', 'set', 'unshift']);

function isInCatch(node: TSESTree.Node, executor: FunctionNode): boolean {
  for (const ancestor of ancestorsOf(node)) {
    if (ancestor === executor) return false;
    if (ancestor.type === 'CatchClause') return true;
  }
  return false;
}
