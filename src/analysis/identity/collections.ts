import type { TSESTree } from '@typescript-eslint/utils';

import { isFunction } from '../syntax/functions.js';
import { propertyName } from '../syntax/property-name.js';
import { thisUsesOf } from './this-uses.js';
import type { CollectionForm, Evaluation, Value } from './value.js';
import { absent, everyOf, mapAlternatives, someOf, unknown } from './value.js';

/** The collections of the language: which type argument is the type of their elements, and their form. */
const globalCollections = new Map<string, { parameter: number; form: CollectionForm }>([
  ['Array', { parameter: 0, form: 'list' }],
  ['Iterable', { parameter: 0, form: 'list' }],
  ['Map', { parameter: 1, form: 'map' }],
  ['ReadonlyArray', { parameter: 0, form: 'list' }],
  ['ReadonlyMap', { parameter: 1, form: 'map' }],
  ['ReadonlySet', { parameter: 0, form: 'list' }],
  ['Record', { parameter: 1, form: 'record' }],
  ['Set', { parameter: 0, form: 'list' }],
  ['WeakMap', { parameter: 1, form: 'map' }],
  ['WeakRef', { parameter: 0, form: 'list' }],
  ['WeakSet', { parameter: 0, form: 'list' }],
]);

/** Methods that read one element, give a collection of the same elements, or put an argument into the collection. */
const readers = new Set(['get', 'at', 'pop', 'shift', 'find', 'findLast', 'deref']);
const copiers = new Set(['values', 'slice', 'filter', 'reverse', 'toReversed', 'toSorted', 'concat']);
const writers = new Map([
  ['set', 1],
  ['push', 0],
  ['unshift', 0],
  ['add', 0],
]);

/** The collection that a global collection type with these type arguments is; undefined if it says nothing of them. */
export function collectionOf(
  type: Value,
  typeArguments: readonly TSESTree.TypeNode[],
  evaluation: Evaluation,
): Value | undefined {
  const collection = globalCollection(type);
  const element = collection && typeArguments[collection.parameter];
  if (collection === undefined || element === undefined) return undefined;
  return { kind: 'collection', element: evaluation.valueOfType(element), form: collection.form };
}

/** The collection that `new Map()` makes; undefined for any other class. */
export function newCollection(
  node: TSESTree.NewExpression,
  type: Value,
  evaluation: Evaluation,
): Value | undefined {
  const typed = collectionOf(type, node.typeArguments?.params ?? [], evaluation);
  const collection = globalCollection(type);
  if (typed !== undefined || collection === undefined) return typed;
  return { kind: 'collection', element: node.arguments.length === 0 ? absent : unknown, form: collection.form };
}

function globalCollection(type: Value): { parameter: number; form: CollectionForm } | undefined {
  return type.kind === 'global' ? globalCollections.get(type.path.join('.')) : undefined;
}

/** An element of a collection: the one at `index`, where that is known. */
export function elementOf(value: Value, evaluation: Evaluation, index?: number): Value {
  return mapAlternatives(value, alternative => {
    if (alternative.kind === 'object') return anyMember(alternative.node, evaluation);
    if (alternative.kind !== 'collection') return unknown;
    if (index === undefined || alternative.items === undefined) return alternative.element;
    return alternative.items[index] ?? absent;
  });
}

/** What `for … of` makes of the elements of `collection`. */
export function iterated(collection: TSESTree.Node, evaluation: Evaluation): Value {
  const written = writtenTo(collection, undefined, evaluation);
  return mapAlternatives(evaluation.valueOf(collection), alternative => {
    const element = someOf([elementOf(alternative, evaluation), written]);
    const isMap = alternative.kind === 'collection' && alternative.form === 'map';
    return isMap ? { kind: 'collection', element, items: [unknown, element] } : element;
  });
}

/** What a call of a collection's own method gives; undefined for any other call. */
export function collectionCall(call: TSESTree.CallExpression, evaluation: Evaluation): Value | undefined {
  const { callee } = call;
  if (callee.type !== 'MemberExpression') return undefined;
  const name = propertyName(callee) ?? '';
  if (readers.has(name)) return known(elementIn(callee.object, evaluation));
  if (copiers.has(name)) {
    const element = known(elementIn(callee.object, evaluation));
    return element && { kind: 'collection', element };
  }
  const [argument] = call.arguments;
  if (argument === undefined || !(name === 'map' || name === 'fill')) return undefined;
  const element = name === 'fill' ? evaluation.valueOf(argument) : evaluation.returned(evaluation.valueOf(argument));
  return known(element) && { kind: 'collection', element };
}

