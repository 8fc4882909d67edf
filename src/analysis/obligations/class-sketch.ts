import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { ClassModel, Method } from '../classes/class-model.js';
import type { CallNode } from '../control-flow/model.js';
import type { Variables } from '../scope/variables.js';
import { ancestorsOf } from '../syntax/ancestors.js';
import { childrenOf } from '../syntax/children.js';
import { contains } from '../syntax/contains.js';
import { isClass, isFunction } from '../syntax/functions.js';
import { memberName } from '../syntax/member-name.js';
import type { ClassSketch, MethodSketch, Start } from '../value-flow/owner-class.js';
import { constructorName, runningCallees } from '../value-flow/owner-class.js';
import type { FoundAcquire } from './acquires.js';
import { fieldOfThis, storedFieldsOf } from './stored-fields.js';
import { isThread } from './thread-life.js';

/** What is known of the file. */
interface Surroundings {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly variables: Variables;
}

/**
 * The sketch of a class of this file with its superclasses. The twin of `summaries/class-sketch.ts`: both read the same
 * of the same class.
 *
 * @returns undefined if its constructor hands the instance to somebody who may end it
 */
export function sketchOf(
  model: ClassModel,
  acquires: ReadonlyMap<CallNode, FoundAcquire>,
  { sourceCode, variables }: Surroundings,
): ClassSketch | undefined {
  const own = methodsOf(model);
  const starting = own.filter(({ kind }) => kind === 'constructor').map(({ node }) => node);
  const initialised = initialisersOf(model);
  if ([...starting, ...initialised].some(handsOutThis)) {
    return undefined;
  }
  return {
    starts: [...acquires.values()].filter(isThread).flatMap(startsOf),
    methods: [
      ...own.flatMap(method => (method.name === undefined ? [] : [sketchOfMethod(method, nameOf(method))])),
      { ...sketchOfParts(initialised), name: constructorName, isAsync: false, members: membersOf(undefined) },
    ],
    initialisers: new Set(starting.flatMap(({ body }) => (body.type === 'BlockStatement' ? body.body.flatMap(calledAtOnce) : []))),
  };

  function startsOf({ key, specification, site }: FoundAcquire): Start[] {
    const call = site.node;
    const method = own.find(({ node }) => contains(node, call));
    const isInitial = initialised.some(value => contains(value, call));
    if ((method?.name === undefined && !isInitial) || call.type === 'Identifier') {
      return [];
    }
    const name = method === undefined ? constructorName : nameOf(method);
    return storedFieldsOf(call, method?.node, variables).map(field => ({
      key,
      specification,
      field: field.name,
      method: name,
      isCertain: isCertain(call, method?.node),
    }));
  }

  /** Whether the call is made whenever its method, or the initialiser, runs. */
  function isCertain(call: TSESTree.Node, method: TSESTree.Node | undefined): boolean {
    for (const around of ancestorsOf(call)) {
      if (around === method || around.type === 'PropertyDefinition') {
        return true;
      }
      const runs = isFunction(around) && around.parent.type === 'CallExpression' && runningCallees.has(memberName(around.parent.callee) ?? '');
      if (conditional.has(around.type) || (isFunction(around) && !runs)) {
        return false;
      }
    }
    return false;
  }

  function sketchOfMethod(method: Method, name: string): MethodSketch {
    return { ...sketchOfParts([method.node]), name, isAsync: givesPromise(method), members: membersOf(method) };
  }

  function sketchOfParts(parts: readonly TSESTree.Node[]): Pick<MethodSketch, 'calls'> {
    const calls = new Set<string>();
    const visit = (node: TSESTree.Node): void => {
      const callee = node.type === 'CallExpression' ? node.callee : undefined;
      if (callee?.type === 'MemberExpression' && callee.object.type !== 'ThisExpression') {
        calls.add(memberName(callee) ?? '');
      }
      childrenOf(node, sourceCode.visitorKeys).forEach(visit);
    };
    parts.forEach(visit);
    return { calls };
  }

  function membersOf(method: Method | undefined): Set<string> {
    return new Set([...model.fields].filter(field => model.usesOf(field).some(use => use.method === method)));
  }

  /** `this` as a value: `registry.add(this)`. */
  function handsOutThis(node: TSESTree.Node): boolean {
    if (node.type === 'ThisExpression') {
      const { parent } = node;
      return (
        (parent.type === 'CallExpression' && memberName(parent.callee) !== 'bind') ||
        parent.type === 'NewExpression' ||
        parent.type === 'AssignmentExpression' ||
        parent.type === 'ArrayExpression' ||
        parent.type === 'Property'
      );
    }
    return childrenOf(node, sourceCode.visitorKeys).some(handsOutThis);
  }

  function givesPromise({ node }: Method): boolean {
    return node.async || (node.returnType !== undefined && sourceCode.getText(node.returnType).includes('Promise<'));
  }
}

const conditional: ReadonlySet<string> = new Set([
  'CatchClause',
  'ConditionalExpression',
  'IfStatement',
  'SwitchCase',
]);

/** The methods of the class and of its superclasses in this file. */
function methodsOf(model: ClassModel): Method[] {
  const own = model.methods.filter(({ isStatic }) => !isStatic);
  return model.superClass === undefined ? own : [...own, ...methodsOf(model.superClass)];
}

function nameOf({ kind, name = '' }: Method): string {
  return kind === 'constructor' ? constructorName : name;
}

/** What gives the fields their first values. */
function initialisersOf({ node, superClass }: ClassModel): TSESTree.Node[] {
  const own = isClass(node)
    ? node.body.body.flatMap(member =>
        member.type === 'PropertyDefinition' && !member.static && member.value !== null && !isFunction(member.value) ? [member.value] : [],
      )
    : [];
  return superClass === undefined ? own : [...own, ...initialisersOf(superClass)];
}

/** `this.start();` as a statement of its own. */
function calledAtOnce(statement: TSESTree.Statement): string[] {
  const call = statement.type === 'ExpressionStatement' ? statement.expression : undefined;
  return call?.type === 'CallExpression' ? [fieldOfThis(call.callee) ?? ''] : [];
}
