import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../findings.js';
import type { Variables } from '../scope/variables.js';
import { functionAround } from '../syntax/functions.js';
import { memberName } from '../syntax/member-name.js';
import { immediateMethods } from '../value-flow/harmless.js';
import { listeningMethods } from '../value-flow/registering-methods.js';

/** Answers whether code runs again and again, as far as one file tells. */
export interface Repetition {
  /** Whether the code at `node` may run more than once in the life of the program, module code being run once. */
  mayRepeat(node: TSESTree.Node): boolean;
  /** Whether it runs as a handler of events: in a function that is handed over by module code or by a method. */
  isHandler(callback: FunctionNode): boolean;
}

/** Callbacks of these run once for each time that the call around them does, or less. */
const onceMethods = new Set(['catch', 'finally', 'once', 'then']);

/** The names of the calls that register a handler. */
const handlerMethods = new Set<string>([
  ...listeningMethods, 'all', 'delete', 'get', 'handle', 'patch', 'post', 'put', 'route', 'setInterval', 'subscribe', 'use',
]);

/** The repetition of the code of one file. */
export function createRepetition(variables: Variables): Repetition {
  return { mayRepeat: node => mayRepeat(node, new Set()), isHandler };

  function mayRepeat(node: TSESTree.Node, seen: Set<TSESTree.Node>): boolean {
    const around = functionAround(node);
    if (around === undefined || seen.has(around)) return false;
    seen.add(around);
    return isRunAgain(around, seen);
  }

  function isRunAgain(node: FunctionNode, seen: Set<TSESTree.Node>): boolean {
    if (node.type === 'FunctionDeclaration' && node.id !== null) return isNameUsedAgain(node, node.id, seen);
    const { parent } = node;
    switch (parent.type) {
      case 'CallExpression':
      case 'NewExpression':
        return isImmediate(node, parent) ? mayRepeat(parent, seen) : true;
      case 'VariableDeclarator':
        return parent.id.type === 'Identifier' ? isNameUsedAgain(parent.parent, parent.id, seen) : true;
      default:
        return true;
    }
  }

  /** Whether a function of that name is exported, handed on, or called by code that may repeat. */
  function isNameUsedAgain(declaration: TSESTree.Node, name: TSESTree.Identifier, seen: Set<TSESTree.Node>): boolean {
    const variable = variables.of(name);
    if (variable === undefined || isExport(declaration.parent)) return true;
    return variable.references.some(reference => isUsedAgain(reference, seen));
  }

  function isUsedAgain({ identifier, init }: TSESLint.Scope.Reference, seen: Set<TSESTree.Node>): boolean {
    if (init === true) return false;
    const { parent } = identifier;
    const isCall = parent.type === 'CallExpression' && parent.callee === identifier;
    if (isCall) return mayRepeat(parent, seen);
    const isImmediateArgument =
      parent.type === 'CallExpression' && identifier.type === 'Identifier' && isImmediate(identifier, parent);
    return isImmediateArgument ? mayRepeat(parent, seen) : true;
  }
}

function isExport(node: TSESTree.Node | undefined): boolean {
  return node?.type === 'ExportNamedDeclaration' || node?.type === 'ExportDefaultDeclaration';
}

/** Whether the call runs the function at once, or once at most: `list.forEach(f)`, `promise.then(f)`, `new Promise(f)`. */
function isImmediate(node: TSESTree.Expression | TSESTree.FunctionDeclaration, call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  if (call.callee === node || call.type === 'NewExpression') return true;
  const name = memberName(call.callee);
  return name !== undefined && (immediateMethods.has(name) || onceMethods.has(name));
}

function isHandler({ parent }: FunctionNode): boolean {
  if (parent.type !== 'CallExpression') return false;
  const name = parent.callee.type === 'Identifier' ? parent.callee.name : memberName(parent.callee);
  return name !== undefined && handlerMethods.has(name);
}
