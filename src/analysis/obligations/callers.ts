import type { TSESTree } from '@typescript-eslint/utils';

import type { CallNode } from '../control-flow/model.js';
import type { FunctionNode } from '../findings.js';
import type { Variables } from '../scope/variables.js';
import { ancestorsOf } from '../syntax/ancestors.js';
import { isFunction } from '../syntax/functions.js';
import { resolveCallee } from '../value-flow/resolve-callee.js';

/** The calls of each function of the file. */
export function callersByCallee(calls: readonly CallNode[], variables: Variables): Map<FunctionNode, CallNode[]> {
  const callers = new Map<FunctionNode, CallNode[]>();
  for (const call of calls) {
    const callee = resolveCallee(call, variables);
    if (callee !== undefined) {
      callers.set(callee, [...(callers.get(callee) ?? []), call]);
    }
  }
  return callers;
}

/** The functions around `nodes`, around the calls of those functions, and so on. */
export function functionsAround(
  nodes: readonly TSESTree.Node[],
  callersOf: (callee: FunctionNode) => readonly CallNode[],
): Set<FunctionNode> {
  const found = new Set<FunctionNode>();
  const pending = [...nodes];
  for (const node of pending) {
    for (const around of ancestorsOf(node)) {
      if (isFunction(around) && !found.has(around)) {
        found.add(around);
        pending.push(...callersOf(around));
      }
    }
  }
  return found;
}
