import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Classes, ClassModel, Method } from '../../classes/class-model.js';
import { terminalDisposersOf } from '../../classes/disposers.js';
import type { FunctionNode } from '../../findings.js';
import type { Identity } from '../../identity/identity.js';
import type { Variables } from '../../scope/variables.js';
import type { CallPattern } from '../../specification.js';
import { ancestorsOf } from '../../syntax/ancestors.js';
import { isClass, isFunction } from '../../syntax/functions.js';
import { memberName } from '../../syntax/member-name.js';
import { stringOf } from '../../syntax/property-name.js';
import type { Repetition } from '../repetition.js';

/**
 * Whose life something is started for. `around` is the function that starts it.
 *
 * - `program`: the code runs once, so that what it starts may run until the program ends.
 * - `instance`: a method, or a field initialiser, of a class. `effect`: a callback that a framework cleans up after.
 * - `event`: a handler, which runs for each connection or request. `function`: any other function.
 */
export type Host =
  | { readonly kind: 'program' }
  | InstanceHost
  | { readonly kind: 'effect' | 'event'; readonly around: FunctionNode }
  | FunctionHost;

export interface FunctionHost {
  readonly kind: 'function';
  readonly around: FunctionNode;
  /** Whether one call of this file is all that runs it. */
  readonly hasOneCaller: boolean;
}

export interface InstanceHost {
  readonly kind: 'instance';
  readonly model: ClassModel;
  /** Undefined in a field initialiser. */
  readonly method: Method | undefined;
  /** The methods that end an instance. */
  readonly disposers: readonly Method[];
}

/** Answers whose life the code at a node serves. */
export interface Hosts {
  of(node: TSESTree.Node): Host;
}

/** What the search for hosts rests on. */
export interface HostParts {
  readonly sourceCode: TSESLint.SourceCode;
  readonly identity: Identity;
  readonly variables: Variables;
  readonly classes: Classes;
  readonly repetition: Repetition;
  /** Calls whose first argument is an effect. */
  readonly effects: readonly CallPattern[];
  /** Further names of terminal disposers. */
  readonly disposers: readonly string[];
}

/** Events that come once, or that tell of the start and the end of the program or of a connection. */
const oneTimeEvents =
  /^(?:listening|ready|load|DOMContentLoaded|exit|beforeExit|SIG\w+|uncaughtException|unhandledRejection|error|close|end|finish|open|connect|connected|activate|install|whenReady)$/u;

/** Methods that run the text of a function somewhere else: in a page, which ends by itself. */
const shippingMethods = /^(?:evaluate\w*|addInitScript|executeScript|\$\$?eval)$/u;

/** The hosts of the code of one file. */
export function createHosts(parts: HostParts): Hosts {
  const { sourceCode, identity, variables, classes, repetition, effects, disposers } = parts;
  const methods = new Map<TSESTree.Node, [ClassModel, Method]>();
  for (const model of classes.all) for (const method of model.methods) methods.set(method.node, [model, method]);
  return { of };

  function of(node: TSESTree.Node): Host {
    for (const around of [node, ...ancestorsOf(node)]) {
      if (isFunction(around)) {
        const host = hostOfMethod(around) ?? hostOfCallback(around);
        if (host !== undefined) return host;
        if (isNamed(around)) return hostOfFunction(around);
      }
      if (around.type === 'PropertyDefinition') return hostOfField(around);
      if (isClass(around)) break;
    }
    return { kind: 'program' };
  }

  function hostOfMethod(around: FunctionNode): Host | undefined {
    const [model, method] = methods.get(around) ?? [];
    if (model === undefined || method === undefined) return undefined;
    return method.isStatic ? { kind: 'program' } : hostOfInstance(model, method);
  }

  function hostOfField({ static: isStatic, parent }: TSESTree.PropertyDefinition): Host {
    const model = classes.of(parent.parent);
    return isStatic || model === undefined ? { kind: 'program' } : hostOfInstance(model, undefined);
  }

  function hostOfInstance(model: ClassModel, method: Method | undefined): Host {
    return isSingleton(model)
      ? { kind: 'program' }
      : { kind: 'instance', model, method, disposers: terminalDisposersOf(model, disposers) };
  }

  function hostOfCallback(around: FunctionNode): Host | undefined {
    const { parent } = around;
    if (parent.type !== 'CallExpression' || parent.callee === around) return undefined;
    if (shippingMethods.test(memberName(parent.callee) ?? '')) return { kind: 'program' };
    if (parent.arguments[0] === around && effects.some(effect => identity.isCallOf(parent, effect))) {
      return { kind: 'effect', around };
    }
    return repetition.isHandler(around) && !isOneTime(parent) ? { kind: 'event', around } : undefined;
  }

  function hostOfFunction(around: FunctionNode): Host {
    if (!repetition.mayRepeat(around.body)) return { kind: 'program' };
    const name = around.type === 'FunctionDeclaration' ? around.id : nameOfConstant(around);
    const references = name === undefined || name === null ? [] : (variables.of(name)?.references ?? []);
    const uses = references.flatMap(({ init, identifier }) => (init === true ? [] : [identifier]));
    // What handlers alone call is a part of them.
    if (uses.length > 0 && uses.every(isCalledByHandler)) return { kind: 'event', around };
    return { kind: 'function', around, hasOneCaller: uses.length === 1 && uses.every(isCallee) };
  }

  function isCalledByHandler(name: TSESTree.Node): boolean {
    if (!isCallee(name)) return false;
    for (const around of ancestorsOf(name)) {
      if (!isFunction(around)) continue;
      const host = hostOfCallback(around);
      if (host !== undefined) return host.kind === 'event';
      if (isNamed(around) || methods.has(around)) return false;
    }
    return false;
  }

  /** Whether module code makes the only instance. */
  function isSingleton({ node }: ClassModel): boolean {
    if (!isClass(node) || node.id === null) return false;
    if (node.parent.type === 'ExportNamedDeclaration' || node.parent.type === 'ExportDefaultDeclaration') return false;
    const declared = sourceCode.scopeManager?.getDeclaredVariables(node) ?? [];
    const references = declared.flatMap(variable => variable.references);
    const uses = references.filter(({ identifier }) => !isInType(identifier));
    const [use] = uses;
    const construction = use?.identifier.parent;
    return (
      uses.length === 1 &&
      construction?.type === 'NewExpression' &&
      construction.callee === use?.identifier &&
      !repetition.mayRepeat(construction)
    );
  }
}

function isCallee(name: TSESTree.Node): boolean {
  return name.parent?.type === 'CallExpression' && name.parent.callee === name;
}

function isOneTime({ arguments: [event] }: TSESTree.CallExpression): boolean {
  const name = event === undefined ? undefined : stringOf(event);
  return name !== undefined && oneTimeEvents.test(name);
}

/** Whether other code can name the function: it is not only an argument of a call. */
function isNamed(node: FunctionNode): boolean {
  return node.parent.type !== 'CallExpression' && node.parent.type !== 'NewExpression';
}

function nameOfConstant({ parent }: FunctionNode): TSESTree.Identifier | undefined {
  return parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id : undefined;
}

function isInType({ parent }: TSESTree.Node): boolean {
  return parent?.type === 'TSTypeReference' || parent?.type === 'TSTypeQuery' || parent?.type === 'TSClassImplements';
}
