import type { TSESTree } from '@typescript-eslint/utils';

import type { Variables } from '../../scope/variables.js';
import { isExpression } from '../../syntax/expressions.js';
import { memberName } from '../../syntax/member-name.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';

/**
 * What is kept under a key.
 *
 * - `primitive`: a number, a text, a truth. `derived`: what the standard library makes of a text, as a memo keeps it.
 * - `identity`: an object of its own. `unknown`: the result of a call that nobody looks into.
 */
export type ValueNature = 'derived' | 'identity' | 'primitive' | 'unknown';

/** Constructors that make the same of the same text. */
const pureConstructors = /^(?:RegExp|URL|Date|Error|TypeError|TextDecoder|TextEncoder|Function|\w*Format|Collator|PluralRules|Segmenter|Locale)$/u;

/** The names of functions that make something new, rather than compute. */
const makingName = /^(?:create|connect|fetch|open|request|spawn|start)(?:[A-Z]|$)/u;

const maximumDepth = 4;

/** What an expression gives, as far as one file tells. */
export function valueNature(node: TSESTree.Expression | undefined, variables: Variables, depth = 0): ValueNature {
  if (node === undefined || depth > maximumDepth) return 'unknown';
  const expression = skipWrappers(node);
  switch (expression.type) {
    case 'ArrayExpression':
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'ObjectExpression':
    case 'ThisExpression':
      return 'identity';
    case 'Literal':
      return 'regex' in expression ? 'derived' : 'primitive';
    case 'BinaryExpression':
    case 'TemplateLiteral':
    case 'UnaryExpression':
    case 'UpdateExpression':
      return 'primitive';
    case 'AwaitExpression':
      return valueNature(expression.argument, variables, depth + 1);
    case 'AssignmentExpression':
      return valueNature(expression.right, variables, depth + 1);
    case 'ConditionalExpression':
      return stronger(
        valueNature(expression.consequent, variables, depth + 1),
        valueNature(expression.alternate, variables, depth + 1),
      );
    case 'LogicalExpression':
      return stronger(
        valueNature(expression.left, variables, depth + 1),
        valueNature(expression.right, variables, depth + 1),
      );
    case 'NewExpression': {
      const { callee } = expression;
      const name = callee.type === 'Identifier' ? callee.name : memberName(callee);
      return name !== undefined && pureConstructors.test(name) ? 'derived' : 'identity';
    }
    case 'CallExpression': {
      const { callee } = expression;
      const name = callee.type === 'Identifier' ? callee.name : memberName(callee);
      if (name === 'on' || name === 'once') return 'identity';
      return name !== undefined && makingName.test(name) ? 'identity' : 'unknown';
    }
    case 'Identifier':
      return natureOfName(expression, variables, depth);
    default:
      return 'unknown';
  }
}

function stronger(left: ValueNature, right: ValueNature): ValueNature {
  return left === 'identity' || right === 'unknown' ? left : right;
}

function natureOfName(node: TSESTree.Identifier, variables: Variables, depth: number): ValueNature {
  const variable = variables.of(node);
  const definition = variable?.defs[0];
  // Whatever a caller gives is not rebuilt from the key.
  if (definition?.type === 'Parameter') return 'identity';
  if (variable === undefined || definition?.type !== 'Variable') return 'unknown';
  const natures = variable.references.flatMap(({ writeExpr }) =>
    writeExpr != null && isExpression(writeExpr) ? [valueNature(writeExpr, variables, depth + 1)] : [],
  );
  return natures.find(nature => nature === 'identity') ?? natures[0] ?? 'unknown';
}
