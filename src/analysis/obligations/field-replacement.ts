import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { ClassModel, Method } from '../classes/class-model.js';
import { reachableMethods } from '../classes/reachable-methods.js';
import type { Assumption, FunctionNode } from '../findings.js';
import { ancestorsOf } from '../syntax/ancestors.js';
import { childrenOf } from '../syntax/children.js';
import { contains } from '../syntax/contains.js';
import { isFunction } from '../syntax/functions.js';
import type { FieldFacts } from './field-uses.js';

/** A field of the instances of a class, and the place where the resource gets into it. */
export interface Field {
  readonly owner: ClassModel;
  readonly name: string;
  readonly store: TSESTree.MemberExpression | TSESTree.PropertyDefinition;
  readonly isPrivate: boolean;
}

/**
 * What it rests on that a field gets its next resource while the one before is live, for a class that releases it.
 *
 * @returns undefined if the one before has ended, or there is none
 */
export function replacementAssumptions(
  sourceCode: Readonly<TSESLint.SourceCode>,
  { owner, store }: Field,
  { releases }: FieldFacts,
): Assumption[] | undefined {
  const method = owner.methods.find(({ node, isStatic }) => !isStatic && contains(node, store));
  if (store.type !== 'MemberExpression' || method?.name === undefined || method.kind === 'constructor') {
    return undefined;
  }
  const { node, name } = method;
  const before = releases.filter(use => use.method !== undefined);
  const ending = [...new Set(before.flatMap(use => use.method ?? []))];
  const endsFirst =
    before.some(use => use.method === method && use.node.range[0] < store.range[0]) ||
    ending.some(each => each !== method && callsBefore(each));
  if (endsFirst || isGuarded() || isInner() || isOnlyCalledByConstructor()) {
    return undefined;
  }
  const assumptions: Assumption[] = [{ kind: 'methodCalledTwice', node }];
  return startingName.test(name) ? [...assumptions, { kind: 'shapeOnly' }] : assumptions;

  /** A method that ends the one before, itself or through others, is called before the field is written. */
  function callsBefore(ends: Method): boolean {
    return owner.methods.some(
      each =>
        each.name !== undefined &&
        reachableMethods(owner, [each]).has(ends) &&
        owner.usesOf(each.name).some(use => use.method === method && use.node.range[0] < store.range[0]),
    );
  }

  /** What the instance knows decides whether the field is written. */
  function isGuarded(): boolean {
    const outer = [...ancestorsOf(store)].filter(ancestor => contains(node, ancestor));
    const isLogical = outer.some(
      ancestor => ancestor.type === 'AssignmentExpression' && contains(ancestor, store) && ancestor.operator !== '=',
    );
    return isLogical || outer.some(ancestor => testsInstance(ancestor)) || leavesEarly(node.body);
  }

  function leavesEarly(statement: TSESTree.Node): boolean {
    if (statement.range[0] >= store.range[0] || isFunction(statement)) {
      return false;
    }
    const leaves = statement.type === 'IfStatement' && testsInstance(statement) && !contains(statement.consequent, store);
    return leaves || childrenOf(statement, sourceCode.visitorKeys).some(leavesEarly);
  }

  function testsInstance(ancestor: TSESTree.Node): boolean {
    const test =
      ancestor.type === 'IfStatement' || ancestor.type === 'ConditionalExpression'
        ? ancestor.test
        : ancestor.type === 'LogicalExpression'
          ? ancestor.left
          : ancestor.type === 'SwitchStatement'
            ? ancestor.discriminant
            : undefined;
    return test !== undefined && sourceCode.getText(test).includes('this.');
  }

  /** In a callback the one before may have ended: `worker.on('exit', () => { this.worker = new Worker(file); })`. */
  function isInner(): boolean {
    return [...ancestorsOf(store)].some(ancestor => isFunction(ancestor) && ancestor !== node && contains(node, ancestor));
  }

  function isOnlyCalledByConstructor(): boolean {
    const calls = owner.usesOf(name);
    const isHidden = name.startsWith('#') || name.startsWith('_') || isPrivateMethod(node);
    return isHidden && calls.length > 0 && calls.every(use => use.method !== method);
  }
}

function isPrivateMethod({ parent }: FunctionNode): boolean {
  return parent.type === 'MethodDefinition' && (parent.accessibility === 'private' || parent.accessibility === 'protected');
}

/** Methods of such a name are called once, or again only after another one has ended what they began. */
const startingName =
  /^#?_*(?:attach|boot|begin|build|componentDid|connect|create|enable|ensure|initiali[sz]e|init|launch|listen|make|mount|ng(?:After|On)|on(?:load|ready|Init|Load|Mount)|open|prepare|register|resume|setup|setUp|set_up|spawn|start)/u;
