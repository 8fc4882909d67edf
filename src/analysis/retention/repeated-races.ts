import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Assumption } from '../findings.js';
import type { Identity } from '../identity/identity.js';
import type { Variables } from '../scope/variables.js';
import { ancestorsOf } from '../syntax/ancestors.js';
import { contains } from '../syntax/contains.js';
import { descendantsOf } from '../syntax/descendants.js';
import { isFunction } from '../syntax/functions.js';
import { memberName } from '../syntax/member-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import type { Types } from '../types/types.js';

/** A race that is run again and again against a promise that is still pending. */
export interface RepeatedRace {
  readonly call: TSESTree.CallExpression;
  /** The contender that outlives the race. */
  readonly contender: TSESTree.Identifier;
  /** What repeats the race. */
  readonly loop: TSESTree.Node;
  readonly assumptions: readonly Assumption[];
}

/** What the search rests on. */
export interface RaceInput {
  readonly identity: Identity;
  readonly variables: Variables;
  readonly types: Types | undefined;
}

type Loop = TSESTree.DoWhileStatement | TSESTree.ForOfStatement | TSESTree.ForStatement | TSESTree.WhileStatement;

/**
 * The calls of `Promise.race` and `Promise.any` in a loop without an end of its own, one of whose contenders is a
 * promise from outside of the loop. Each call adds a reaction to it that stays until it settles, with the result of
 * the race: https://github.com/nodejs/node/issues/17469.
 */
export function findRepeatedRaces(
  sourceCode: Readonly<TSESLint.SourceCode>,
  { identity, variables, types }: RaceInput,
): RepeatedRace[] {
  if (!/\bPromise\s*\.\s*(?:race|any)\b/u.test(sourceCode.text)) return [];
  return [...descendantsOf(sourceCode.ast, sourceCode.visitorKeys)].flatMap(node =>
    node.type === 'CallExpression' && isRace(node) ? raceAt(node) : [],
  );

  function isRace(call: TSESTree.CallExpression): boolean {
    const name = memberName(call.callee);
    const callee = skipWrappers(call.callee);
    return (
      (name === 'race' || name === 'any') &&
      callee.type === 'MemberExpression' &&
      identity.isExport(callee.object, { global: 'Promise' })
    );
  }

  function raceAt(call: TSESTree.CallExpression): RepeatedRace[] {
    const [list] = call.arguments;
    const loop = endlessLoopAround(call);
    if (list?.type !== 'ArrayExpression' || loop === undefined) return [];
    for (const element of list.elements) {
      if (element?.type !== 'Identifier' || !isPendingOutside(element, loop)) continue;
      // What is raced against ends the loop when it settles, or is tested there: it is pending in every other round.
      const assumptions: Assumption[] = [{ kind: 'staysPending', node: element }];
      if (isTimeout(element)) assumptions.push({ kind: 'shapeOnly' });
      return [{ call, contender: element, loop, assumptions }];
    }
    return [];
  }

  /** Whether a timer settles it: it keeps what comes in that time, and no more. */
  function isTimeout(node: TSESTree.Identifier): boolean {
    const definition = variables.of(node)?.defs[0];
    const init = definition?.type === 'Variable' ? definition.node.init : null;
    if (init?.type !== 'NewExpression') return false;
    return [...descendantsOf(init, sourceCode.visitorKeys)].some(
      each => each.type === 'CallExpression' && each.callee.type === 'Identifier' && each.callee.name === 'setTimeout',
    );
  }

  /** Whether it is one promise for all rounds: a constant from outside of the loop that was made, not fulfilled. */
  function isPendingOutside(node: TSESTree.Identifier, loop: Loop): boolean {
    const variable = variables.of(node);
    const [definition] = variable?.defs ?? [];
    if (variable === undefined || definition === undefined || contains(loop, definition.name)) return false;
    const isReassigned = variable.references.some(reference => reference.isWrite() && reference.init !== true);
    if (isReassigned) return false;
    if (definition.type === 'Parameter') return isPromise(node, definition.name);
    const init = definition.type === 'Variable' ? definition.node.init : null;
    if (init === null || definition.name.parent.type !== 'VariableDeclarator') return false;
    return init.type === 'NewExpression' ? identity.isExport(init.callee, { global: 'Promise' }) : isPromise(node, definition.name);
  }

  /** Whether a type says that it is a promise. */
  function isPromise(node: TSESTree.Identifier, name: TSESTree.Node): boolean {
    const annotation = name.type === 'Identifier' ? name.typeAnnotation?.typeAnnotation : undefined;
    const isAnnotated =
      annotation?.type === 'TSTypeReference' &&
      annotation.typeName.type === 'Identifier' &&
      /^Promise(?:Like)?$/u.test(annotation.typeName.name);
    return isAnnotated || types?.isPromiseLike(node) === true;
  }
}

/** The nearest loop around a node, in its function, whose number of rounds no list and no counter bounds. */
function endlessLoopAround(node: TSESTree.Node): Loop | undefined {
  for (const ancestor of ancestorsOf(node)) {
    if (isFunction(ancestor)) return undefined;
    switch (ancestor.type) {
      case 'ForOfStatement':
        if (ancestor.await) return ancestor;
        break;
      case 'ForStatement':
        if (ancestor.test === null) return ancestor;
        break;
      case 'DoWhileStatement':
      case 'WhileStatement':
        if (!isBounded(ancestor.test)) return ancestor;
        break;
      default:
    }
  }
  return undefined;
}

/** `index < list.length`, `queue.length > 0`: the work that there is bounds the rounds. */
function isBounded(test: TSESTree.Expression): boolean {
  return test.type === 'BinaryExpression' || (test.type === 'MemberExpression' && /^(?:length|size)$/u.test(memberName(test) ?? ''));
}