/** The element that a callback of a collection's method gets; undefined for any other function. */
export function elementPassedTo(callback: TSESTree.Node, evaluation: Evaluation): Value | undefined {
  const call = callback.parent;
  if (call?.type !== 'CallExpression' || call.arguments[0] !== callback || !isFunction(callback)) return undefined;
  if (call.callee.type !== 'MemberExpression') return undefined;
  const name = propertyName(call.callee) ?? '';
  return callbackMethods.has(name) ? known(elementIn(call.callee.object, evaluation)) : undefined;
}

const callbackMethods = new Set([
  'forEach',
  'map',
  'filter',
  'find',
  'some',
  'every',
  'flatMap',
  'findLast',
  'findIndex',
]);

/**
 * What this file puts into the property `name` (without a name: into elements) of the container that `holder` names, if
 * the container is created here. A container that comes from elsewhere can hold anything: unknown.
 */
export function writtenTo(holder: TSESTree.Node, name: string | undefined, evaluation: Evaluation): Value {
  const uses = usesOf(holder, evaluation);
  const writes = uses.flatMap(use => writesThrough(use, name));
  if (writes.length === 0) return absent;
  return isCreatedHere(evaluation.valueOf(holder)) ? everyOf(writes.map(write => evaluation.valueOf(write))) : unknown;
}

function elementIn(holder: TSESTree.Node, evaluation: Evaluation): Value {
  return someOf([elementOf(evaluation.valueOf(holder), evaluation), writtenTo(holder, undefined, evaluation)]);
}

function known(value: Value): Value | undefined {
  return value.kind === 'unknown' ? undefined : value;
}

function usesOf(holder: TSESTree.Node, evaluation: Evaluation): readonly TSESTree.Node[] {
  if (holder.type === 'Identifier') {
    return evaluation.variables.of(holder)?.references.map(reference => reference.identifier) ?? [];
  }
  if (holder.type !== 'MemberExpression' || holder.object.type !== 'ThisExpression') return [];
  return thisUsesOf(holder.object, evaluation.sourceCode).get(propertyName(holder) ?? '') ?? [];
}

function writesThrough(use: TSESTree.Node, name: string | undefined): TSESTree.Node[] {
  const access = use.parent;
  if (access?.type !== 'MemberExpression' || access.object !== use) return [];
  const accessed = propertyName(access);
  const { parent } = access;
  if (parent.type === 'AssignmentExpression' && parent.left === access) return isWrite(accessed, name) ? [parent.right] : [];
  if (name !== undefined || parent.type !== 'CallExpression' || parent.callee !== access) return [];
  const position = writers.get(accessed ?? '');
  const argument = position === undefined ? undefined : parent.arguments[position];
  return argument === undefined ? [] : [argument];
}

function isWrite(written: string | undefined, wanted: string | undefined): boolean {
  return wanted === undefined ? written !== 'length' : written === wanted;
}

function isCreatedHere(container: Value): boolean {
  switch (container.kind) {
    case 'object':
    case 'collection':
      return true;
    case 'some':
    case 'every':
      return container.of.every(isCreatedHere);
    default:
      return false;
  }
}

/** The member of an object whose name is not known. */
function anyMember(node: TSESTree.ObjectExpression | TSESTree.TSTypeLiteral, evaluation: Evaluation): Value {
  if (node.type === 'TSTypeLiteral') return indexedMember(node.members, evaluation);
  return everyOf(
    node.properties.map(property => (property.type === 'Property' ? evaluation.valueOf(property.value) : unknown)),
  );
}

/** What an index signature says: `{ [key: string]: Mutex }`. */
export function indexedMember(members: readonly TSESTree.TypeElement[], evaluation: Evaluation): Value {
  const signature = members.find(member => member.type === 'TSIndexSignature');
  return evaluation.valueOfType(signature?.typeAnnotation?.typeAnnotation);
}
