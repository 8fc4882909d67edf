import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { ClassModel } from '../../classes/class-model.js';
import type { Variables } from '../../scope/variables.js';
import { childrenOf } from '../../syntax/children.js';
import { isClass, isFunction } from '../../syntax/functions.js';
import { propertyName } from '../../syntax/property-name.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import { boundFunction } from './handlers.js';
import type { Keys } from './keys.js';
import type { Handler } from './model.js';

/** Tells what a handler keeps alive. */
export interface Captures {
  /** Whether it surely keeps the instance that is `this` where it is registered. */
  keepsInstance(handler: Handler): boolean;
  /** The function that is called, if this file shows it. */
  functionOf(handler: Handler): TSESTree.Node | undefined;
}

/** What the handlers of a file keep alive. */
export function createCaptures(sourceCode: TSESLint.SourceCode, variables: Variables, keys: Keys): Captures {
  return {
    keepsInstance: ({ node }) => keeps(node, 0),
    functionOf: ({ node }) => functionAt(node),
  };

  function keeps(value: TSESTree.Expression, depth: number): boolean {
    const node = skipWrappers(value);
    if (depth > maximumDepth) return false;
    switch (node.type) {
      case 'ThisExpression':
        return true;
      case 'ArrowFunctionExpression':
        return mentionsThis(node, false);
      case 'FunctionExpression':
        return mentionsThis(node.body, true);
      case 'CallExpression':
        return boundFunction(node) !== undefined && isInstance(node.arguments[0]);
      case 'Identifier': {
        const definition = variables.of(node)?.defs[0];
        if (definition?.type === 'FunctionName' && isFunction(definition.node)) return mentionsThis(definition.node.body, true);
        const init = definition?.type === 'Variable' && definition.node.id.type === 'Identifier' ? definition.node.init : null;
        return init !== null && keeps(init, depth + 1);
      }
      case 'MemberExpression': {
        const name = propertyName(node);
        const model = isInstance(node.object) ? keys.classAround(node) : undefined;
        return name !== undefined && model !== undefined && valuesOfField(model, name).some(each => keeps(each, depth + 1));
      }
      default:
        return false;
    }
  }

  function isInstance(node: TSESTree.Node | undefined): boolean {
    if (node?.type === 'ThisExpression') return true;
    return node?.type === 'Identifier' && keys.of(node)?.endsWith(':this') === true;
  }

  /** Whether `this`, or a constant that stands for it, is mentioned; `isOwn` in functions that have another `this`. */
  function mentionsThis(node: TSESTree.Node, isOwn: boolean): boolean {
    if (node.type === 'ThisExpression' || node.type === 'Super') return !isOwn;
    if (node.type === 'Identifier') return isInstance(node);
    const hasOwn = isOwn || isClass(node) || (isFunction(node) && node.type !== 'ArrowFunctionExpression');
    return childrenOf(node, sourceCode.visitorKeys).some(child => mentionsThis(child, hasOwn));
  }

  function functionAt(value: TSESTree.Expression): TSESTree.Node | undefined {
    const node = skipWrappers(value);
    if (isFunction(node)) return node;
    const bound = boundFunction(node);
    if (bound !== undefined) return functionAt(bound);
    if (node.type === 'Identifier') {
      const definition = variables.of(node)?.defs[0];
      if (definition?.type === 'FunctionName') return definition.node;
      const init = definition?.type === 'Variable' && definition.node.id.type === 'Identifier' ? definition.node.init : null;
      return init === null || init.type === 'Identifier' ? undefined : functionAt(init);
    }
    if (node.type !== 'MemberExpression' || node.object.type !== 'ThisExpression') return undefined;
    const name = propertyName(node);
    return keys.classAround(node)?.methods.find(method => method.name === name)?.node;
  }
}

const maximumDepth = 3;

/** What a class puts into a field: not its methods, which keep nothing. */
function valuesOfField(model: ClassModel, name: string): TSESTree.Expression[] {
  const assigned = model
    .usesOf(name)
    .flatMap(({ node: { parent }, node }) =>
      parent.type === 'AssignmentExpression' && parent.left === node ? [parent.right] : [],
    );
  const declared = model.methods.flatMap(({ name: own, kind, node }) =>
    own === name && kind === 'fieldFunction' && node.type !== 'FunctionDeclaration' ? [node] : [],
  );
  const initial = isFunction(model.node)
    ? []
    : model.node.body.body.flatMap(member =>
        member.type === 'PropertyDefinition' && propertyName(member) === name && member.value !== null ? [member.value] : [],
      );
  return [...assigned, ...declared, ...initial];
}
