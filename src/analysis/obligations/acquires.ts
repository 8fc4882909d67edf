import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { AcquireSite, CallNode } from '../control-flow/model.js';
import type { Identity } from '../identity/identity.js';
import type { Acquire, Release, ResourceSpecification } from '../specification.js';
import type { Variables } from '../scope/variables.js';
import { childrenOf } from '../syntax/children.js';
import { memberName } from '../syntax/member-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import { referenceText } from '../value-flow/reference-text.js';

/** A specification under the key that settings and `explain` know it by. */
export interface NamedSpecification {
  readonly key: string;
  readonly specification: ResourceSpecification;
}

/** An acquire in the file, with the specification it follows. */
export interface FoundAcquire extends NamedSpecification {
  readonly site: AcquireSite;
  readonly acquire: Acquire;
  /** The name of the function that hands the resource over, if it is not acquired by the catalogue's own call. */
  readonly through?: string;
}

/** All calls and constructions of the file, in source order. */
export function callsOf(sourceCode: Readonly<TSESLint.SourceCode>): CallNode[] {
  const calls: CallNode[] = [];
  const visit = (node: TSESTree.Node): void => {
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      calls.push(node);
    }
    for (const child of childrenOf(node, sourceCode.visitorKeys)) {
      visit(child);
    }
  };
  visit(sourceCode.ast);
  return calls;
}

/** Finds the acquires of the catalogue's own calls. The name is compared first, its identity only where it fits. */
export class AcquireMatcher {
  readonly #byMethod = new Map<string, (NamedSpecification & { acquire: Acquire })[]>();
  readonly #exports: (NamedSpecification & { acquire: Acquire })[] = [];
  readonly #identity: Identity;
  readonly #variables: Variables;

  constructor(specifications: readonly NamedSpecification[], identity: Identity, variables: Variables) {
    this.#identity = identity;
    this.#variables = variables;
    for (const named of specifications) {
      for (const acquire of named.specification.acquire) {
        const entry = { ...named, acquire };
        if (acquire.how === 'method' && acquire.name !== undefined) {
          this.#byMethod.set(acquire.name, [...(this.#byMethod.get(acquire.name) ?? []), entry]);
        } else {
          this.#exports.push(entry);
        }
      }
    }
  }

  /** The acquire that `call` is, numbered `id`. */
  match(call: CallNode, id: number): FoundAcquire | undefined {
    for (const entry of this.#candidates(call)) {
      if (this.#fits(call, entry) && hasItsCallback(call, entry.acquire)) {
        return { ...entry, site: siteOf(call, id, entry.specification, entry.acquire, this.#variables) };
      }
    }
    return undefined;
  }

  #candidates(call: CallNode): readonly (NamedSpecification & { acquire: Acquire })[] {
    const name = call.type === 'CallExpression' ? memberName(call.callee) : undefined;
    const methods = name === undefined ? [] : (this.#byMethod.get(name) ?? []);
    const how = call.type === 'NewExpression' ? 'new' : 'call';
    return [...methods, ...this.#exports.filter(({ acquire }) => acquire.how === how)];
  }

  #fits(call: CallNode, { specification, acquire }: NamedSpecification & { acquire: Acquire }): boolean {
    if (acquire.how !== 'method') {
      return this.#identity.isExport(call.callee, specification.from);
    }
    const callee = skipWrappers(call.callee);
    return (
      callee.type === 'MemberExpression' &&
      (this.#identity.isInstance(callee.object, specification.from) ||
        this.#identity.isExport(callee.object, specification.from))
    );
  }
}

/** The releaser of a callback is a duty only if the callback asks for it: `acquire(key, done => …)`. */
function hasItsCallback(call: CallNode, { obligation }: Acquire): boolean {
  if (typeof obligation === 'string' || !('callback' in obligation)) {
    return true;
  }
  const callback = call.arguments[obligation.callback];
  return (
    (callback?.type === 'ArrowFunctionExpression' || callback?.type === 'FunctionExpression') &&
    callback.params.length > obligation.parameter
  );
}

/** What the interpreter must know of an acquire. */
export function siteOf(
  call: CallNode,
  id: number,
  specification: ResourceSpecification,
  acquire: Acquire,
  variables: Variables,
): AcquireSite {
  const { obligation } = acquire;
  const carrier = typeof obligation === 'string' ? obligation : carrierOf(obligation);
  const receiver = acquire.how === 'method' ? receiverOf(call, variables) : undefined;
  const argumentIndex = typeof obligation === 'object' && 'argument' in obligation ? obligation.argument : 0;
  const argument = call.arguments[argumentIndex];
  const argumentText =
    argument === undefined || argument.type === 'SpreadElement' ? undefined : referenceText(argument, variables);
  const part = typeof obligation === 'object' ? partOf(obligation) : undefined;
  return {
    id,
    node: call,
    carrier,
    awaited: acquire.awaited === true,
    optional: acquire.optional === true,
    mayFail: mayFail(call, specification),
    callable: specification.release.some(release => 'call' in release),
    methods: methodsOf(specification.release, carrier === 'receiver' ? 'none' : 'method'),
    receiverMethods: methodsOf(specification.release, carrier === 'receiver' ? 'all' : 'receiverMethod'),
    ...(part === undefined ? {} : { part }),
    ...(receiver === undefined ? {} : { receiver }),
    ...(argumentText === undefined ? {} : { argument: argumentText }),
    ...(typeof obligation === 'object' && 'callback' in obligation
      ? { callback: obligation }
      : {}),
  };
}

function carrierOf(obligation: object): 'argument' | 'callback' | 'result' {
  if ('argument' in obligation) {
    return 'argument';
  }
  return 'callback' in obligation ? 'callback' : 'result';
}

function partOf(obligation: object): string | undefined {
  if ('property' in obligation) {
    return String(obligation.property);
  }
  return 'element' in obligation ? String(obligation.element) : undefined;
}

function receiverOf(call: CallNode, variables: Variables): string | undefined {
  const callee = skipWrappers(call.callee);
  return callee.type === 'MemberExpression' ? referenceText(callee.object, variables) : undefined;
}

function mayFail(call: CallNode, { acquireMayFail }: ResourceSpecification): boolean {
  return typeof acquireMayFail === 'object'
    ? call.arguments.length > acquireMayFail.argument
    : acquireMayFail === true;
}

/** A receiver that carries the duty itself is released by its own methods, whichever way the data says it. */
function methodsOf(releases: readonly Release[], which: 'all' | 'method' | 'none' | 'receiverMethod'): Set<string> {
  const names = new Set<string>();
  for (const release of releases) {
    if ('method' in release && (which === 'method' || which === 'all')) {
      names.add(release.method);
    }
    if ('receiverMethod' in release && release.argument === undefined && (which === 'receiverMethod' || which === 'all')) {
      names.add(release.receiverMethod);
    }
  }
  return names;
}
