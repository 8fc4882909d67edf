import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { createClasses } from '../../classes/class-model.js';
import type { Assumption } from '../../findings.js';
import { confidenceOf } from '../../findings.js';
import type { Identity } from '../../identity/identity.js';
import type { Variables } from '../../scope/variables.js';
import type { Source } from '../../specification.js';
import { ancestorsOf } from '../../syntax/ancestors.js';
import { contains } from '../../syntax/contains.js';
import { descendantsOf } from '../../syntax/descendants.js';
import { functionAround } from '../../syntax/functions.js';
import { propertyName } from '../../syntax/property-name.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import { collectContainers } from '../containers/collect.js';
import { operationsOn } from '../containers/operations.js';
import { createRepetition } from '../repetition.js';
import { ownBuffer } from './buffers.js';
import type { CloneFinding } from './model.js';

interface CloneContext {
  readonly sourceCode: TSESLint.SourceCode;
  readonly variables: Variables;
  readonly identity: Identity;
}

const threads = ['node:worker_threads', 'worker_threads'];
const receivers: readonly Source[] = [
  { global: 'Worker' },
  { global: 'MessagePort' },
  { package: threads, export: 'Worker' },
  { package: threads, export: 'MessagePort' },
];
const parentPort: Source = { package: threads, export: 'parentPort' };
const channels: readonly Source[] = [{ global: 'MessageChannel' }, { package: threads, export: 'MessageChannel' }];

/** A value on its way to another thread. */
interface Message {
  readonly call: TSESTree.CallExpression | TSESTree.NewExpression;
  readonly value: TSESTree.Expression;
  readonly options: TSESTree.ObjectExpression | undefined;
  /** Whether something is transferred; `unknown` where the list is not written out. */
  readonly transfers: readonly TSESTree.Node[] | 'unknown';
}

/** The values that messages to other threads copy, or fail to copy, where they could be transferred, in source order. */
export function findLargeClones({ sourceCode, variables, identity }: CloneContext): CloneFinding[] {
  if (!/postMessage|workerData/u.test(sourceCode.text)) return [];
  const messages = [...descendantsOf(sourceCode.ast, sourceCode.visitorKeys)].flatMap(node => messageOf(node) ?? []);
  return messages.length === 0 ? [] : [...messages.flatMap(findingsIn), ...clonedContainers(messages)];

  function messageOf(node: TSESTree.Node): Message | undefined {
    if (node.type === 'CallExpression') return postedMessage(node);
    return node.type === 'NewExpression' ? workerData(node) : undefined;
  }

  function postedMessage(call: TSESTree.CallExpression): Message | undefined {
    const { callee, arguments: given } = call;
    if (callee.type !== 'MemberExpression' || propertyName(callee) !== 'postMessage') return undefined;
    const [value, list] = given;
    if (value === undefined || value.type === 'SpreadElement' || !isThread(callee.object)) return undefined;
    return { call, value, options: undefined, transfers: list === undefined ? [] : elementsOf(list) };
  }

  function isThread(node: TSESTree.Expression): boolean {
    return receivers.some(source => identity.isInstance(node, source)) || identity.isExport(skipWrappers(node), parentPort);
  }

  function workerData(call: TSESTree.NewExpression): Message | undefined {
    const [, options] = call.arguments;
    if (options?.type !== 'ObjectExpression' || !identity.isExport(call.callee, { package: threads, export: 'Worker' })) return undefined;
    const value = propertyIn(options, 'workerData');
    const list = propertyIn(options, 'transferList');
    if (value === undefined || options.properties.some(({ type }) => type === 'SpreadElement')) return undefined;
    return { call, value, options, transfers: list === undefined ? [] : elementsOf(list) };
  }

  function findingsIn(message: Message): CloneFinding[] {
    return valuesIn(message.value).flatMap(node => portFinding(message, node) ?? bufferFinding(message, node) ?? []);
  }

  function portFinding({ call, options, transfers }: Message, node: TSESTree.Expression): CloneFinding | undefined {
    if (transfers === 'unknown' || !isPort(node)) return undefined;
    const text = sourceCode.getText(node);
    if (transfers.some(each => sourceCode.getText(each) === text)) return undefined;
    const transferable = transfers.length === 0 ? text : undefined;
    return { kind: 'portNotTransferred', node, call, options, transferable, ...sure([]) };
  }

  /** `port2` of `const { port1, port2 } = new MessageChannel()`, `channel.port2`. */
  function isPort(node: TSESTree.Expression): boolean {
    if (node.type === 'MemberExpression') {
      return /^port[12]$/u.test(propertyName(node) ?? '') && channels.some(source => identity.isInstance(node.object, source));
    }
    const definition = node.type === 'Identifier' ? variables.of(node)?.defs[0] : undefined;
    const init = definition?.type === 'Variable' && definition.node.id.type === 'ObjectPattern' ? definition.node.init : null;
    return init?.type === 'NewExpression' && channels.some(source => identity.isExport(init.callee, source));
  }

  function bufferFinding({ call, options, transfers }: Message, node: TSESTree.Expression): CloneFinding | undefined {
    if (transfers === 'unknown' || transfers.length > 0 || node.type !== 'Identifier') return undefined;
    const variable = variables.of(node);
    const [definition] = variable?.defs ?? [];
    if (variable === undefined || definition?.type !== 'Variable' || definition.parent.kind !== 'const') return undefined;
    const { init } = definition.node;
    const transferable = init === null ? undefined : ownBuffer(init, node.name, variables);
    const around = functionAround(call);
    if (transferable === undefined || around === undefined || functionAround(definition.node) !== around) return undefined;
    const others = variable.references.filter(({ identifier, init: isInit }) => isInit !== true && identifier !== node);
    const isDead = others.every(
      ({ identifier }) => identifier.range[0] < call.range[0] && functionAround(identifier) === around && isOwnUse(identifier),
    );
    if (!isDead || isRepeatedFor(call, definition.node) || !isFollowedByNothing(call)) return undefined;
    return { kind: 'clonesDeadBuffer', node, call, options, transferable, ...sure([]) };
  }

  /** Containers of the module that functions keep filling, and that are sent as they are. */
  function clonedContainers(all: readonly Message[]): CloneFinding[] {
    const repetition = createRepetition(variables);
    const classes = createClasses(sourceCode, variables);
    return collectContainers({ sourceCode, variables, classes })
      .filter(({ place }) => place === 'module')
      .flatMap(container => {
        const sent = all.flatMap(message =>
          valuesIn(message.value).flatMap(node => (container.uses.includes(node) ? [{ message, node }] : [])),
        );
        if (sent.length === 0) return [];
        const isFilled = operationsOn(container, { sourceCode, variables }).some(
          ({ kind, node }) => kind === 'grow' && repetition.mayRepeat(node),
        );
        return isFilled
          ? sent.map(({ message: { call, options }, node }): CloneFinding => {
              return { kind: 'clonesContainer', node, call, options, transferable: undefined, ...sure([{ kind: 'shapeOnly' }]) };
            })
          : [];
      });
  }
}

