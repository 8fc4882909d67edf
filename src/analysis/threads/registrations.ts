import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { descendantsOf } from '../syntax/descendants.js';
import { memberName } from '../syntax/member-name.js';
import { propertyName, stringOf } from '../syntax/property-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import { registeringMethods } from '../value-flow/registering-methods.js';

/** A listener of an event: `worker.on('message', handler)`, `worker.onmessage = handler`. */
export interface Registration {
  readonly node: TSESTree.AssignmentExpression | TSESTree.CallExpression;
  /** What it is registered by: `worker.on`, `worker.onmessage`. */
  readonly means: TSESTree.Expression;
  /** What it is registered on: `worker` of `worker.on(…).once(…)`. */
  readonly sender: TSESTree.Expression;
  /** The event; undefined if it is not spelled out. */
  readonly event: string | undefined;
  readonly handler: TSESTree.Node;
  /** Whether it is a handler property. */
  readonly isProperty: boolean;
}

/** All listeners that a file registers on anything, in source order. */
export function registrationsIn({ ast, visitorKeys }: Readonly<TSESLint.SourceCode>): Registration[] {
  const found: Registration[] = [];
  for (const node of descendantsOf(ast, visitorKeys)) {
    const registration =
      node.type === 'CallExpression' ? ofCall(node) : node.type === 'AssignmentExpression' ? ofAssignment(node) : undefined;
    if (registration !== undefined) found.push(registration);
  }
  return found;
}

/** Whether a call takes a listener off. */
export function isRemoval({ callee }: TSESTree.CallExpression): boolean {
  return removing.has(memberName(callee) ?? '');
}

function ofCall(node: TSESTree.CallExpression): Registration | undefined {
  const callee = skipWrappers(node.callee);
  const [event, handler] = node.arguments;
  if (callee.type !== 'MemberExpression' || !registeringMethods.has(propertyName(callee) ?? '')) return undefined;
  if (event === undefined || handler === undefined) return undefined;
  return { node, means: callee, sender: startOfChain(callee.object), event: stringOf(event), handler, isProperty: false };
}

function ofAssignment(node: TSESTree.AssignmentExpression): Registration | undefined {
  const left = node.left.type === 'MemberExpression' ? node.left : undefined;
  const name = left === undefined ? undefined : propertyName(left);
  return left === undefined || name?.startsWith('on') !== true || isNull(node.right)
    ? undefined
    : { node, means: left, sender: skipWrappers(left.object), event: name.slice(2), handler: node.right, isProperty: true };
}

/** `worker` of `worker.on(…).on(…)`. */
function startOfChain(node: TSESTree.Expression): TSESTree.Expression {
  const object = skipWrappers(node);
  const callee = object.type === 'CallExpression' ? skipWrappers(object.callee) : undefined;
  return callee?.type === 'MemberExpression' && registeringMethods.has(propertyName(callee) ?? '') ? startOfChain(callee.object) : object;
}

function isNull(node: TSESTree.Node): boolean {
  return (node.type === 'Literal' && node.value === null) || (node.type === 'Identifier' && node.name === 'undefined');
}

const removing = new Set(['off', 'removeEventListener', 'removeListener']);
