import type { TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../findings.js';
import type { Variables } from '../scope/variables.js';
import { functionAround } from '../syntax/functions.js';
import { memberName } from '../syntax/member-name.js';
import { listeningMethods } from '../value-flow/registering-methods.js';

/** Methods that register a handler for every event to come. */
const handlerMethods = new Set<string>([...listeningMethods, 'subscribe']);

/**
 * Whether a function can run when the one around it has ended: it is returned, stored in an object, registered for
 * events, or called by such a function. What an unknown call does with a callback is not known, and does not count.
 */
export function livesOn(node: FunctionNode, variables: Variables, seen = new Set<FunctionNode>()): boolean {
  if (seen.has(node)) {
    return false;
  }
  seen.add(node);
  const name = nameOf(node);
  const references = name === undefined ? [] : (variables.of(name)?.references ?? []);
  const home = functionAround(node);
  return (
    isKept(node) ||
    isHandler(node) ||
    references.some(({ identifier, init }) => {
      if (init === true || isKept(identifier)) {
        return init !== true;
      }
      const user = functionAround(identifier);
      return user !== undefined && user !== home && livesOn(user, variables, seen);
    })
  );
}

/** Whether a failure of a function ends the program: only a statement of the module itself calls it. */
export function endsTheProgram(node: FunctionNode | TSESTree.Program, variables: Variables): boolean {
  if (node.type === 'Program') {
    return false;
  }
  const name = nameOf(node);
  if (name === undefined) {
    return isModuleStatement(node);
  }
  const reads = variables.of(name)?.references.filter(reference => reference.isRead()) ?? [];
  const [read] = reads;
  return reads.length === 1 && read !== undefined && isModuleStatement(read.identifier);
}

/** Whether the module's own code calls this and does not catch the failure: `main();`, `await main();`. */
function isModuleStatement(callee: TSESTree.Node): boolean {
  const call = callee.parent;
  if (call?.type !== 'CallExpression' || call.callee !== callee) {
    return false;
  }
  const { parent } = call;
  const statement =
    parent.type === 'AwaitExpression' || (parent.type === 'UnaryExpression' && parent.operator === 'void') ? parent.parent : parent;
  return statement.type === 'ExpressionStatement' && statement.parent.type === 'Program';
}

/** The name under which the file can mention the function. */
function nameOf(node: FunctionNode): TSESTree.Identifier | undefined {
  if (node.type === 'FunctionDeclaration') {
    return node.id ?? undefined;
  }
  const { parent } = node;
  return parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id : undefined;
}

/** Whether the value goes into an object, out of the function, or out of the module. */
function isKept(node: TSESTree.Node): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case 'ArrowFunctionExpression':
      return parent.body === node;
    case 'AssignmentExpression':
      return parent.right === node && parent.left.type === 'MemberExpression';
    case 'ExportDefaultDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportSpecifier':
    case 'ReturnStatement':
      return true;
    case 'Property':
      return parent.value === node && parent.parent.type === 'ObjectExpression';
    default:
      return false;
  }
}

function isHandler(node: FunctionNode): boolean {
  const { parent } = node;
  const name = parent.type === 'CallExpression' && parent.callee !== node ? memberName(parent.callee) : undefined;
  return name !== undefined && handlerMethods.has(name);
}
