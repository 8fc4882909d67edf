import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Classes, FieldUse, Method } from '../classes/class-model.js';
import { reachableMethods } from '../classes/reachable-methods.js';
import type { LossyExit, Outcome } from '../findings.js';
import type { Variables } from '../scope/variables.js';
import { childrenOf } from '../syntax/children.js';
import { contains } from '../syntax/contains.js';
import { functionAround } from '../syntax/functions.js';
import { memberName } from '../syntax/member-name.js';
import { propertyName } from '../syntax/property-name.js';
import { isHarmlessFunction } from '../value-flow/harmless.js';
import { usesOfVariable } from '../value-flow/uses.js';
import type { FoundAcquire } from './acquires.js';
import { findingOf } from './losses.js';
import { storedFieldsOf } from './stored-fields.js';

/** What is known of the file. */
interface Surroundings {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly variables: Variables;
  readonly classes: Classes;
}

/**
 * A resource that a class keeps in a container of a field and ends somewhere, but that another method takes out and
 * drops. Silent where that method does anything with it, or whoever calls it may have ended it before.
 */
export function withContainerDrops({ sourceCode, variables, classes }: Surroundings, { site }: FoundAcquire, outcome: Outcome): Outcome {
  const model = outcome.kind === 'handedOver' ? classes.around(site.node) : undefined;
  const method = model?.methods.find(({ node, isStatic }) => !isStatic && contains(node, site.node));
  const [field, ...others] = model === undefined ? [] : storedFieldsOf(site.node, method?.node, variables);
  if (model === undefined || field?.adding === undefined || others.length > 0 || isGivenToOthers(outcome, field.adding, variables)) {
    return outcome;
  }
  const isSet = memberName(field.adding.callee) === 'add';
  const ending = model.methods.filter(each => releases(each.node));
  const isEnded = ending.some(each => mentions(each, field.name));
  const drop = isEnded ? model.usesOf(field.name).flatMap(use => dropAt(use) ?? []).find(isLost) : undefined;
  if (drop === undefined) {
    return outcome;
  }
  const { obligation } = outcome;
  const loss: LossyExit = {
    kind: 'droppedFromContainer',
    witness: drop.node,
    assumptions: [{ kind: 'noOtherFile' }],
    path: [{ kind: 'acquired', node: obligation.acquire }],
  };
  return { kind: 'reported', obligation: { ...obligation, field: field.name }, finding: findingOf({ ...obligation, field: field.name }, [loss]) };

  function mentions(each: Method, name: string): boolean {
    return model?.usesOf(name).some(use => use.method === each) === true;
  }

  /** Whether anything inside `node` ends a resource of this kind, whichever it is. */
  function releases(node: TSESTree.Node): boolean {
    const name = node.type === 'CallExpression' ? memberName(node.callee) : undefined;
    return (name !== undefined && site.methods.has(name)) || childrenOf(node, sourceCode.visitorKeys).some(releases);
  }

  /**
   * Whether what the method takes out is gone: it calls nothing that could end it, nobody calls it who has, and it is not
   * given what it takes out.
   */
  function isLost({ node: drop, method: each }: Drop): boolean {
    const { name, node } = each;
    if (name === undefined || model === undefined || each.kind !== 'method' || endingName.test(name)) {
      return false;
    }
    const argument = isSet && drop.type === 'CallExpression' ? drop.arguments[0] : undefined;
    if (argument?.type === 'Identifier' && variables.of(argument)?.defs[0]?.type === 'Parameter') {
      return false;
    }
    const callers = model.methods.filter(other => mentions(other, name));
    return (
      !callsUnknown(node) &&
      model.usesOf(name).every(isPlainCall) &&
      callers.every(caller => ![...reachableMethods(model, [caller])].some(reached => ending.includes(reached)))
    );
  }

  /** A call of something else than a container of the instance, a logger or a timer. */
  function callsUnknown(node: TSESTree.Node): boolean {
    const isUnknown = (node.type === 'CallExpression' && !isKnown(node)) || (node.type === 'NewExpression' && node.arguments.length > 0);
    return isUnknown || childrenOf(node, sourceCode.visitorKeys).some(callsUnknown);
  }

  function isKnown({ callee }: TSESTree.CallExpression): boolean {
    if (callee.type === 'Identifier') {
      return isHarmlessFunction(callee.name, false);
    }
    return containerMethods.has(memberName(callee) ?? '') || (callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'console');
  }
}

/** `this.remove(id)`, and not a handler that somebody gets: `worker.on('exit', this.remove)`. */
function isPlainCall({ node, method }: FieldUse): boolean {
  return node.parent.type === 'CallExpression' && node.parent.callee === node && functionAround(node) === method?.node;
}

/** Whether the method that starts the resource gives it to somebody beside the container. */
function isGivenToOthers({ obligation: { binding } }: Outcome, adding: TSESTree.CallExpression, variables: Variables): boolean {
  const variable = binding && variables.of(binding);
  return variable !== undefined && usesOfVariable(variable).some(({ kind, node }) => kind === 'returned' || (kind === 'passed' && node !== adding));
}

/** Where a method takes something out of a container. */
interface Drop {
  readonly node: TSESTree.CallExpression | TSESTree.AssignmentExpression;
  readonly method: Method;
}

/** Where a method takes elements out of the container that a field holds and keeps none of them. */
function dropAt({ node, method }: FieldUse): Drop | undefined {
  const { parent } = node;
  if (method === undefined || functionAround(node) !== method.node) {
    return undefined;
  }
  if (parent.type === 'MemberExpression' && parent.object === node) {
    const call = parent.parent.type === 'CallExpression' && parent.parent.callee === parent ? parent.parent : undefined;
    const isDropped = call !== undefined && droppingMethods.has(propertyName(parent) ?? '') && call.parent.type === 'ExpressionStatement';
    return isDropped ? { node: call, method } : undefined;
  }
  const isEmptied = parent.type === 'AssignmentExpression' && parent.left === node && isEmpty(parent.right);
  return isEmptied ? { node: parent, method } : undefined;
}

/** `[]`, `new Map()`. */
function isEmpty(node: TSESTree.Expression): boolean {
  return (
    (node.type === 'ArrayExpression' && node.elements.length === 0) ||
    (node.type === 'NewExpression' && node.arguments.length === 0 && node.callee.type === 'Identifier' && /^(?:Map|Set)$/u.test(node.callee.name))
  );
}

const droppingMethods: ReadonlySet<string> = new Set(['clear', 'delete', 'pop', 'shift', 'splice']);

const containerMethods: ReadonlySet<string> = new Set([
  ...droppingMethods, 'at', 'entries', 'findIndex', 'forEach', 'get', 'has', 'includes', 'indexOf', 'keys', 'values',
]);

/** Methods of such a name are told that the resource has ended. */
const endingName = /^#?_*(?:handle|on[A-Z_])|clos|crash|dead|died|disconnect|end|error|exit|fail|finish|gone|lost|stopp|terminat/iu;
