import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { CallNode, Failure } from '../control-flow/model.js';
import type { FunctionNode } from '../findings.js';
import type { Identity } from '../identity/identity.js';
import type { Variables } from '../scope/variables.js';
import { childrenOf } from '../syntax/children.js';
import { calledName, calleeOf } from '../syntax/callee.js';
import { isFunction } from '../syntax/functions.js';
import { propertyName } from '../syntax/property-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import type { Types } from '../types/types.js';
import { givesDeclaredPromise } from './declared-promises.js';
import { isErrorCallback } from './error-callbacks.js';
import { asksTheSystem } from './system-calls.js';
import { worse } from './worse-failure.js';
import { failureByName, harmlessConstructors, isHarmlessFunction, waitFailureByName } from './harmless.js';
import type { ProgramCallees } from './program-callees.js';
import { resolveCallee } from './resolve-callee.js';

/** Answers whether calls and promises may fail. What nobody can tell is `assumed` for a call, `promised` for a wait. */
export interface Failures {
  ofCall(call: CallNode | TSESTree.TaggedTemplateExpression): Failure;
  ofAwait(node: TSESTree.Expression): Failure;
}

const maximumDepth = 3;

/** How the caller meets a failure: at the call, or in the promise that the function gives. */
type Mode = 'await' | 'call';

/** What the failures of a file rest on beside its tree. */
export interface FailureContext {
  readonly variables: Variables;
  readonly identity: Identity;
  readonly types?: Types | undefined;
  readonly callees?: ProgramCallees | undefined;
}

/**
 * The failures of a file's calls, from a list of calls that do not throw and the bodies of the file's functions; with
 * `callees`, of the program's functions.
 */
