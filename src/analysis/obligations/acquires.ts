import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { AcquireSite, CallNode } from '../control-flow/model.js';
import type { Identity } from '../identity/identity.js';
import type {
  Acquire,
  CallbackCarrier,
  ObligationCarrier,
  Release,
  ResourceSpecification,
  ScopedForm,
} from '../specification.js';
import type { Variables } from '../scope/variables.js';
import { childrenOf } from '../syntax/children.js';
import { isFunction } from '../syntax/functions.js';
import { memberName } from '../syntax/member-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import type { OwnedResource } from '../value-flow/owner-class.js';
import { referenceText } from '../value-flow/reference-text.js';

/** A specification under the key that settings and `explain` know it by. */
export interface NamedSpecification {
  readonly key: string;
  readonly specification: ResourceSpecification;
}

/** One way of acquiring that a specification lists. */
interface Candidate extends NamedSpecification {
  readonly acquire: Acquire;
}

/** An acquire in the file, with the specification it follows. */
export interface FoundAcquire extends NamedSpecification {
  readonly site: AcquireSite;
  readonly acquire: Acquire;
  /** The name of the function that hands the resource over, if it is not acquired by the catalogue's own call. */
  readonly through?: string;
  /** Whether nobody can release it by a method of its lock, where `through` hands it over. */
  readonly isHidden?: boolean;
  /** Whether only the declared type of that function says that it hands one over, and its name that it is a new one. */
  readonly isDeclaredOnly?: boolean;
  /** What the instance owns, if it is one of a class of the program. */
  readonly owned?: OwnedResource;
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
  readonly #byMethod = new Map<string, Candidate[]>();
  readonly #exports: Candidate[] = [];
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
    const fitting = this.#candidates(call).filter(entry => isAcquire(call, entry) && this.#fits(call, entry));
    const entry = fitting.find(({ acquire }) => this.#isParameterUsed(call, acquire)) ?? fitting[0];
    return entry && { ...entry, site: siteOf(call, id, entry.specification, entry.acquire, this.#variables) };
  }

  /** Where a callback has two ways to release, `(error, client, done) => …`, the one that it mentions counts. */
  #isParameterUsed(call: CallNode, { obligation }: Acquire): boolean {
    const carrier = typeof obligation === 'object' && 'callback' in obligation ? obligation : undefined;
    const callback = carrier === undefined ? undefined : call.arguments[carrier.callback];
    const parameter = callback !== undefined && isFunction(callback) ? callback.params[carrier?.parameter ?? 0] : undefined;
    return parameter?.type === 'Identifier' && (this.#variables.of(parameter)?.references.length ?? 0) > 0;
  }

  #candidates(call: CallNode): readonly Candidate[] {
    const name = call.type === 'CallExpression' ? memberName(call.callee) : undefined;
    const methods = name === undefined ? [] : (this.#byMethod.get(name) ?? []);
    const how = call.type === 'NewExpression' ? 'new' : 'call';
    return [...methods, ...this.#exports.filter(({ acquire }) => acquire.how === how)];
  }

  #fits(call: CallNode, { specification, acquire }: Candidate): boolean {
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

/** Whether the arguments of the call are those of this acquire. */
function isAcquire(call: CallNode, { specification, acquire: { name, obligation } }: Candidate): boolean {
  if (typeof obligation === 'object' && 'callback' in obligation) {
    return hasItsCallback(call, obligation);
  }
  const { acquire, scopedForm } = specification;
  const isCallbackForm = acquire.some(other => other.name === name && mayGiveCallback(call, other));
  return !isCallbackForm && !(name !== undefined && name === scopedForm?.method && isScoped(call, scopedForm));
}

/** Whether the call passes something for the callback of this acquire which only another place of the code shows. */
function mayGiveCallback(call: CallNode, { obligation }: Acquire): boolean {
  const callback = typeof obligation === 'object' && 'callback' in obligation ? call.arguments[obligation.callback] : undefined;
  return callback !== undefined && (callback.type === 'Identifier' || callback.type === 'MemberExpression');
}

/** Whether the call passes the function that the resource is held for, or something that may be one. */
function isScoped(call: CallNode, { callback }: ScopedForm): boolean {
  const argument = call.arguments.at(callback === 'last' ? -1 : callback);
  return argument !== undefined && argument.type !== 'ObjectExpression';
}

/** The releaser of a callback is a duty only if the callback asks for it: `acquire(key, done => …)`. */
function hasItsCallback(call: CallNode, obligation: CallbackCarrier): boolean {
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
  const receiver = acquire.how === 'method' && carrier !== 'object' ? receiverOf(call, variables) : undefined;
  const argumentIndex = typeof obligation === 'object' && 'argument' in obligation ? obligation.argument : 0;
  const argument = call.arguments[argumentIndex];
  const argumentText =
    argument === undefined || argument.type === 'SpreadElement' ? undefined : referenceText(argument, variables);
  const parts = typeof obligation === 'object' ? partsOf(obligation) : undefined;
  return {
    id,
    node: call,
    carrier,
    awaited: acquire.awaited === true,
    optional: acquire.optional === true,
    mayFail: mayFail(call, specification),
    ...dischargesOf(specification, carrier),
    ...(parts === undefined ? {} : { parts }),
    ...(receiver === undefined ? {} : { receiver }),
    ...(argumentText === undefined ? {} : { argument: argumentText }),
    ...(typeof obligation === 'object' && 'callback' in obligation
      ? { callback: obligation }
      : {}),
  };
}

/** What ends a resource, by the specification. */
export function dischargesOf(
  specification: ResourceSpecification,
  carrier: AcquireSite['carrier'],
): Pick<AcquireSite, 'callable' | 'joinedBy' | 'methods' | 'receiverMethods' | 'safeMethods' | 'takingMethods' | 'uselessMethods'> {
  return {
    callable: specification.release.some(release => 'call' in release),
    methods: methodsOf(specification.release, carrier === 'receiver' ? 'none' : 'method'),
    receiverMethods: methodsOf(specification.release, carrier === 'receiver' ? 'all' : 'receiverMethod'),
    joinedBy: new Set(specification.joinedBy?.flatMap(({ event, byFailure }) => (byFailure === true ? [] : [event]))),
    takingMethods: takingMethodsOf(specification),
    safeMethods: new Set(specification.neverThrows),
    uselessMethods: new Set(specification.uselessAfterRelease),
  };
}

function carrierOf(obligation: object): 'argument' | 'callback' | 'result' {
  if ('argument' in obligation) {
    return 'argument';
  }
  return 'callback' in obligation ? 'callback' : 'result';
}

function partsOf(obligation: Exclude<ObligationCarrier, string>): string[] | undefined {
  if ('property' in obligation) {
    return [obligation.property].flat();
  }
  return 'element' in obligation ? [String(obligation.element)] : undefined;
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

/** The methods that take ownership of the value they are called on. */
function takingMethodsOf({ parameters = [] }: ResourceSpecification): Set<string> {
  return new Set(
    parameters.flatMap(({ call, argument, effect }) =>
      argument === undefined && effect !== 'borrow' ? (call.method ?? []) : [],
    ),
  );
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
