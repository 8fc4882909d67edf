import type { TSESTree } from '@typescript-eslint/utils';

import type { CallNode } from '../control-flow/model.js';
import type { FunctionNode } from '../findings.js';
import type { Variables } from '../scope/variables.js';
import { contains } from '../syntax/contains.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import { resolveCallee } from '../value-flow/resolve-callee.js';
import { ownerOf } from './fresh-results.js';

/**
 * Whether `acquire` runs at most once in the life of the program, given that the module code of its file does: it stands
 * there, or in a function that one call of it runs and that nobody else can reach, and in no loop.
 */
export function runsOnce(acquire: TSESTree.Node, calls: readonly CallNode[], variables: Variables): boolean {
  const owner = ownerOf(acquire);
  if (isInLoop(acquire, owner)) return false;
  if (owner.type === 'Program') return true;
  const call = onlyCallOf(owner, calls, variables);
  return call !== undefined && !contains(owner, call) && runsOnce(call, calls, variables);
}

function onlyCallOf(callee: FunctionNode, calls: readonly CallNode[], variables: Variables): CallNode | undefined {
  const [call, ...others] = calls.filter(each => resolveCallee(each, variables) === callee);
  if (call === undefined || others.length > 0) return undefined;
  if (skipWrappers(call.callee) === callee) return call;
  const name = call.callee.type === 'Identifier' ? variables.of(call.callee) : undefined;
  const mentions = name?.references.filter(reference => reference.isRead());
  const isExported = name?.defs.some(({ node }) => isExportedDeclaration(node)) === true;
  return mentions?.length === 1 && !isExported ? call : undefined;
}

function isExportedDeclaration(node: TSESTree.Node): boolean {
  const { parent } = node.type === 'VariableDeclarator' ? node.parent : node;
  return parent?.type === 'ExportNamedDeclaration' || parent?.type === 'ExportDefaultDeclaration';
}

const loops = new Set(['DoWhileStatement', 'ForInStatement', 'ForOfStatement', 'ForStatement', 'WhileStatement']);

function isInLoop(node: TSESTree.Node, owner: TSESTree.Node): boolean {
  const { parent } = node;
  return parent !== undefined && parent !== owner && (loops.has(parent.type) || isInLoop(parent, owner));
}
