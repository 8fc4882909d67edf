import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { CallNode } from '../control-flow/model.js';
import type { FunctionNode } from '../findings.js';
import type { Variables } from '../scope/variables.js';
import { childrenOf } from '../syntax/children.js';
import { isClass, isFunction } from '../syntax/functions.js';
import { memberName } from '../syntax/member-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import { resolveCallee } from '../value-flow/resolve-callee.js';
import type { FoundAcquire } from './acquires.js';

/** The nearest function around a node, and the program where there is none. */
export function ownerOf(node: TSESTree.Node): FunctionNode | TSESTree.Program {
  let current = node.parent;
  while (current !== undefined && current.type !== 'Program') {
    if (isFunction(current)) {
      return current;
    }
    current = current.parent;
  }
  if (current === undefined) {
    throw new Error('A node outside of a program has no owner.');
  }
  return current;
}

const maximumRounds = 5;

/**
 * Adds the calls of the file's own functions that hand a fresh resource to their caller: such a call is an acquire
 * itself. Functions that return the result of such functions follow, round by round.
 *
 * @returns the given acquires and the new ones
 */
export function withFreshResults(
  acquires: ReadonlyMap<CallNode, FoundAcquire>,
  calls: readonly CallNode[],
  sourceCode: Readonly<TSESLint.SourceCode>,
  variables: Variables,
): Map<CallNode, FoundAcquire> {
  const all = new Map(acquires);
  const callees = new Map(calls.map(call => [call, resolveCallee(call, variables)]));
  for (let round = 0; round < maximumRounds; round++) {
    const fresh = freshFunctions(all, sourceCode, variables);
    let isChanged = false;
    for (const [call, callee] of callees) {
      const source = callee === undefined ? undefined : fresh.get(callee);
      if (callee !== undefined && source !== undefined && !all.has(call)) {
        all.set(call, handedOver(call, callee, source, all.size));
        isChanged = true;
      }
    }
    if (!isChanged) {
      break;
    }
  }
  return all;
}

function freshFunctions(
  acquires: ReadonlyMap<CallNode, FoundAcquire>,
  sourceCode: Readonly<TSESLint.SourceCode>,
  variables: Variables,
): Map<FunctionNode, FoundAcquire> {
  const fresh = new Map<FunctionNode, FoundAcquire>();
  for (const [call, found] of acquires) {
    const owner = ownerOf(call);
    if (owner.type !== 'Program' && found.site.carrier === 'result' && isReturnedByAll(call, owner, sourceCode, variables)) {
      fresh.set(owner, found);
    }
  }
  return fresh;
}

/** Whether every return of the function gives this resource; one that gives something else makes its owner unknown. */
function isReturnedByAll(
  call: CallNode,
  owner: FunctionNode,
  sourceCode: Readonly<TSESLint.SourceCode>,
  variables: Variables,
): boolean {
  const returned = returnedExpressions(owner, sourceCode);
  return returned.length > 0 && returned.every(expression => isValueOf(expression, call, variables));
}

function returnedExpressions(owner: FunctionNode, sourceCode: Readonly<TSESLint.SourceCode>): TSESTree.Expression[] {
  if (owner.body.type !== 'BlockStatement') {
    return [owner.body];
  }
  const visit = (node: TSESTree.Node): TSESTree.Expression[] => {
    if (node.type === 'ReturnStatement') {
      return node.argument === null ? [] : [node.argument];
    }
    return isFunction(node) || isClass(node) ? [] : childrenOf(node, sourceCode.visitorKeys).flatMap(visit);
  };
  return visit(owner.body);
}

function isValueOf(expression: TSESTree.Expression, call: CallNode, variables: Variables): boolean {
  const value = skipWrappers(expression);
  if (value.type === 'AwaitExpression') {
    return isValueOf(value.argument, call, variables);
  }
  if (value.type !== 'Identifier') {
    return value === call;
  }
  const definition = variables.of(value)?.defs[0];
  const init = definition?.type === 'Variable' && definition.node.id.type === 'Identifier' ? definition.node.init : null;
  return init !== null && isValueOf(init, call, variables);
}

function handedOver(call: CallNode, callee: FunctionNode, source: FoundAcquire, id: number): FoundAcquire {
  return {
    ...source,
    through: nameOf(call),
    site: { ...source.site, id, node: call, awaited: callee.async || source.site.awaited },
  };
}

function nameOf(call: CallNode): string {
  const callee = skipWrappers(call.callee);
  return memberName(callee) ?? (callee.type === 'Identifier' ? callee.name : 'the callee');
}
