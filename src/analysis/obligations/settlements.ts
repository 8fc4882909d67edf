import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../findings.js';
import type { Variables } from '../scope/variables.js';
import { childrenOf } from '../syntax/children.js';
import { isFunction } from '../syntax/functions.js';
import { memberName } from '../syntax/member-name.js';
import { propertyName, stringOf } from '../syntax/property-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import { registeringMethods } from '../value-flow/registering-methods.js';

type Variable = TSESLint.Scope.Variable;

/** A function that runs when something happens to a resource, or instead of that. */
export interface Handler {
  /** The event of the resource, `abort` or `timeout`; undefined if it is not spelled out. */
  readonly event: string | undefined;
  /** The function that is registered, or the name of one that settles the promise: `worker.onerror = reject`. */
  readonly node: FunctionNode | TSESTree.Identifier;
}

/** What a function does with the promise that wraps a resource of it. */
export interface Settlements {
  /** The functions that the resource, a timer or an abort signal calls, in source order. */
  readonly handlers: readonly Handler[];
  /** Whether a call settles the promise. */
  settles(call: TSESTree.CallExpression): boolean;
}

/**
 * How the promise around a resource is settled: by the parameters of an executor in or around `owner`, or by the
 * `resolve` and `reject` of a deferred object of it.
 *
 * @param variable what holds the resource
 */
export function settlementsOf(
  owner: FunctionNode,
  variable: Variable,
  sourceCode: Readonly<TSESLint.SourceCode>,
  variables: Variables,
): Settlements {
  const settlers = new Set<Variable>();
  const found: { event: string | undefined; node: TSESTree.Node }[] = [];
  if (isExecutor(owner)) {
    addSettlers(owner);
  }
  visit(owner.body);
  return {
    handlers: found.flatMap(({ event, node }): Handler[] => {
      const handler = functionOf(node);
      return handler === undefined ? [] : [{ event, node: handler }];
    }),
    settles,
  };

  function addSettlers(executor: FunctionNode): void {
    for (const parameter of executor.params.slice(0, 2)) {
      const settler = parameter.type === 'Identifier' ? variables.of(parameter) : undefined;
      if (settler !== undefined) {
        settlers.add(settler);
      }
    }
  }

  function visit(node: TSESTree.Node): void {
    if (isFunction(node) && isExecutor(node)) {
      addSettlers(node);
    }
    if (node.type === 'VariableDeclarator' && node.id.type === 'ObjectPattern' && isDeferral(node.init)) {
      node.id.properties.forEach(addWithResolvers);
    }
    if (node.type === 'AssignmentExpression') {
      visitAssignment(node);
    }
    if (node.type === 'CallExpression') {
      visitCall(node);
    }
    childrenOf(node, sourceCode.visitorKeys).forEach(visit);
  }

  /** `const { promise, resolve, reject } = Promise.withResolvers()`. */
  function addWithResolvers(property: TSESTree.Property | TSESTree.RestElement): void {
    const isSettler = property.type === 'Property' && settlingNames.has(propertyName(property) ?? '');
    const settler = isSettler && property.value.type === 'Identifier' ? variables.of(property.value) : undefined;
    if (settler !== undefined) {
      settlers.add(settler);
    }
  }

  /** `worker.onmessage = handler`. */
  function visitAssignment({ left, right }: TSESTree.AssignmentExpression): void {
    const name = left.type === 'MemberExpression' ? propertyName(left) : undefined;
    if (left.type === 'MemberExpression' && isResource(left.object) && name?.startsWith('on') === true) {
      found.push({ event: name.slice(2), node: right });
    }
  }

  /** `worker.on('message', handler)`, `setTimeout(handler, delay)`, `signal.addEventListener('abort', handler)`. */
  function visitCall(call: TSESTree.CallExpression): void {
    const { callee, arguments: given } = call;
    const [first, second] = given;
    const name = callee.type === 'Identifier' ? callee.name : memberName(callee);
    if (name === 'setTimeout' && first !== undefined) {
      found.push({ event: 'timeout', node: first });
    }
    const event = first === undefined ? undefined : stringOf(first);
    if (callee.type === 'MemberExpression' && registeringMethods.has(name ?? '') && second !== undefined) {
      if (isResource(callee.object) || event === 'abort') {
        found.push({ event, node: second });
      }
    }
  }

  function isResource(node: TSESTree.Expression): boolean {
    const object = skipWrappers(node);
    if (object.type === 'CallExpression' && object.callee.type === 'MemberExpression') {
      // `worker.on('message', f).on('error', g)`
      return registeringMethods.has(memberName(object.callee) ?? '') && isResource(object.callee.object);
    }
    return object.type === 'Identifier' && variables.of(object) === variable;
  }

  function settles({ callee }: TSESTree.CallExpression): boolean {
    const target = skipWrappers(callee);
    if (target.type === 'Identifier') {
      return isSettler(target);
    }
    const object = target.type === 'MemberExpression' ? skipWrappers(target.object) : undefined;
    return (
      object?.type === 'Identifier' &&
      settlingNames.has(memberName(target) ?? '') &&
      variables.of(object)?.scope.block !== sourceCode.ast &&
      (variables.of(object)?.defs.length ?? 0) > 0
    );
  }

  function isSettler(node: TSESTree.Identifier): boolean {
    const settler = variables.of(node);
    return settler !== undefined && settlers.has(settler);
  }

  function functionOf(node: TSESTree.Node): Handler['node'] | undefined {
    if (isFunction(node)) {
      return node;
    }
    if (node.type !== 'Identifier') {
      return undefined;
    }
    const definition = variables.of(node)?.defs[0];
    const value = definition?.type === 'Variable' ? definition.node.init : definition?.node;
    return isFunction(value) && definition?.type !== 'Parameter' ? value : isSettler(node) ? node : undefined;
  }
}

const settlingNames = new Set(['reject', 'resolve']);

/** Whether the function is what a promise is made by: `new Promise(executor)`, a subclass or another library's too. */
export function isExecutor(node: FunctionNode): boolean {
  const { parent } = node;
  return (
    parent.type === 'NewExpression' &&
    parent.arguments[0] === node &&
    parent.callee.type === 'Identifier' &&
    parent.callee.name.endsWith('Promise')
  );
}

function isDeferral(node: TSESTree.Expression | null): boolean {
  const value = node === null ? null : skipWrappers(node);
  return value?.type === 'CallExpression' && memberName(value.callee) === 'withResolvers';
}