function sure(assumptions: readonly Assumption[]): Pick<CloneFinding, 'assumptions' | 'confidence'> {
  return { assumptions, confidence: confidenceOf(assumptions) };
}

/** The values that a message is made of: itself, or the properties of an object literal. */
function valuesIn(value: TSESTree.Expression): TSESTree.Expression[] {
  if (value.type !== 'ObjectExpression') return [value];
  return value.properties.flatMap(property =>
    property.type === 'Property' && (property.value.type === 'Identifier' || property.value.type === 'MemberExpression')
      ? [property.value]
      : [],
  );
}

function elementsOf(list: TSESTree.CallExpressionArgument): TSESTree.Node[] | 'unknown' {
  if (list.type !== 'ArrayExpression') return 'unknown';
  return list.elements.some(element => element?.type === 'SpreadElement') ? 'unknown' : list.elements.filter(element => element !== null);
}

function propertyIn(object: TSESTree.ObjectExpression, name: string): TSESTree.Expression | undefined {
  for (const property of object.properties) {
    if (property.type !== 'Property' || propertyName(property) !== name) continue;
    const { value } = property;
    return value.type === 'AssignmentPattern' || value.type === 'ArrayPattern' || value.type === 'ObjectPattern' || value.type === 'TSEmptyBodyFunctionExpression' ? undefined : value;
  }
  return undefined;
}

const ownMethods = new Set(['fill', 'set', 'sort', 'reverse', 'copyWithin']);

/** Whether the use only fills the buffer, or looks at it: no other view on it comes into being. */
function isOwnUse({ parent }: TSESTree.Node): boolean {
  if (parent?.type !== 'MemberExpression') return false;
  const name = propertyName(parent);
  if (name === undefined) return parent.parent.type !== 'CallExpression' || parent.parent.callee !== parent;
  const isCall = parent.parent.type === 'CallExpression' && parent.parent.callee === parent;
  return isCall ? ownMethods.has(name) && parent.parent.parent?.type === 'ExpressionStatement' : name === 'length' || name === 'byteLength';
}

/** Whether a loop around the call runs it again for the same buffer. */
function isRepeatedFor(call: TSESTree.Node, declaration: TSESTree.Node): boolean {
  for (const ancestor of ancestorsOf(call)) {
    if (contains(ancestor, declaration)) return false;
    if (/^(?:For|While|DoWhile)/u.test(ancestor.type)) return true;
  }
  return false;
}

/** Whether the call stands alone: nothing that is evaluated with it sees the detached buffer. */
function isFollowedByNothing({ parent }: TSESTree.Node): boolean {
  return parent?.type === 'ExpressionStatement' || parent?.type === 'VariableDeclarator' || parent?.type === 'ReturnStatement';
}
