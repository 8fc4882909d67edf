import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Variables } from '../../scope/variables.js';
import { childrenOf } from '../../syntax/children.js';
import { propertyName } from '../../syntax/property-name.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import type { Keys } from './keys.js';
import type { ListenerCalls } from './calls.js';
import type { Handler, Sender } from './model.js';

/** What else a file does with senders and handlers. */
export interface ListenerUses {
  /** Whether something here ends the sender, or what holds it. */
  isEnded(sender: Sender): boolean;
  /** Whether a handler goes somewhere that is neither a registration nor a removal: who takes it off is not known. */
  isShared(handler: Handler): boolean;
}

/** Methods that end what they are called on, with its listeners. */
const ending =
  /^(?:close|destroy|end|terminate|disconnect|kill|abort|dispose|asyncDispose|removeAllListeners|finalize|shutdown|quit|unwatch|stop|teardown|cancel|unload|deinit|release|remove)(?:Sync|Async|Now|Gracefully)?$/u;
const endingFunction = /close|destroy|dispose|terminate|kill|teardown|cleanup|disconnect|unsubscribe/iu;

/** The uses in a file, found once. */
export function createUses(
  sourceCode: TSESLint.SourceCode,
  variables: Variables,
  keys: Keys,
  { registrations, removals }: ListenerCalls,
): ListenerUses {
  const ended = new Set<string>();
  const shared = new Set<string>();
  const own = new Set<TSESTree.Node>([...registrations, ...removals].map(({ call }) => call));
  const wanted = new Set(
    [...registrations, ...removals].flatMap(({ handler }) => (handler?.kind === 'named' ? [lastName(handler.key)] : [])),
  );
  search(sourceCode.ast);
  return {
    isEnded: ({ key }) => key !== undefined && (ended.has(key) || [...ended].some(each => key.startsWith(`${each}.`))),
    isShared: handler => handler.kind === 'named' && shared.has(handler.key),
  };

  function search(node: TSESTree.Node): void {
    if (node.type === 'CallExpression') searchCall(node);
    if (isName(node)) searchName(node);
    for (const child of childrenOf(node, sourceCode.visitorKeys)) search(child);
  }

  function searchCall(call: TSESTree.CallExpression): void {
    const callee = skipWrappers(call.callee);
    const name =
      callee.type === 'MemberExpression' ? propertyName(callee) : callee.type === 'Identifier' ? callee.name : undefined;
    if (name === undefined) return;
    if (callee.type === 'MemberExpression' && ending.test(name)) note(ended, keys.of(callee.object));
    if (!endingFunction.test(name)) return;
    for (const argument of call.arguments) if (argument.type !== 'SpreadElement') note(ended, keys.of(argument));
  }

  /** A name of a handler that is neither called, nor a method's own, nor given to a registration or a removal. */
  function searchName(node: TSESTree.Identifier | TSESTree.MemberExpression): void {
    const name = node.type === 'Identifier' ? node.name : (propertyName(node) ?? '');
    if (!wanted.has(name)) return;
    const { parent } = node;
    const goesElsewhere =
      ((parent.type === 'CallExpression' || parent.type === 'NewExpression') && parent.callee !== node && !own.has(parent)) ||
      parent.type === 'ArrayExpression' ||
      parent.type === 'ReturnStatement' ||
      parent.type === 'SpreadElement' ||
      parent.type === 'ExportSpecifier' ||
      (parent.type === 'Property' && parent.value === node && parent.parent.type === 'ObjectExpression') ||
      (parent.type === 'AssignmentExpression' && parent.right === node) ||
      (parent.type === 'VariableDeclarator' && parent.init === node && parent.id.type === 'Identifier' && parent.parent.kind !== 'const');
    if (!goesElsewhere) return;
    if (node.type === 'Identifier' && variables.of(node) === undefined) return;
    note(shared, keys.of(node));
  }
}

function note(keys: Set<string>, key: string | undefined): void {
  // What the host ends for itself says nothing of what it was given.
  if (key !== undefined && !key.endsWith(':this')) keys.add(key);
}

function lastName(key: string): string {
  return key.slice(Math.max(key.lastIndexOf('.'), key.lastIndexOf(':')) + 1);
}

function isName(node: TSESTree.Node): node is TSESTree.Identifier | TSESTree.MemberExpression {
  if (node.type === 'MemberExpression') return true;
  if (node.type !== 'Identifier') return false;
  return !(node.parent.type === 'MemberExpression' && node.parent.property === node && !node.parent.computed);
}
