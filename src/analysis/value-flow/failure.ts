import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { CallNode, Failure } from '../control-flow/model.js';
import type { FunctionNode } from '../findings.js';
import type { Variables } from '../scope/variables.js';
import { childrenOf } from '../syntax/children.js';
import { isFunction } from '../syntax/functions.js';
import { propertyName } from '../syntax/property-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import type { Types } from '../types/types.js';
import {
  harmlessConstructors,
  harmlessFunctions,
  harmlessMethods,
  harmlessNamespaces,
  loggerName,
  waitName,
} from './harmless.js';
import { resolveCallee } from './resolve-callee.js';

/** Answers whether calls and promises may fail. What nobody can tell is `assumed` for a call, `shown` for a wait. */
export interface Failures {
  ofCall(call: CallNode | TSESTree.TaggedTemplateExpression): Failure;
  ofAwait(node: TSESTree.Expression): Failure;
}

const rank: Record<Failure, number> = { impossible: 0, assumed: 1, shown: 2 };

function worse(left: Failure, right: Failure): Failure {
  return rank[left] >= rank[right] ? left : right;
}

const maximumDepth = 3;

/** The failures of a file's calls, from a list of calls that do not throw and the bodies of the file's functions. */
export function createFailures(
  sourceCode: Readonly<TSESLint.SourceCode>,
  variables: Variables,
  types: Types | undefined,
): Failures {
  const bodies = new Map<FunctionNode, Failure>();
  const running = new Set<FunctionNode>();

  return { ofCall, ofAwait };

  function ofCall(call: CallNode | TSESTree.TaggedTemplateExpression): Failure {
    if (call.type === 'TaggedTemplateExpression') {
      return 'assumed';
    }
    const callee = skipWrappers(call.callee);
    if (call.type === 'NewExpression') {
      return ofConstruction(call, callee);
    }
    const local = resolveCallee(call, variables);
    if (local !== undefined) {
      return local.async || local.generator ? 'impossible' : ofBody(local);
    }
    if (callee.type === 'Identifier') {
      return isHarmlessName(callee) ? 'impossible' : ofUnknown(call);
    }
    return callee.type === 'MemberExpression' ? ofMethod(call, callee) : ofUnknown(call);
  }

  // A function whose declared result is a promise fails, by convention, through that promise.
  function ofUnknown(call: TSESTree.CallExpression): Failure {
    return types?.isPromiseLike(call) === true ? 'impossible' : 'assumed';
  }

  function isHarmlessName({ name }: TSESTree.Identifier): boolean {
    return harmlessFunctions.has(name) || loggerName.test(name);
  }

  function ofConstruction(call: TSESTree.NewExpression, callee: TSESTree.Expression): Failure {
    if (callee.type !== 'Identifier' || !variables.isUnshadowedGlobal(callee)) {
      return 'assumed';
    }
    if (callee.name === 'URL') {
      return call.arguments.every(argument => argument.type === 'Literal') ? 'impossible' : 'shown';
    }
    return harmlessConstructors.has(callee.name) ? 'impossible' : 'assumed';
  }

  function ofMethod(call: TSESTree.CallExpression, callee: TSESTree.MemberExpression): Failure {
    const name = propertyName(callee);
    if (name === undefined) {
      return ofUnknown(call);
    }
    const object = skipWrappers(callee.object);
    if (object.type === 'Identifier' && variables.isUnshadowedGlobal(object)) {
      if (object.name === 'JSON') {
        return name === 'parse' ? 'shown' : 'impossible';
      }
      if (harmlessNamespaces.get(object.name)?.has(name) === true || harmlessNamespaces.get(object.name)?.has('*') === true) {
        return 'impossible';
      }
    }
    const owner = object.type === 'Identifier' ? object.name : object.type === 'MemberExpression' ? propertyName(object) : undefined;
    if (owner !== undefined && loggerName.test(owner.replace(/^[#_]+/u, ''))) {
      return 'impossible';
    }
    return harmlessMethods.has(name) ? ofCallbacks(call) : ofUnknown(call);
  }

  /** A harmless method fails if a function that it is given does. */
  function ofCallbacks(call: TSESTree.CallExpression): Failure {
    return call.arguments.reduce<Failure>((failure, argument) => {
      const isSync = isFunction(argument) && !argument.async;
      return isSync ? worse(failure, ofBody(argument)) : failure;
    }, 'impossible');
  }

  function ofAwait(node: TSESTree.Expression): Failure {
    const promise = skipWrappers(node);
    if (promise.type === 'NewExpression') {
      return ofPromiseConstruction(promise);
    }
    if (promise.type === 'ImportExpression') {
      return 'shown';
    }
    if (promise.type !== 'CallExpression') {
      return promise.type === 'Literal' || (types !== undefined && !types.isAny(node) && !types.isPromiseLike(node))
        ? 'impossible'
        : 'shown';
    }
    const local = resolveCallee(promise, variables);
    if (local !== undefined) {
      return ofBody(local);
    }
    const callee = skipWrappers(promise.callee);
    const name =
      callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
    if (name === undefined) {
      return 'shown';
    }
    if (callee.type === 'MemberExpression') {
      const settled = ofPromiseMethod(promise, callee, name);
      if (settled !== undefined) {
        return settled;
      }
    }
    if (waitName.test(name)) {
      return 'impossible';
    }
    const isPlain = types !== undefined && !types.isAny(promise) && !types.isPromiseLike(promise);
    return isPlain ? ofCall(promise) : 'shown';
  }

  function ofPromiseMethod(
    call: TSESTree.CallExpression,
    callee: TSESTree.MemberExpression,
    name: string,
  ): Failure | undefined {
    const isPromiseClass =
      callee.object.type === 'Identifier' && callee.object.name === 'Promise' && variables.isUnshadowedGlobal(callee.object);
    if (isPromiseClass && (name === 'allSettled' || name === 'resolve')) {
      return 'impossible';
    }
    const handler = name === 'catch' ? call.arguments[0] : name === 'then' ? call.arguments[1] : undefined;
    if (handler !== undefined) {
      return isFunction(handler) ? ofBody(handler) : handler.type === 'Identifier' ? 'assumed' : 'shown';
    }
    return name === 'finally' ? ofAwait(callee.object) : undefined;
  }

  /** `new Promise(executor)` is rejected only by its second parameter or by a throw. */
  function ofPromiseConstruction(node: TSESTree.NewExpression): Failure {
    const [executor] = node.arguments;
    if (executor === undefined || !isFunction(executor)) {
      return 'shown';
    }
    const reject = executor.params[1];
    return reject === undefined ? ofBody(executor) : 'shown';
  }

  function ofBody(node: FunctionNode): Failure {
    const known = bodies.get(node);
    if (known !== undefined) {
      return known;
    }
    if (running.has(node) || running.size >= maximumDepth) {
      return 'assumed';
    }
    running.add(node);
    const failure = ofNode(node.body);
    running.delete(node);
    bodies.set(node, failure);
    return failure;
  }

  function ofNode(node: TSESTree.Node): Failure {
    switch (node.type) {
      case 'ArrowFunctionExpression':
      case 'ClassDeclaration':
      case 'FunctionDeclaration':
      case 'FunctionExpression':
        return 'impossible';
      case 'ThrowStatement':
        return 'shown';
      case 'TryStatement': {
        const inside = node.handler === null ? [node.block, node.finalizer] : [node.handler.body, node.finalizer];
        return inside.reduce<Failure>((failure, part) => (part === null ? failure : worse(failure, ofNode(part))), 'impossible');
      }
      case 'AwaitExpression':
        return worse(ofAwait(node.argument), ofChildren(node));
      case 'CallExpression':
      case 'NewExpression':
      case 'TaggedTemplateExpression':
        return node.parent.type === 'AwaitExpression' ? ofChildren(node) : worse(ofCall(node), ofChildren(node));
      default:
        return ofChildren(node);
    }
  }

  function ofChildren(node: TSESTree.Node): Failure {
    let failure: Failure = 'impossible';
    for (const child of childrenOf(node, sourceCode.visitorKeys)) {
      failure = worse(failure, ofNode(child));
      if (failure === 'shown') {
        return failure;
      }
    }
    return failure;
  }
}
