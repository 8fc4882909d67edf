import type { TSESTree } from '@typescript-eslint/utils';

import type { Variables } from '../../scope/variables.js';
import { propertyName } from '../../syntax/property-name.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';

/** What the options of a registration or a removal say. */
export interface ListenerOptions {
  readonly isOnce: boolean;
  /** There is a signal, or something that may hold one. */
  readonly hasSignal: boolean;
  /** Undefined if it is not written out. */
  readonly capture: boolean | undefined;
}

const none: ListenerOptions = { isOnce: false, hasSignal: false, capture: false };
/** What may hold anything. */
const opaque: ListenerOptions = { isOnce: true, hasSignal: true, capture: undefined };

/** Reads options, through constants, spreads and choices. */
export function optionsOf(node: TSESTree.CallExpressionArgument | undefined, variables: Variables): ListenerOptions {
  if (node === undefined) return none;
  if (node.type === 'SpreadElement') return opaque;
  const expression = skipWrappers(node);
  switch (expression.type) {
    case 'Literal':
      return { ...none, capture: Boolean(expression.value) };
    case 'ThisExpression':
      // Some emitters take what `this` is in the handler.
      return none;
    case 'ObjectExpression':
      return expression.properties.reduce((read, property) => withProperty(read, property, variables), none);
    case 'ConditionalExpression':
      return eitherOf(optionsOf(expression.consequent, variables), optionsOf(expression.alternate, variables));
    case 'Identifier': {
      if (expression.name === 'undefined') return none;
      const definition = variables.of(expression)?.defs[0];
      const isConstant = definition?.type === 'Variable' && definition.parent.kind === 'const';
      const init = isConstant && definition.node.id.type === 'Identifier' ? definition.node.init : null;
      return init === null ? opaque : optionsOf(init, variables);
    }
    default:
      return opaque;
  }
}

function withProperty(
  read: ListenerOptions,
  property: TSESTree.ObjectLiteralElement,
  variables: Variables,
): ListenerOptions {
  if (property.type === 'SpreadElement') {
    const spread = optionsOf(property.argument, variables);
    return {
      isOnce: read.isOnce || spread.isOnce,
      hasSignal: read.hasSignal || spread.hasSignal,
      capture: spread.capture === false ? read.capture : spread.capture,
    };
  }
  const value = property.value.type === 'Literal' ? property.value.value : undefined;
  switch (propertyName(property)) {
    case 'once':
      return { ...read, isOnce: value !== false };
    case 'signal':
      return { ...read, hasSignal: true };
    case 'capture':
      return { ...read, capture: typeof value === 'boolean' ? value : undefined };
    case undefined:
      return opaque;
    default:
      return read;
  }
}

function eitherOf(left: ListenerOptions, right: ListenerOptions): ListenerOptions {
  return {
    isOnce: left.isOnce || right.isOnce,
    hasSignal: left.hasSignal || right.hasSignal,
    capture: left.capture === right.capture ? left.capture : undefined,
  };
}
