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
import type { Failures } from '../value-flow/failure.js';
import { immediateMethods, loggerName } from '../value-flow/harmless.js';
import { referenceText } from '../value-flow/reference-text.js';
import { resolveCallee } from '../value-flow/resolve-callee.js';
import type { Summaries } from '../value-flow/summaries.js';
import type { FoundAcquire } from './acquires.js';
import { ownerOf } from './fresh-results.js';

/** What the model rests on. */
export interface ModelParts {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly identity: Identity;
  readonly variables: Variables;
  readonly types: Types | undefined;
  readonly failures: Failures;
  readonly summaries: Summaries;
  readonly calls: readonly CallNode[];
  readonly acquires: ReadonlyMap<CallNode, FoundAcquire>;
}

/** Answers the interpreter's questions from the catalogue, the bindings and the types of one file. */
export function createModel(parts: ModelParts): Model {
  const { identity, variables, types, failures, summaries, calls, acquires } = parts;
  const namedReleases = new Map<AcquireSite, readonly CallNode[]>();

  return {
    variableOf: node => variables.of(node),
    acquireAt: call => acquires.get(call)?.site,
    argumentEffect,
    releasesByName: (call, site) => releasesHere(call, site) || releasesInCallee(call, site),
    isReleasedByNameIn: (node, site) => releasesOf(site).some(release => contains(node, release)),
    isReleasedByNameOutside: (node, site) =>
      releasesOf(site).some(release => !contains(node, release) && !isPaired(release, site)),
    callFailure: call => failures.ofCall(call),
    awaitFailure: node => failures.ofAwait(node),
    neverReturns,
    startsWork,
    runsCallbacksNow,
  };

  function specificationOf(site: AcquireSite): FoundAcquire | undefined {
    return acquires.get(site.node);
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
      if (parameter.argument === index && identity.isCallOf(call, parameter.call)) {
        return parameter.effect === 'borrow' ? 'borrow' : 'take';
      }
    }
    return isLogged(call) ? 'borrow' : summaries.ofArgument(call, index, found.specification);
  }

  function isReceiver(call: CallNode, site: AcquireSite, { specification }: FoundAcquire): boolean {
    const callee = skipWrappers(call.callee);
    return (
      callee.type === 'MemberExpression' &&
      (referenceText(callee.object, variables) === site.receiver || identity.isInstance(callee.object, specification.from))
    );
  }

  function isLogged(call: CallNode): boolean {
    const callee = skipWrappers(call.callee);
    return callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && loggerName.test(callee.object.name);
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

  function releasesInCallee(call: CallNode, site: AcquireSite, through: readonly FunctionNode[] = []): boolean {
    if (releasesOf(site).length === 0) {
      return false;
    }
    const callee = resolveCallee(call, variables);
    if (callee === undefined || through.includes(callee) || contains(callee, call)) {
      return false;
    }
    return (
      releasesOf(site).some(release => contains(callee, release)) ||
      calls.some(inner => contains(callee.body, inner) && releasesInCallee(inner, site, [...through, callee]))
    );
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
        return value.callee.type === 'Identifier' && value.callee.name === 'Promise';
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
