import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { CallNode } from '../control-flow/model.js';
import type { FunctionNode } from '../findings.js';
import type { Identity } from '../identity/identity.js';
import type { Variables } from '../scope/variables.js';
import { isFunction } from '../syntax/functions.js';
import { memberName } from '../syntax/member-name.js';
import { returnedValues } from '../syntax/returns.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import { documentationOf } from '../value-flow/documentation.js';
import { ownershipTags } from '../value-flow/ownership-tags.js';
import type { FreshResult, ProgramCallees } from '../value-flow/program-callees.js';
import { referenceText } from '../value-flow/reference-text.js';
import { resolveCallee } from '../value-flow/resolve-callee.js';
import type { Summaries } from '../value-flow/summaries.js';
import { usesOfVariable } from '../value-flow/uses.js';
import type { FoundAcquire, NamedSpecification } from './acquires.js';
import { siteOf } from './acquires.js';
import { ownReceiver } from './receivers.js';

/** The nearest function around a node, and the program where there is none. */
export function ownerOf(node: TSESTree.Node): FunctionNode | TSESTree.Program {
  let current = node.parent;
  while (current !== undefined && current.type !== 'Program') {
    if (isFunction(current)) {
      return current;
    }
    current = current.parent;
  }
  if (current === undefined) {
    throw new Error('A node outside of a program has no owner.');
  }
  return current;
}

/** What is known of the file beside its acquires. */
interface Surroundings {
  readonly calls: readonly CallNode[];
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly variables: Variables;
  readonly identity: Identity;
  readonly summaries: Summaries;
  readonly callees: ProgramCallees | undefined;
  /** All resources in force, not only those that the file's text can acquire. */
  readonly resources: readonly NamedSpecification[];
}

const maximumRounds = 5;

/**
 * Adds the calls of functions that hand a fresh resource to their caller: such a call is an acquire itself. Functions of
 * this file that return the result of such functions follow, round by round.
 *
 * @returns the given acquires and the new ones
 */
export function withFreshResults(
  acquires: ReadonlyMap<CallNode, FoundAcquire>,
  surroundings: Surroundings,
): Map<CallNode, FoundAcquire> {
  const { calls, variables } = surroundings;
  const all = new Map(acquires);
  for (const call of calls) {
    const result = all.has(call)
      ? undefined
      : (resultOfProgram(call, surroundings) ?? declaredResult(call, surroundings));
    if (result !== undefined) {
      all.set(call, handedOverAs(call, result, all.size, variables));
    }
  }
  if (all.size === 0) {
    return all;
  }
  const local = new Map(calls.map(call => [call, resolveCallee(call, variables)]));
  for (let round = 0; round < maximumRounds; round++) {
    const fresh = freshFunctions(all, surroundings);
    let isChanged = false;
    for (const [call, callee] of local) {
      const source = callee === undefined ? undefined : fresh.get(callee);
      if (callee !== undefined && source !== undefined && !all.has(call)) {
        all.set(call, handedOver(call, callee, source, all.size, surroundings.variables));
        isChanged = true;
      }
    }
    if (!isChanged) {
      break;
    }
  }
  return all;
}

/** What the callee hands over, if the syntax of this file does not lead to it. */
function resultOfProgram(call: CallNode, { callees, variables }: Surroundings): FreshResult | undefined {
  const result = callees?.freshResult(call);
  return result !== undefined && resolveCallee(call, variables) === undefined ? result : undefined;
}

/** What the callee's documentation gives to the caller, if its type is that of a resource. */
function declaredResult(call: CallNode, surroundings: Surroundings): FreshResult | undefined {
  if (!isDeclaredOwned(call, surroundings)) {
    return undefined;
  }
  const awaited = call.parent.type === 'AwaitExpression';
  for (const { key, specification } of surroundings.resources) {
    const acquire = specification.acquire.find(({ how, obligation }) => how === 'new' && obligation === 'result');
    if (acquire !== undefined && surroundings.identity.isInstance(awaited ? call.parent : call, specification.from)) {
      return { key, specification, acquire, awaited, mayFail: false, isHidden: false };
    }
  }
  return undefined;
}

function isDeclaredOwned(call: CallNode, { sourceCode, variables, callees }: Surroundings): boolean {
  const local = sourceCode.text.includes('@owns') ? resolveCallee(call, variables) : undefined;
  return local === undefined
    ? callees?.isOwnedResult(call) === true
    : ownershipTags(documentationOf(local, sourceCode)).result === 'owns';
}

