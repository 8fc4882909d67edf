import type { TSESTree } from '@typescript-eslint/utils';

/** Whether evaluating the expression calls nothing, waits for nothing and changes nothing. A getter is not expected. */
export function isQuiet(node: TSESTree.Node | null): boolean {
  if (node === null) {
    return true;
  }
  switch (node.type) {
    case 'ArrayExpression':
      return node.elements.every(isQuiet);
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'Identifier':
    case 'Literal':
    case 'ThisExpression':
      return true;
    case 'BinaryExpression':
    case 'LogicalExpression':
      return isQuiet(node.left) && isQuiet(node.right);
    case 'ChainExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
      return isQuiet(node.expression);
    case 'ConditionalExpression':
      return isQuiet(node.test) && isQuiet(node.consequent) && isQuiet(node.alternate);
    case 'MemberExpression':
      return isQuiet(node.object) && (!node.computed || isQuiet(node.property));
    case 'ObjectExpression':
      return node.properties.every(
        property => property.type === 'Property' && (!property.computed || isQuiet(property.key)) && isQuiet(property.value),
      );
    case 'TemplateLiteral':
      return node.expressions.every(expression => expression.type === 'Literal');
    case 'UnaryExpression':
      return node.operator !== 'delete' && isQuiet(node.argument);
    default:
      return false;
  }
}

/** Whether the value is written out: no name, no call, nothing that could differ a little earlier. */
export function isConstant(node: TSESTree.Expression): boolean {
  switch (node.type) {
    case 'ArrayExpression':
      return node.elements.every(element => element !== null && element.type !== 'SpreadElement' && isConstant(element));
    case 'Literal':
      return true;
    case 'NewExpression':
      return (
        node.callee.type === 'Identifier' && (node.callee.name === 'Map' || node.callee.name === 'Set') && node.arguments.length === 0
      );
    case 'ObjectExpression':
      return node.properties.length === 0;
    case 'TemplateLiteral':
      return node.expressions.length === 0;
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return isConstant(node.expression);
    case 'UnaryExpression':
      return node.argument.type === 'Literal';
    default:
      return false;
  }
}
