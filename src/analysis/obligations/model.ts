import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { AcquireSite, ArgumentEffect, CallNode, Model } from '../control-flow/model.js';
import type { FunctionNode } from '../findings.js';
import type { Identity } from '../identity/identity.js';
import type { Variables } from '../scope/variables.js';
import { contains } from '../syntax/contains.js';
import { isFunction } from '../syntax/functions.js';
import { memberName } from '../syntax/member-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import type { Types } from '../types/types.js';
import { onlyBorrows } from '../value-flow/borrowing.js';
import type { Failures } from '../value-flow/failure.js';
import { immediateMethods } from '../value-flow/harmless.js';
import type { ProgramCallees } from '../value-flow/program-callees.js';
import { referenceText } from '../value-flow/reference-text.js';
import { resolveCallee } from '../value-flow/resolve-callee.js';
import type { Summaries } from '../value-flow/summaries.js';
import { useOf } from '../value-flow/uses.js';
import type { FoundAcquire } from './acquires.js';
import { callersByCallee, functionsAround } from './callers.js';
import { isDeferred } from './deferred-promise.js';
import { ownerOf } from './fresh-results.js';
import { waitsForAcquires } from './joined-acquires.js';

/** What the model rests on. */
export interface ModelParts {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly identity: Identity;
  readonly variables: Variables;
  readonly types: Types | undefined;
  readonly failures: Failures;
  readonly summaries: Summaries;
  readonly callees: ProgramCallees | undefined;
  readonly calls: readonly CallNode[];
  readonly acquires: ReadonlyMap<CallNode, FoundAcquire>;
  /** The resources in parameters whose duty the documentation of their function settles. */
  readonly tagged: readonly FoundAcquire[];
}