function freshFunctions(
  acquires: ReadonlyMap<CallNode, FoundAcquire>,
  surroundings: Surroundings,
): Map<FunctionNode, FoundAcquire> {
  const fresh = new Map<FunctionNode, FoundAcquire>();
  for (const [call, found] of acquires) {
    const owner = ownerOf(call);
    if (
      owner.type !== 'Program' &&
      found.site.carrier === 'result' &&
      isReturnedByAll(call, owner, found, surroundings)
    ) {
      fresh.set(owner, found);
    }
  }
  return fresh;
}

/** Whether every return of the function gives this resource; one that gives something else makes its owner unknown. */
function isReturnedByAll(
  call: CallNode,
  owner: FunctionNode,
  found: FoundAcquire,
  surroundings: Surroundings,
): boolean {
  const { sourceCode } = surroundings;
  const returned = returnedValues(owner, sourceCode.visitorKeys).filter(value => value !== null);
  return (
    returned.length > 0 &&
    !owner.generator &&
    ownershipTags(documentationOf(owner, sourceCode)).result !== 'borrows' &&
    returned.every(expression => isValueOf(expression, call, found, surroundings))
  );
}

function isValueOf(
  expression: TSESTree.Expression,
  call: CallNode,
  found: FoundAcquire,
  surroundings: Surroundings,
): boolean {
  const value = skipWrappers(expression);
  if (value.type === 'AwaitExpression') {
    return isValueOf(value.argument, call, found, surroundings);
  }
  if (value.type === 'CallExpression') {
    return value === call || resolveCallee(value, surroundings.variables) === ownerOf(call);
  }
  if (value.type !== 'Identifier') {
    return value === call;
  }
  const variable = surroundings.variables.of(value);
  const definition = variable?.defs[0];
  const init =
    definition?.type === 'Variable' && definition.node.id.type === 'Identifier' ? definition.node.init : null;
  return (
    variable !== undefined &&
    init !== null &&
    isReturnedAlone(variable, found, surroundings) &&
    isValueOf(init, call, found, surroundings)
  );
}

/** Whether nobody but the caller gets the value: what the function also keeps may be released by somebody else. */
function isReturnedAlone(
  variable: TSESLint.Scope.Variable,
  { specification }: FoundAcquire,
  { summaries }: Surroundings,
): boolean {
  const isReassigned = variable.references.some(reference => reference.isWrite() && reference.init !== true);
  return (
    !isReassigned &&
    usesOfVariable(variable).every(use => {
      switch (use.kind) {
        case 'aliased':
        case 'stored':
          return false;
        case 'passed':
          return summaries.ofArgument(use.node, use.index, specification) !== 'take';
        case 'called':
        case 'methodCalled':
        case 'read':
        case 'returned':
          return true;
      }
    })
  );
}

/** The receiver and the arguments of the acquire are names of another file: nothing here is released by them. */
function handedOverAs(
  call: CallNode,
  { key, specification, acquire, awaited, mayFail, isHidden }: FreshResult,
  id: number,
  variables: Variables,
): FoundAcquire {
  const site = siteOf(call, id, specification, { ...acquire, how: 'call' }, variables);
  return { key, specification, acquire, isHidden, through: nameOf(call), site: { ...site, awaited, mayFail } };
}

function handedOver(
  call: CallNode,
  callee: FunctionNode,
  source: FoundAcquire,
  id: number,
  variables: Variables,
): FoundAcquire {
  const { argument, ...site } = source.site;
  const passed = argument === undefined ? undefined : passedAs(call, callee, argument, variables);
  return {
    ...source,
    through: nameOf(call),
    isHidden: source.isHidden ?? ownReceiver(source.site, variables),
    site: {
      ...site,
      id,
      node: call,
      awaited: callee.async || site.awaited,
      ...(passed === undefined ? {} : { argument: passed }),
    },
  };
}

/** The text of the argument that the callee knows by the name of a parameter. */
function passedAs(call: CallNode, callee: FunctionNode, name: string, variables: Variables): string | undefined {
  const argument =
    call.arguments[callee.params.findIndex(parameter => parameter.type === 'Identifier' && parameter.name === name)];
  return argument === undefined || argument.type === 'SpreadElement' ? undefined : referenceText(argument, variables);
}

function nameOf(call: CallNode): string {
  const callee = skipWrappers(call.callee);
  return memberName(callee) ?? (callee.type === 'Identifier' ? callee.name : 'the callee');
}
