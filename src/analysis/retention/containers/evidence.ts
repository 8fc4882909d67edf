import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Variables } from '../../scope/variables.js';
import { contains } from '../../syntax/contains.js';
import { descendantsOf } from '../../syntax/descendants.js';
import { functionAround, isFunction } from '../../syntax/functions.js';
import { memberName } from '../../syntax/member-name.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import { listeningMethods } from '../../value-flow/registering-methods.js';
import type { Lifetimes } from '../lifetimes.js';
import type { Container, Growth, Operation } from './model.js';

/** What evidence is looked for in. */
export interface EvidenceContext {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly variables: Variables;
  readonly lifetimes: Lifetimes;
}

/**
 * The place that shows that an instance outlives the entries of a container in one of its fields: it forgets the same
 * key in another container; its disposer closes the entries, which live until then; it keeps running by itself. A field
 * without any of that dies with its instance.
 */
export function outlivingInstance(
  container: Container,
  growth: Growth,
  others: ReadonlyMap<Container, readonly Operation[]>,
  context: EvidenceContext,
): TSESTree.Node | undefined {
  const { model } = container;
  if (model === undefined) return undefined;
  return (
    forgottenElsewhere(container, growth, others, context) ??
    closedAtTheEnd(container, context) ??
    context.lifetimes.longLife(model)
  );
}

/** The removal of the same key from another container of the class. */
export function forgottenElsewhere(
  { model }: Container,
  { key }: Growth,
  others: ReadonlyMap<Container, readonly Operation[]>,
  { sourceCode, lifetimes }: EvidenceContext,
): TSESTree.Node | undefined {
  if (key === undefined || model === undefined) return undefined;
  const text = sourceCode.getText(key);
  for (const [other, operations] of others) {
    if (other.model !== model) continue;
    const removal = operations.find(
      operation =>
        operation.kind === 'shrink' &&
        operation.key !== undefined &&
        sourceCode.getText(operation.key) === text &&
        !lifetimes.isTerminal(operation.node, model),
    );
    if (removal !== undefined) return removal.node;
  }
  return undefined;
}

const endingMethods = new Set(['close', 'destroy', 'disconnect', 'dispose', 'end', 'terminate']);

/** A loop of a terminal disposer that ends every entry. */
function closedAtTheEnd(
  { model, uses }: Container,
  { sourceCode, lifetimes }: EvidenceContext,
): TSESTree.Node | undefined {
  if (model === undefined) return undefined;
  for (const use of uses) {
    const loop = loopOver(use);
    if (loop === undefined || !lifetimes.isTerminal(use, model)) continue;
    for (const node of descendantsOf(loop, sourceCode.visitorKeys)) {
      const name = node.type === 'CallExpression' ? memberName(node.callee) : undefined;
      if (name !== undefined && endingMethods.has(name)) return node;
    }
  }
  return undefined;
}

/** The loop, or the callback, that runs for each entry: `for (const each of this.pools.values())`. */
function loopOver(use: TSESTree.Expression): TSESTree.Node | undefined {
  let node: TSESTree.Node = use;
  while (node.parent !== undefined && ['MemberExpression', 'CallExpression', 'SpreadElement', 'ArrayExpression'].includes(node.parent.type)) {
    node = node.parent;
    if (node.type === 'CallExpression' && node.arguments.some(isFunction)) return node;
  }
  return node.parent?.type === 'ForOfStatement' && node.parent.right === node ? node.parent : undefined;
}

const registeringMethods = new Set([...listeningMethods, 'subscribe']);

/**
 * The registration of a listener on the key of an entry, if that listener holds the instance: as long as one key lives,
 * the instance does, and with it every other key.
 */
export function keyThatHoldsInstance(growth: Growth, { sourceCode, variables }: EvidenceContext): TSESTree.Node | undefined {
  const key = growth.key === undefined ? undefined : skipWrappers(growth.key);
  const around = functionAround(growth.node);
  const variable = key?.type === 'Identifier' ? variables.of(key) : undefined;
  if (around === undefined || variable?.defs[0]?.type !== 'Parameter') return undefined;
  for (const node of descendantsOf(around, sourceCode.visitorKeys)) {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') continue;
    const { object } = node.callee;
    const isOnKey = object.type === 'Identifier' && variables.of(object) === variable;
    if (!isOnKey || !registeringMethods.has(memberName(node.callee) ?? '')) continue;
    if (node.arguments.some(argument => holdsThis(argument, around))) return node;
  }
  return undefined;

  function holdsThis(argument: TSESTree.CallExpressionArgument, outer: TSESTree.Node): boolean {
    const init = argument.type === 'Identifier' ? variables.of(argument)?.defs[0]?.node : argument;
    const callback = init?.type === 'VariableDeclarator' ? init.init : init;
    if (callback?.type !== 'ArrowFunctionExpression' || !contains(outer, callback)) return false;
    return [...descendantsOf(callback, sourceCode.visitorKeys)].some(({ type }) => type === 'ThisExpression');
  }
}
