import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { AcquireSite, CallNode } from '../control-flow/model.js';
import type { FunctionNode } from '../findings.js';
import type { Identity } from '../identity/identity.js';
import type { Variables } from '../scope/variables.js';
import type { Acquire, CallbackCarrier } from '../specification.js';
import { descendantsOf } from '../syntax/descendants.js';
import { isFunction } from '../syntax/functions.js';
import { documentationOf } from '../value-flow/documentation.js';
import type { Ownership } from '../value-flow/ownership-tags.js';
import { ownershipTags } from '../value-flow/ownership-tags.js';
import { resolveCallee } from '../value-flow/resolve-callee.js';
import { parameterVariable, useOf, usesOfVariable } from '../value-flow/uses.js';
import type { FoundAcquire, NamedSpecification } from './acquires.js';
import { dischargesOf } from './acquires.js';
import { outermost, resultOf } from './verdict.js';

/** A parameter whose duty the documentation of its function settles, and the resource in it. */
export interface TaggedParameter extends FoundAcquire {
  readonly callee: FunctionNode;
  readonly ownership: Ownership;
}

/** What is known of the file. */
interface Surroundings {
  readonly sourceCode: TSESLint.SourceCode;
  readonly variables: Variables;
  readonly identity: Identity;
  readonly resources: readonly NamedSpecification[];
}

/** A parameter with a tag, before it is known what it holds. */
interface Tag {
  readonly node: TSESTree.Identifier;
  readonly callee: FunctionNode;
  readonly index: number;
  readonly ownership: Ownership;
}

/**
 * The parameters of this file's functions that are tagged `@owns` or `@borrows` and hold a resource: by what a call in
 * this file passes, or by their type, if that is a resource by itself.
 */
export function taggedParameters(
  acquires: ReadonlyMap<CallNode, FoundAcquire>,
  surroundings: Surroundings,
): TaggedParameter[] {
  const { sourceCode, variables } = surroundings;
  if (!/@(?:borrows|owns)\b/u.test(sourceCode.text)) return [];
  const passed = [...acquires.values()].flatMap(found =>
    passingsOf(found, variables).map(({ call, index }) => ({ callee: resolveCallee(call, variables), index, found })),
  );
  return tagsIn(sourceCode).flatMap((tag, position): TaggedParameter[] => {
    const source =
      passed.find(({ callee, index }) => callee === tag.callee && index === tag.index)?.found ??
      resourceOfType(tag, surroundings);
    return source === undefined ? [] : [parameterWith(source, tag, acquires.size + position)];
  });
}

function tagsIn(sourceCode: TSESLint.SourceCode): Tag[] {
  const functions = [...descendantsOf(sourceCode.ast, sourceCode.visitorKeys)].filter(isFunction);
  return functions.flatMap(callee => {
    const { parameters } = ownershipTags(documentationOf(callee, sourceCode));
    return callee.params.flatMap((parameter, index): Tag[] => {
      const [node] = parameterVariable(sourceCode, parameter)?.identifiers ?? [];
      const ownership = node?.type === 'Identifier' ? parameters.get(node.name) : undefined;
      return node?.type === 'Identifier' && ownership !== undefined ? [{ node, callee, index, ownership }] : [];
    });
  });
}

/** The calls that get the resource as an argument, in the name that it was first given or in none. */
function passingsOf({ site }: FoundAcquire, variables: Variables): { call: CallNode; index: number }[] {
  if (site.carrier !== 'result' || site.node.type === 'Identifier') return [];
  const name = resultOf(site.node, site.parts);
  const isWhole = name?.parent.type === 'VariableDeclarator' || name?.parent.type === 'AssignmentExpression';
  const variable = name !== undefined && (site.parts === undefined || !isWhole) ? variables.of(name) : undefined;
  const uses = variable === undefined ? (site.parts === undefined ? [useOf(outermost(site.node))] : []) : usesOfVariable(variable);
  return uses.flatMap(use => (use.kind === 'passed' ? [{ call: use.node, index: use.index }] : []));
}

/** The resource that a value of the parameter's type is. */
function resourceOfType({ node }: Tag, { identity, resources }: Surroundings): NamedSpecification | undefined {
  return resources.find(
    ({ specification: { acquire, from } }) =>
      acquire.some(({ how, obligation }) => how === 'new' && obligation === 'result') && identity.isInstance(node, from),
  );
}

function parameterWith(
  { key, specification, site }: NamedSpecification & { site?: AcquireSite },
  { node, callee, index, ownership }: Tag,
  id: number,
): TaggedParameter {
  const callback: CallbackCarrier = { callback: 0, parameter: index };
  const { receiver, argument } = site ?? {};
  const acquire: Acquire = { how: 'call', obligation: callback };
  return {
    key,
    specification,
    acquire,
    callee,
    ownership,
    site: {
      id,
      node,
      carrier: 'callback',
      callback,
      awaited: false,
      optional: false,
      mayFail: false,
      ...dischargesOf(specification, 'callback'),
      ...(receiver === undefined ? {} : { receiver }),
      ...(argument === undefined ? {} : { argument }),
    },
  };
}