/** Answers the interpreter's questions from the catalogue, the bindings and the types of one file. */
export function createModel(parts: ModelParts): Model {
  const { sourceCode, identity, variables, types, failures, summaries, callees, calls, acquires, tagged } = parts;
  const byId = new Map([...acquires.values(), ...tagged].map(found => [found.site.id, found]));
  const namedReleases = new Map<AcquireSite, readonly CallNode[]>();
  const namedReleasers = new Map<AcquireSite, ReadonlySet<FunctionNode>>();
  let callers: ReadonlyMap<FunctionNode, readonly CallNode[]> | undefined;

  return {
    variableOf: node => variables.of(node),
    acquireAt: call => acquires.get(call)?.site,
    argumentEffect,
    isLent,
    isBorrowedAt,
    releasesByName: (call, site) =>
      releasesHere(call, site) ||
      releasesInCallee(call, site) ||
      releasesInProgram(call, site) ||
      effectsOnLock(call, site).includes('release'),
    takesByName: (call, site) => effectsOnLock(call, site).includes('take'),
    isReleasedByNameIn: (node, site) => releasesOf(site).some(release => contains(node, release)),
    isReleasedByNameOutside: (node, site) =>
      releasesOf(site).some(release => !contains(node, release) && !isPaired(release, site)),
    callFailure: call => failures.ofCall(call),
    awaitFailure: node => (waitsForAcquires(node, acquires, variables) ? 'impossible' : failures.ofAwait(node)),
    neverReturns,
    startsWork,
    runsCallbacksNow,
    onlyBorrows: place => onlyBorrows(place, sourceCode, variables),
  };

  function specificationOf({ id }: AcquireSite): FoundAcquire | undefined {
    return byId.get(id);
  }

  function argumentEffect(call: CallNode, index: number, site: AcquireSite): ArgumentEffect {
    const found = specificationOf(site);
    if (found === undefined) {
      return 'take';
    }
    const { from, release, parameters = [] } = found.specification;
    const name = memberName(call.callee);
    for (const way of release) {
      if ('function' in way && way.argument === index && identity.isSibling(call.callee, from, way.function)) {
        return 'release';
      }
      if ('receiverMethod' in way && way.argument === index && way.receiverMethod === name && isReceiver(call, site, found)) {
        return 'release';
      }
    }
    for (const parameter of parameters) {
      if (parameter.argument === index && parameter.property === undefined && identity.isCallOf(call, parameter.call)) {
        return parameter.effect === 'take' && parameter.whenFulfilled === true ? 'takeWhenFulfilled' : parameter.effect;
      }
    }
    return summaries.ofArgument(call, index, found.specification);
  }

  function isLent(call: CallNode, index: number, property: string, site: AcquireSite): boolean {
    const parameters = specificationOf(site)?.specification.parameters ?? [];
    return parameters.some(
      parameter =>
        parameter.property === property &&
        parameter.argument === index &&
        parameter.effect === 'borrow' &&
        identity.isCallOf(call, parameter.call),
    );
  }

  function isBorrowedAt(mention: TSESTree.Identifier, site: AcquireSite): boolean {
    const use = useOf(mention);
    switch (use.kind) {
      case 'called':
        return !site.callable;
      case 'methodCalled':
        return !site.methods.has(use.name);
      case 'read':
        return true;
      case 'passed':
        return argumentEffect(use.node, use.index, site) === 'borrow';
      case 'aliased':
      case 'returned':
      case 'stored':
        return false;
    }
  }

  function isReceiver(call: CallNode, site: AcquireSite, { specification }: FoundAcquire): boolean {
    const callee = skipWrappers(call.callee);
    return (
      callee.type === 'MemberExpression' &&
      (referenceText(callee.object, variables) === site.receiver || identity.isInstance(callee.object, specification.from))
    );
  }

  /** Whether the call itself names the resource and releases it. */
  function releasesHere(call: CallNode, site: AcquireSite): boolean {
    const callee = skipWrappers(call.callee);
    if (callee.type === 'MemberExpression' && site.receiver !== undefined) {
      const name = memberName(callee);
      if (name !== undefined && site.receiverMethods.has(name)) {
        return referenceText(callee.object, variables) === site.receiver;
      }
    }
    const found = specificationOf(site);
    return (
      found?.specification.release.some(way => {
        const argument = 'function' in way ? call.arguments[way.argument] : undefined;
        return (
          'function' in way &&
          site.argument !== undefined &&
          argument !== undefined &&
          argument.type !== 'SpreadElement' &&
          referenceText(argument, variables) === site.argument &&
          identity.isSibling(call.callee, found.specification.from, way.function)
        );
      }) === true
    );
  }

  /** All calls of the file that release the resource by name. */
  function releasesOf(site: AcquireSite): readonly CallNode[] {
    let releases = namedReleases.get(site);
    if (releases === undefined) {
      releases = calls.filter(call => call !== site.node && releasesHere(call, site));
      namedReleases.set(site, releases);
    }
    return releases;
  }

  /** Whether the function that releases has acquired by the same name itself. */
  function isPaired(release: CallNode, site: AcquireSite): boolean {
    const owner = ownerOf(release);
    return [...acquires.values()].some(
      other => other.site.receiver === site.receiver && other.site.argument === site.argument && ownerOf(other.site.node) === owner,
    );
  }

  function releasesInCallee(call: CallNode, site: AcquireSite): boolean {
    if (releasesOf(site).length === 0) {
      return false;
    }
    const callee = resolveCallee(call, variables);
    return callee !== undefined && !contains(callee, call) && releasersOf(site).has(callee);
  }

  /** `this.unlock()`, where the superclass in another file releases `this.mutex`. */
  function releasesInProgram(call: CallNode, { node, receiverMethods }: AcquireSite): boolean {
    const acquired = node.type === 'Identifier' ? undefined : skipWrappers(node.callee);
    return (
      callees !== undefined &&
      call !== node &&
      receiverMethods.size > 0 &&
      acquired?.type === 'MemberExpression' &&
      resolveCallee(call, variables) === undefined &&
      callees.releasesLock(call, acquired.object, receiverMethods)
    );
  }

  /** What the callee does with the lock itself, wherever it is an argument. */
  function effectsOnLock(call: CallNode, { node, receiver, receiverMethods, id }: AcquireSite): ArgumentEffect[] {
    const found = byId.get(id);
    if (found === undefined || call === node || receiver === undefined || receiverMethods.size === 0) {
      return [];
    }
    const lock = { ...found.specification, release: [...receiverMethods].map(method => ({ method })) };
    return call.arguments.flatMap((argument, index) =>
      argument.type !== 'SpreadElement' && referenceText(argument, variables) === receiver
        ? [summaries.ofArgument(call, index, lock)]
        : [],
    );
  }

  /** The functions that release the resource by name, themselves or through others of the file. */
  function releasersOf(site: AcquireSite): ReadonlySet<FunctionNode> {
    let releasers = namedReleasers.get(site);
    if (releasers === undefined) {
      releasers = functionsAround(releasesOf(site), callersOf);
      namedReleasers.set(site, releasers);
    }
    return releasers;
  }

  function callersOf(callee: FunctionNode): readonly CallNode[] {
    callers ??= callersByCallee(calls, variables);
    return callers.get(callee) ?? [];
  }

  function neverReturns(call: CallNode): boolean {
    const callee = skipWrappers(call.callee);
    if (callee.type === 'MemberExpression' && callee.object.type === 'Identifier') {
      const name = memberName(callee);
      if (callee.object.name === 'process' && (name === 'exit' || name === 'abort')) {
        return variables.isUnshadowedGlobal(callee.object) || variables.of(callee.object)?.defs[0]?.type === 'ImportBinding';
      }
    }
    return types?.isNever(call) === true;
  }

  function startsWork(node: TSESTree.Expression, site: AcquireSite): boolean {
    const value = skipWrappers(node);
    switch (value.type) {
      case 'ConditionalExpression':
        return startsWork(value.consequent, site) || startsWork(value.alternate, site);
      case 'LogicalExpression':
        return startsWork(value.right, site);
      case 'NewExpression':
        return value.callee.type === 'Identifier' && value.callee.name === 'Promise' && !isDeferred(value, variables);
      case 'CallExpression':
        return isRunningPromise(value) && !acquiresAgain(value, site);
      default:
        return false;
    }
  }

  /** A callee that acquires the same resource needs it to be released before: awaiting it would wait for ever. */
  function acquiresAgain(call: CallNode, site: AcquireSite): boolean {
    const callee = resolveCallee(call, variables);
    return callee !== undefined && contains(callee, site.node);
  }

  function isRunningPromise(call: TSESTree.CallExpression): boolean {
    const callee = skipWrappers(call.callee);
    const name = memberName(callee);
    if (callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'Promise') {
      return name === 'all' || name === 'allSettled' || name === 'any' || name === 'race';
    }
    const local = resolveCallee(call, variables);
    return local?.async === true || types?.isPromiseLike(call) === true;
  }

  function runsCallbacksNow(call: CallNode): boolean {
    if (call.type === 'NewExpression') {
      return call.callee.type === 'Identifier' && call.callee.name === 'Promise';
    }
    const name = memberName(call.callee);
    return name !== undefined && immediateMethods.has(name) && call.arguments.some(isFunction);
  }
}
