import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Assumption } from '../../findings.js';
import { confidenceOf } from '../../findings.js';
import { variablesCapturedBy } from '../../scope/captures.js';
import type { Variables } from '../../scope/variables.js';
import { descendantsOf } from '../../syntax/descendants.js';
import { isExpression } from '../../syntax/expressions.js';
import { functionAround, isFunction } from '../../syntax/functions.js';
import { propertyName } from '../../syntax/property-name.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import type { CaptureFinding } from './model.js';

interface FinalizationContext {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly variables: Variables;
}

/**
 * The registrations with a `FinalizationRegistry` that keep their own target alive: the registry holds the held value
 * strongly until the target is collected, which never happens if one reaches the other.
 * Source: https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/FinalizationRegistry/register
 */
export function findFinalizationLeaks({ sourceCode, variables }: FinalizationContext): CaptureFinding[] {
  if (!sourceCode.text.includes('FinalizationRegistry')) return [];
  return [...descendantsOf(sourceCode.ast, sourceCode.visitorKeys)].flatMap(node => {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return [];
    if (propertyName(node.callee) !== 'register') return [];
    const callback = callbackOf(node.callee.object);
    const [target, held] = node.arguments;
    if (callback === undefined || target === undefined || held === undefined) return [];
    if (target.type === 'SpreadElement' || held.type === 'SpreadElement') return [];
    return verdictOf(node, target, held, callback) ?? [];
  });

  function verdictOf(
    call: TSESTree.CallExpression,
    target: TSESTree.Expression,
    held: TSESTree.Expression,
    callback: TSESTree.Node,
  ): CaptureFinding | undefined {
    if (reaches(held, target)) return finding('heldValueIsTarget', held, target, []);
    const part = skipWrappers(held);
    const isOfTarget = part.type === 'MemberExpression' && isStoredIn(rootOf(part), target, call);
    return isOfTarget && isUsedAsObject(callback)
      ? finding('heldValueIsPart', held, target, [{ kind: 'partRefersBack', node: held }])
      : undefined;
  }

  /** The cleanup callback of the registry that an expression names; undefined for anything but a registry. */
  function callbackOf(node: TSESTree.Expression): TSESTree.Node | undefined {
    const object = skipWrappers(node);
    const made =
      object.type === 'Identifier'
        ? variables.of(object)?.references.map(({ writeExpr }) => writeExpr)
        : fieldValues(object);
    const creations = (made ?? []).flatMap(value => (value != null && isExpression(value) ? [skipWrappers(value)] : []));
    const [creation] = creations.filter(value => value.type !== 'Literal');
    return creation?.type === 'NewExpression' && isRegistry(creation.callee) ? creation.arguments[0] : undefined;
  }

  function isRegistry(callee: TSESTree.Expression): boolean {
    return callee.type === 'Identifier' && callee.name === 'FinalizationRegistry' && variables.isUnshadowedGlobal(callee);
  }

  /** What the file assigns to a field of that name. */
  function fieldValues(member: TSESTree.Expression): TSESTree.Node[] {
    const name = member.type === 'MemberExpression' ? propertyName(member) : undefined;
    if (name === undefined) return [];
    return [...descendantsOf(sourceCode.ast, sourceCode.visitorKeys)].flatMap(node => {
      if (node.type === 'PropertyDefinition') return propertyName(node) === name && node.value !== null ? [node.value] : [];
      if (node.type !== 'AssignmentExpression' || node.left.type !== 'MemberExpression') return [];
      return propertyName(node.left) === name ? [node.right] : [];
    });
  }

  /** Whether the value holds the target: written into it, bound, or captured by it. */
  function reaches(node: TSESTree.Expression, target: TSESTree.Expression): boolean {
    const value = skipWrappers(node);
    switch (value.type) {
      case 'ArrayExpression':
        return value.elements.some(each => each !== null && each.type !== 'SpreadElement' && isOrReaches(each, target));
      case 'ObjectExpression':
        return value.properties.some(
          each => each.type === 'Property' && isExpression(each.value) && isOrReaches(each.value, target),
        );
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return captures(value, target);
      case 'CallExpression': {
        const [receiver] = value.arguments;
        const isBind = value.callee.type === 'MemberExpression' && propertyName(value.callee) === 'bind';
        return isBind && receiver !== undefined && isExpression(receiver) && isSame(receiver, target);
      }
      case 'Identifier': {
        const definition = variables.of(value)?.defs[0];
        const init = definition?.type === 'Variable' && definition.parent.kind === 'const' ? definition.node.init : null;
        return init !== null && init.type !== 'Identifier' && reaches(init, target);
      }
      default:
        return false;
    }
  }

  function isOrReaches(node: TSESTree.Expression, target: TSESTree.Expression): boolean {
    return isSame(node, target) || (node.type !== 'Identifier' && reaches(node, target));
  }

  function isSame(one: TSESTree.Expression, other: TSESTree.Expression): boolean {
    if (one.type === 'ThisExpression') return other.type === 'ThisExpression';
    return one.type === 'Identifier' && other.type === 'Identifier' && variables.of(one) === variables.of(other);
  }

  function captures(closure: TSESTree.ArrowFunctionExpression | TSESTree.FunctionExpression, target: TSESTree.Expression): boolean {
    if (target.type === 'ThisExpression') {
      return closure.type === 'ArrowFunctionExpression' && [...descendantsOf(closure.body, sourceCode.visitorKeys)].some(({ type }) => type === 'ThisExpression');
    }
    const variable = target.type === 'Identifier' ? variables.of(target) : undefined;
    return variable !== undefined && variablesCapturedBy(sourceCode, closure).includes(variable);
  }

  /** Whether the function that registers has put `root` into the target. */
  function isStoredIn(root: TSESTree.Expression, target: TSESTree.Expression, call: TSESTree.Node): boolean {
    const around = functionAround(call);
    if (around === undefined || root.type !== 'Identifier') return false;
    return [...descendantsOf(around, sourceCode.visitorKeys)].some(
      node =>
        node.type === 'AssignmentExpression' &&
        node.left.type === 'MemberExpression' &&
        isSame(node.left.object, target) &&
        isSame(node.right, root),
    );
  }

  /** Whether the callback calls a method of what it is given: a number or a pointer has none worth calling. */
  function isUsedAsObject(callback: TSESTree.Node): boolean {
    const parameter = isFunction(callback) ? callback.params[0] : undefined;
    const variable = parameter?.type === 'Identifier' ? variables.of(parameter) : undefined;
    return (
      variable?.references.some(({ identifier: { parent } }) => {
        const isMethod = parent.type === 'MemberExpression' && parent.parent.type === 'CallExpression' && parent.parent.callee === parent;
        return isMethod && propertyName(parent) !== 'deref';
      }) === true
    );
  }
}

function rootOf(node: TSESTree.Expression): TSESTree.Expression {
  const expression = skipWrappers(node);
  return expression.type === 'MemberExpression' ? rootOf(expression.object) : expression;
}

function finding(
  kind: CaptureFinding['kind'],
  node: TSESTree.Node,
  witness: TSESTree.Node,
  assumptions: readonly Assumption[],
): CaptureFinding {
  return { kind, node, witness, assumptions, confidence: confidenceOf(assumptions) };
}
