import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { isFunction } from '../syntax/functions.js';
import { propertyName } from '../syntax/property-name.js';
import { isWrapper } from '../syntax/skip-wrappers.js';

/**
 * One thing that happens to a value.
 *
 * - `called`: it is called. `methodCalled`: a method of it is. `read`: a property is read, it is tested or compared.
 * - `passed`: it is argument `index` of a call. `returned`, `stored`: it goes to the caller, or into a field, a
 *   container or an outer variable. `aliased`: it goes into another variable of the function.
 */
export type ValueUse =
  | { kind: 'aliased'; node: TSESTree.Node; to: TSESTree.Identifier }
  | { kind: 'called'; node: TSESTree.CallExpression }
  | { kind: 'methodCalled'; node: TSESTree.CallExpression; name: string }
  | { kind: 'passed'; node: TSESTree.CallExpression | TSESTree.NewExpression; index: number }
  | { kind: 'read'; node: TSESTree.Node }
  | { kind: 'returned'; node: TSESTree.Node }
  | { kind: 'stored'; node: TSESTree.Node };

/** What happens to the variable's value wherever it is mentioned, closures included. */
export function usesOfVariable(variable: TSESLint.Scope.Variable): ValueUse[] {
  return variable.references
    .filter(reference => reference.isRead())
    .flatMap(({ identifier }) => (identifier.type === 'Identifier' ? [useOf(identifier)] : []));
}

/** What happens to the value of an expression at the place where it stands. */
export function useOf(node: TSESTree.Expression): ValueUse {
  const { parent } = node;
  if (isWrapper(parent)) return useOf(parent);
  switch (parent.type) {
    case 'AwaitExpression':
    case 'LogicalExpression':
      return useOf(parent);
    case 'ConditionalExpression':
      return parent.test === node ? { kind: 'read', node } : useOf(parent);
    case 'CallExpression':
    case 'NewExpression':
      return useInCall(node, parent);
    case 'MemberExpression':
      return parent.object === node ? useOfMember(parent) : { kind: 'read', node };
    case 'ArrowFunctionExpression':
    case 'ReturnStatement':
    case 'YieldExpression':
      return { kind: 'returned', node };
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' ? { kind: 'aliased', node, to: parent.id } : { kind: 'read', node };
    case 'AssignmentExpression':
      return parent.right === node ? { kind: 'stored', node } : { kind: 'read', node };
    case 'ArrayExpression':
    case 'Property':
    case 'PropertyDefinition':
    case 'SpreadElement':
    case 'TemplateLiteral':
    case 'ThrowStatement':
      return { kind: 'stored', node };
    default:
      return { kind: 'read', node };
  }
}

function useInCall(node: TSESTree.Expression, call: TSESTree.CallExpression | TSESTree.NewExpression): ValueUse {
  if (call.callee === node) {
    return call.type === 'CallExpression' ? { kind: 'called', node: call } : { kind: 'read', node };
  }
  return { kind: 'passed', node: call, index: call.arguments.findIndex(argument => argument === node) };
}

function useOfMember(member: TSESTree.MemberExpression): ValueUse {
  const name = propertyName(member);
  const { parent } = member;
  if (name !== undefined && parent.type === 'CallExpression' && parent.callee === member) {
    return { kind: 'methodCalled', node: parent, name };
  }
  return { kind: 'read', node: member };
}

/** The parameter's variable, if the parameter is a plain name. */
export function parameterVariable(
  sourceCode: Readonly<TSESLint.SourceCode>,
  parameter: TSESTree.Parameter | undefined,
): TSESLint.Scope.Variable | undefined {
  const target = parameter?.type === 'AssignmentPattern' ? parameter.left : parameter;
  if (target?.type !== 'Identifier' || !isFunction(target.parent.type === 'AssignmentPattern' ? target.parent.parent : target.parent)) {
    return undefined;
  }
  return sourceCode.scopeManager
    ?.getDeclaredVariables(target.parent.type === 'AssignmentPattern' ? target.parent.parent : target.parent)
    .find(variable => variable.identifiers.includes(target));
}