export function createFailures(
  sourceCode: Readonly<TSESLint.SourceCode>,
  { variables, identity, types, callees }: FailureContext,
): Failures {
  const bodies = { await: new Map<FunctionNode, Failure>(), call: new Map<FunctionNode, Failure>() };
  const running = new Set<FunctionNode>();

  return { ofCall, ofAwait };

  function ofCall(call: CallNode | TSESTree.TaggedTemplateExpression): Failure {
    if (call.type === 'TaggedTemplateExpression') {
      return 'assumed';
    }
    const callee = calleeOf(call);
    if (call.type === 'NewExpression') {
      return ofConstruction(call, callee);
    }
    const local = resolveCallee(call, variables);
    if (local !== undefined) {
      const failure = local.async || local.generator ? 'impossible' : ofReadable(local, 'call');
      // What a callee's own callee throws depends on more than its caller can see.
      return failure === 'shown' && running.size > 0 ? 'assumed' : failure;
    }
    const name = calledName(callee);
    if (name?.endsWith('Sync') === true && isSystemCall(call, name)) {
      return 'shown';
    }
    if (callee.type === 'Identifier') {
      return isHarmlessFunction(callee.name, call.arguments.some(isFunction)) ? 'impossible' : ofUnknown(call);
    }
    return callee.type === 'MemberExpression' ? ofMethod(call, callee) : ofUnknown(call);
  }

  function isSystemCall({ callee }: TSESTree.CallExpression, name: string): boolean {
    return asksTheSystem(name, source => identity.isExport(callee, source));
  }

  // A function whose declared result is a promise fails, by convention, through that promise.
  function ofUnknown(call: TSESTree.CallExpression): Failure {
    const known = callees?.callFailure(call);
    if (known !== undefined && known !== 'assumed') {
      return known;
    }
    if (types?.isPromiseLike(call) === true || givesDeclaredPromise(call)) {
      return 'impossible';
    }
    return call.arguments.some(isErrorCallback) ? 'doubtful' : 'assumed';
  }

  function ofConstruction(call: TSESTree.NewExpression, callee: TSESTree.Expression): Failure {
    if (callee.type !== 'Identifier' || !variables.isUnshadowedGlobal(callee)) {
      return ofOwnClass(callee) ?? callees?.callFailure(call) ?? (call.arguments.length === 0 ? 'doubtful' : 'assumed');
    }
    if (callee.name === 'URL') {
      return call.arguments.every(argument => argument.type === 'Literal') ? 'impossible' : 'shown';
    }
    return harmlessConstructors.has(callee.name) ? 'impossible' : 'assumed';
  }

  /** A class of this file without a superclass fails as its initialisers and its constructor do. */
  function ofOwnClass(callee: TSESTree.Expression): Failure | undefined {
    const definition = callee.type === 'Identifier' ? variables.of(callee)?.defs[0] : undefined;
    if (definition?.type !== 'ClassName' || definition.node.superClass !== null) {
      return undefined;
    }
    const failure = definition.node.body.body.reduce<Failure>((worst, member) => {
      if (member.type === 'MethodDefinition' && member.kind === 'constructor' && isFunction(member.value)) {
        return worse(worst, ofBody(member.value, 'call'));
      }
      const value = member.type === 'PropertyDefinition' && !member.static ? member.value : null;
      return value === null ? worst : worse(worst, ofNode(value, 'call'));
    }, 'impossible');
    return failure === 'assumed' ? 'doubtful' : failure;
  }

  function ofMethod(call: TSESTree.CallExpression, callee: TSESTree.MemberExpression): Failure {
    const name = propertyName(callee);
    if (name === undefined) {
      return ofUnknown(call);
    }
    const object = skipWrappers(callee.object);
    const failure = failureByName({
      name,
      owner: object.type === 'Identifier' ? object.name : object.type === 'MemberExpression' ? propertyName(object) : undefined,
      isGlobal: object.type === 'Identifier' && variables.isUnshadowedGlobal(object),
      hasCallback: call.arguments.some(isFunction),
      hasArguments: call.arguments.length > 0,
    });
    if (failure === 'callbacks') {
      return ofCallbacks(call);
    }
    if (failure !== undefined && failure !== 'doubtful') {
      return failure;
    }
    const known = ofUnknown(call);
    return known === 'assumed' ? (failure ?? known) : known;
  }

  /** A method that only runs a function fails if that does. */
  function ofCallbacks(call: TSESTree.CallExpression): Failure {
    return call.arguments.reduce<Failure>((failure, argument) => {
      const isSync = isFunction(argument) && !argument.async;
      return isSync ? worse(failure, ofBody(argument, 'call')) : failure;
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
        : 'promised';
    }
    const local = resolveCallee(promise, variables);
    const known = local === undefined ? callees?.awaitFailure(promise) : ofReadable(local, 'await');
    if (known !== undefined) {
      return known;
    }
    const callee = skipWrappers(promise.callee);
    const name = calledName(callee);
    if (name === undefined) {
      return 'promised';
    }
    if (isSystemCall(promise, name)) {
      return 'shown';
    }
    const settled = callee.type === 'MemberExpression' ? ofPromiseMethod(promise, callee, name) : undefined;
    const named = settled ?? waitFailureByName(name);
    if (named !== undefined) {
      return named;
    }
    const isPlain = types !== undefined && !types.isAny(promise) && !types.isPromiseLike(promise);
    return isPlain ? ofCall(promise) : 'promised';
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
      return isFunction(handler) ? ofBody(handler, 'await') : handler.type === 'Identifier' ? 'assumed' : 'promised';
    }
    return name === 'finally' ? ofAwait(callee.object) : undefined;
  }

  /** `new Promise(executor)` is rejected only by its second parameter or by a throw. */
  function ofPromiseConstruction(node: TSESTree.NewExpression): Failure {
    const [executor] = node.arguments;
    if (executor === undefined || !isFunction(executor)) {
      return 'promised';
    }
    const reject = executor.params[1];
    return reject === undefined ? ofBody(executor, 'call') : 'shown';
  }

  /** A function whose code can be read, and shows no failure, fails only by what it calls. */
  function ofReadable(node: FunctionNode, mode: Mode): Failure {
    const failure = ofBody(node, mode);
    return failure === 'assumed' ? 'doubtful' : failure;
  }

  function ofBody(node: FunctionNode, mode: Mode): Failure {
    const known = bodies[mode].get(node);
    if (known !== undefined) {
      return known;
    }
    if (running.has(node) || running.size >= maximumDepth) {
      return 'assumed';
    }
    running.add(node);
    const parameters = node.params.reduce<Failure>((failure, parameter) => worse(failure, ofNode(parameter, mode)), 'impossible');
    const body = node.body.type !== 'BlockStatement' && mode === 'await' ? ofResult(node.body) : ofNode(node.body, mode);
    const failure = worse(parameters, body);
    running.delete(node);
    bodies[mode].set(node, failure);
    return failure;
  }

  function ofNode(node: TSESTree.Node, mode: Mode): Failure {
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
        return inside.reduce<Failure>(
          (failure, part) => (part === null ? failure : worse(failure, ofNode(part, mode))),
          'impossible',
        );
      }
      case 'AwaitExpression':
        return ofWait(node.argument);
      case 'ReturnStatement':
        return node.argument !== null && mode === 'await' ? ofResult(node.argument) : ofChildren(node, mode);
      case 'CallExpression':
      case 'NewExpression':
      case 'TaggedTemplateExpression':
        return worse(ofCall(node), ofChildren(node, mode));
      default:
        return ofChildren(node, mode);
    }
  }

  /** Waiting for what a function returns. Only a call or a new promise shows that there is something to wait for. */
  function ofResult(node: TSESTree.Expression): Failure {
    const result = skipWrappers(node);
    const isPromise =
      result.type === 'CallExpression' ||
      (result.type === 'NewExpression' && result.callee.type === 'Identifier' && result.callee.name === 'Promise');
    if (!isPromise) {
      return ofNode(result, 'call');
    }
    // `return this.tickets.get(key)` gives, more often than not, no promise at all.
    const failure = ofWait(result);
    const isKnown = result.type === 'NewExpression' || resolveCallee(result, variables) !== undefined;
    return failure === 'promised' && !isKnown && ofCall(result) === 'impossible' ? 'assumed' : failure;
  }

  /** Waiting for a value, with the work that gives it. */
  function ofWait(node: TSESTree.Expression): Failure {
    const promise = skipWrappers(node);
    const isCall = promise.type === 'CallExpression' || promise.type === 'NewExpression';
    return worse(ofAwait(promise), isCall ? ofChildren(promise, 'call') : ofNode(promise, 'call'));
  }

  function ofChildren(node: TSESTree.Node, mode: Mode): Failure {
    let failure: Failure = 'impossible';
    for (const child of childrenOf(node, sourceCode.visitorKeys)) {
      failure = worse(failure, ofNode(child, mode));
      if (failure === 'shown') {
        return failure;
      }
    }
    return failure;
  }
}
