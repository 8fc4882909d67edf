import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { ClassModel } from '../../classes/class-model.js';
import type { Assumption, FunctionNode } from '../../findings.js';
import type { Identity } from '../../identity/identity.js';
import type { Variables } from '../../scope/variables.js';
import type { CallPattern } from '../../specification.js';
import { variablesCapturedBy } from '../../scope/captures.js';
import { contains } from '../../syntax/contains.js';
import { functionAround, isFunction } from '../../syntax/functions.js';
import { returnedValues } from '../../syntax/returns.js';
import { createGuards } from '../running/guards.js';
import type { Captures } from './captures.js';
import { isProgramEvent, isTerminalEvent, isUserInterfaceEvent } from './events.js';
import type { BackReferenceKind, Registration } from './model.js';
import { returnedIdentifiers } from './results.js';

/** What is found of a listener that nothing in the file takes off. */
export interface Shape {
  readonly kind: BackReferenceKind;
  readonly witness: TSESTree.Node;
  readonly assumptions: readonly Assumption[];
}

/** Judges listeners by the shape of the code around them, where nothing else speaks for a finding. */
export interface Shapes {
  /** Of an effect that gives no function to clean up with. */
  ofEffect(registration: Registration): Shape | undefined;
  /** Of a class without a disposer, on what it was given. */
  ofInstance(registration: Registration, model: ClassModel): Shape | undefined;
  /** Of a function that returns what it has made around what it was given. */
  ofWrapper(registration: Registration): Shape | undefined;
}

/** What the judgement rests on. */
export interface ShapeParts {
  readonly sourceCode: TSESLint.SourceCode;
  readonly variables: Variables;
  readonly identity: Identity;
  readonly captures: Captures;
  /** Calls whose first argument is an effect. */
  readonly effects: readonly CallPattern[];
}

const shapeOnly: Assumption = { kind: 'shapeOnly' };

/** The judgements for one file. */
export function createShapes({ sourceCode, variables, identity, captures, effects }: ShapeParts): Shapes {
  const guards = createGuards(sourceCode, variables);
  return { ofEffect, ofInstance, ofWrapper };

  function ofEffect({ call, sender, event, isOnce, handler }: Registration): Shape | undefined {
    const owner = functionAround(call);
    if (owner === undefined || isOnce || sender.origin !== 'global' || isProgramEvent(event)) return undefined;
    const { parent } = owner;
    const isEffect =
      parent.type === 'CallExpression' &&
      parent.arguments[0] === owner &&
      effects.some(effect => identity.isCallOf(parent, effect));
    const isSilent = returnedValues(owner, sourceCode.visitorKeys).every(value => value === null);
    if (!isEffect || !isSilent) return undefined;
    const listener = captures.functionOf(handler);
    const doubts = isFunction(listener) && keepsComponent(listener, owner) ? [] : [shapeOnly];
    return { kind: 'missingCleanup', witness: owner, assumptions: [{ kind: 'functionRunsAgain', node: owner }, ...doubts] };
  }

  /** Whether a listener of an effect mentions what belongs to the component around it. */
  function keepsComponent(listener: FunctionNode, effect: FunctionNode): boolean {
    const component = functionAround(effect);
    return (
      component !== undefined &&
      variablesCapturedBy(sourceCode, listener).some(({ defs }) => defs.some(({ name }) => contains(component, name)))
    );
  }

  function ofInstance({ call, sender, handler }: Registration, model: ClassModel): Shape | undefined {
    if (handler.kind !== 'fresh' || sender.origin !== 'injected' || model.hasHiddenAncestors) return undefined;
    const outlives: Assumption = { kind: 'senderOutlivesHost', node: sender.node };
    const method = model.methods.find(({ node }) => contains(node, call));
    if (method?.kind === 'constructor') {
      return isPartOfParameter(sender.node)
        ? { kind: 'injectedSender', witness: model.node, assumptions: [outlives, shapeOnly] }
        : undefined;
    }
    if (method?.kind !== 'method' || method.name === undefined || /^[#_]/u.test(method.name)) return undefined;
    const isPrivate = method.node.parent.type === 'MethodDefinition' && method.node.parent.accessibility === 'private';
    if (isPrivate || model.usesOf(method.name).length > 0 || guards.isGuarded(call, method.node)) return undefined;
    return {
      kind: 'addedAgain',
      witness: method.node,
      assumptions: [outlives, { kind: 'methodCalledTwice', node: method.node }, shapeOnly],
    };
  }

  /** `components.registrar`: what is given for its parts belongs to others as well. */
  function isPartOfParameter(node: TSESTree.Expression): boolean {
    const object = node.type === 'MemberExpression' ? node.object : undefined;
    if (object?.type === 'MemberExpression') return isPartOfParameter(object);
    return object?.type === 'Identifier' && variables.of(object)?.defs[0]?.type === 'Parameter';
  }

  function ofWrapper({ call, sender, event, isOnce, handler }: Registration): Shape | undefined {
    const owner = functionAround(call);
    const lifetime = sender.specification?.lifetime;
    if (owner === undefined || isOnce || sender.origin !== 'argument' || lifetime === 'itself' || lifetime === 'caller') return undefined;
    if (isTerminalEvent(event) || isUserInterfaceEvent(event) || isProgramEvent(event)) return undefined;
    const listener = captures.functionOf(handler);
    return listener !== undefined && keepsResult(listener, owner)
      ? {
          kind: 'wrapperKept',
          witness: owner,
          assumptions: [{ kind: 'senderOutlivesHost', node: sender.node }, shapeOnly],
        }
      : undefined;
  }

  /** Whether a listener mentions what its function has made by `new` and returns. */
  function keepsResult(listener: TSESTree.Node, owner: FunctionNode): boolean {
    return returnedIdentifiers(owner).some(identifier => {
      const variable = variables.of(identifier);
      const definition = variable?.defs[0];
      const isMade = definition?.type === 'Variable' && definition.node.init?.type === 'NewExpression';
      return isMade && variable?.references.some(reference => contains(listener, reference.identifier)) === true;
    });
  }
}
