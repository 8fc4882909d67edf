import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { CallNode } from '../control-flow/model.js';
import type { FunctionNode } from '../findings.js';
import type { Identity } from '../identity/identity.js';
import type { ClassNode } from '../identity/value.js';
import type { Variables } from '../scope/variables.js';
import type { ResourceSpecification } from '../specification.js';
import { ancestorsOf } from '../syntax/ancestors.js';
import { childrenOf } from '../syntax/children.js';
import { contains } from '../syntax/contains.js';
import { isClass, isFunction } from '../syntax/functions.js';
import { memberName } from '../syntax/member-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import { referenceText } from '../value-flow/reference-text.js';
import { resolveCallee } from '../value-flow/resolve-callee.js';
import type { NamedSpecification } from './acquires.js';
import { AcquireMatcher, callsOf } from './acquires.js';
import { ownerOf } from './fresh-results.js';

/** An acquire that waits for itself: the lock is held already, and nobody releases it before this one is fulfilled. */
export interface NestedAcquire {
  /** The call that waits: the second acquire, or the call in the section that leads to it. */
  readonly call: CallNode;
  /** The second acquire, if it stands in a function that `call` runs. */
  readonly inner: CallNode;
  /** The acquire that holds the lock meanwhile. */
  readonly outer: CallNode;
  readonly specification: ResourceSpecification;
}

/** What the search rests on. */
export interface NestingInput {
  readonly identity: Identity;
  readonly variables: Variables;
  readonly specifications: readonly NamedSpecification[];
}

/** One call that acquires, by hand or for the time of a callback. */
interface Taking {
  readonly call: CallNode;
  readonly specification: ResourceSpecification;
  /** Several holders at once are possible. */
  readonly isShared: boolean;
  /** What names the lock: its object, and the key of a keyed one. */
  readonly lock: string;
  /** The variable that its name begins with, or the class whose `this` it begins with. */
  readonly root: Root | undefined;
  /** The function that runs while it is held; undefined if it is acquired by hand. */
  readonly callback: FunctionNode | undefined;
}

type Root = ClassNode | TSESLint.Scope.Variable | 'global';

const maximumDepth = 5;

/** The acquires of a lock that is not reentrant by code that runs while the same function holds it. */
export function findNestedAcquires(
  sourceCode: Readonly<TSESLint.SourceCode>,
  { identity, variables, specifications }: NestingInput,
): NestedAcquire[] {
  const exclusive = specifications.filter(
    ({ specification: { kind, reentrant } }) => kind === 'lock' && reentrant !== true,
  );
  if (exclusive.length === 0) return [];
  const matcher = new AcquireMatcher(exclusive, identity, variables);
  const takings = new Map<TSESTree.Node, Taking>();
  for (const call of callsOf(sourceCode)) {
    const taking = scopedTaking(call) ?? manualTaking(call);
    if (taking !== undefined) takings.set(call, taking);
  }
  return [...takings.values()].flatMap(outer =>
    sectionsOf(outer).flatMap(section => nestedIn(section, outer, outer.callback, [])),
  );

  function scopedTaking(call: CallNode): Taking | undefined {
    const callee = skipWrappers(call.callee);
    if (callee.type !== 'MemberExpression') return undefined;
    const name = memberName(callee);
    const named = exclusive.find(
      ({ specification: { scopedForm, from } }) =>
        scopedForm?.method === name &&
        (identity.isInstance(callee.object, from) || identity.isExport(callee.object, from)),
    );
    const scopedForm = named?.specification.scopedForm;
    if (named === undefined || scopedForm === undefined) return undefined;
    const index = scopedForm.callback === 'last' ? call.arguments.length - 1 : scopedForm.callback;
    const argument = call.arguments[index];
    const callback = argument !== undefined && isFunction(argument) ? argument : undefined;
    // Options may let it fail instead of wait, or share: `{ ifAvailable: true }`, `{ mode: 'shared' }`.
    const options = call.arguments.filter((_, position) => position > 0 && position !== index);
    const isKeyed = index > 0;
    if (callback === undefined || callback.params.length > 1 || options.length > 0) return undefined;
    return takingOf(call, callee.object, named.specification, isKeyed ? call.arguments[0] : undefined, callback, false);
  }

  function manualTaking(call: CallNode): Taking | undefined {
    const found = matcher.match(call, 0);
    const callee = skipWrappers(call.callee);
    if (found === undefined || callee.type !== 'MemberExpression' || found.acquire.awaited !== true) return undefined;
    // What can time out or be cancelled by an argument does not wait for ever.
    if (found.acquire.optional === true || call.arguments.length > 0) return undefined;
    return takingOf(call, callee.object, found.specification, undefined, undefined, found.acquire.shared === true);
  }

  function takingOf(
    call: CallNode,
    object: TSESTree.Expression,
    specification: ResourceSpecification,
    key: TSESTree.CallExpressionArgument | undefined,
    callback: FunctionNode | undefined,
    isShared: boolean,
  ): Taking | undefined {
    const lock = referenceText(object, variables);
    const keyText = key === undefined ? '' : key.type === 'Literal' ? key.raw : undefined;
    if (lock === undefined || keyText === undefined) return undefined;
    return { call, specification, isShared, lock: `${lock} ${keyText}`, root: rootOf(object), callback };
  }

  function rootOf(object: TSESTree.Expression): Root | undefined {
    const node = skipWrappers(object);
    switch (node.type) {
      case 'MemberExpression':
        return rootOf(node.object);
      case 'Identifier': {
        const variable = variables.of(node);
        const init = variable?.defs[0]?.type === 'Variable' ? variable.defs[0].node.init : undefined;
        // `const { mutex } = this` and `const lock = this.lock` are names of the same thing.
        if (init?.type === 'ThisExpression' || init?.type === 'MemberExpression') return rootOf(init);
        return variables.isUnshadowedGlobal(node) ? 'global' : variable;
      }
      case 'ThisExpression':
        return classAround(node);
      default:
        return undefined;
    }
  }

  /** The pieces of code that run while `taking` holds the lock, whatever happens. */
  function sectionsOf(taking: Taking): TSESTree.Node[] {
    if (taking.callback !== undefined) return [taking.callback.body];
    const statement = statementOf(taking.call);
    const block = statement?.parent;
    if (statement === undefined || block?.type !== 'BlockStatement') return [];
    const following = block.body.slice(block.body.findIndex(each => each === statement) + 1);
    const releaser = releaserNames(statement);
    const end = following.findIndex(each => mentionsRelease(each, taking, releaser));
    const last = following[end];
    if (last === undefined) return [];
    const before = following.slice(0, end);
    const isGuarded = last.type === 'TryStatement' && last.finalizer !== null && mentionsRelease(last.finalizer, taking, releaser);
    return isGuarded && !mentionsRelease(last.block, taking, releaser) ? [...before, last.block] : before;
  }

  /** Whether something in `node` may release: it names the releaser, or calls a method that releases such locks. */
  function mentionsRelease(node: TSESTree.Node, taking: Taking, releaser: ReadonlySet<string>): boolean {
    if (node.type === 'Identifier' && releaser.has(node.name)) return true;
    const name = node.type === 'CallExpression' ? memberName(node.callee) : undefined;
    const releases = taking.specification.release.some(
      way => ('receiverMethod' in way && way.receiverMethod === name) || ('method' in way && way.method === name),
    );
    if (name !== undefined && (releases || name === 'cancel')) return true;
    return childrenOf(node, sourceCode.visitorKeys).some(child => mentionsRelease(child, taking, releaser));
  }

  /** The acquires in `node`, which runs while `outer` is held. What `owner` returns is waited for. */
  function nestedIn(
    node: TSESTree.Node,
    outer: Taking,
    owner: FunctionNode | undefined,
    through: readonly FunctionNode[],
  ): NestedAcquire[] {
    if (isFunction(node) || isClass(node)) return [];
    const nested = childrenOf(node, sourceCode.visitorKeys).flatMap(child => nestedIn(child, outer, owner, through));
    if (node.type !== 'CallExpression' || !isAwaited(node, owner)) return nested;
    nested.push(...nestedInElements(node, outer, through));
    const taking = takings.get(node);
    const inner = taking === undefined ? nestedInCallee(node, outer, through) : isSame(outer, taking) ? node : undefined;
    if (inner === undefined) return nested;
    return [...nested, { call: node, inner, outer: outer.call, specification: outer.specification }];
  }

  /** The acquires for each element of a list that is waited for: `await Promise.all(items.map(async item => …))`. */
  function nestedInElements(call: TSESTree.CallExpression, outer: Taking, through: readonly FunctionNode[]): NestedAcquire[] {
    const [callback] = call.arguments;
    if (callback?.type !== 'ArrowFunctionExpression' || memberName(call.callee) !== 'map') return [];
    return unconditional(callback.body).flatMap(part => nestedIn(part, outer, callback, through));
  }

  /** The acquire of the same lock that every run of the callee comes to. */
  function nestedInCallee(
    call: TSESTree.CallExpression,
    outer: Taking,
    through: readonly FunctionNode[],
  ): CallNode | undefined {
    const callee = through.length < maximumDepth ? resolveCallee(call, variables) : undefined;
    if (callee === undefined || through.includes(callee) || contains(callee, outer.call)) return undefined;
    if (!isVisibleIn(outer, call, callee)) return undefined;
    for (const statement of unconditional(callee.body)) {
      const [first] = nestedIn(statement, outer, callee, [...through, callee]);
      if (first !== undefined) return first.inner;
      if (mentionsRelease(statement, outer, new Set())) return undefined;
    }
    return undefined;
  }

  /** Whether the name of the lock means the same lock in a function that is called in the section. */
  function isVisibleIn({ root }: Taking, call: TSESTree.CallExpression, callee: FunctionNode): boolean {
    if (root === undefined || root === 'global') return root === 'global';
    if ('type' in root) {
      const object = skipWrappers(call.callee);
      const isOwnMethod = object.type === 'MemberExpression' && skipWrappers(object.object).type === 'ThisExpression';
      return (isOwnMethod || callee.type === 'ArrowFunctionExpression') && classAround(callee.body) === root;
    }
    // A variable of the section's own function is another one in each of its calls.
    return contains(root.scope.block, callee) && root.defs[0]?.type !== 'Parameter';
  }
}

function isSame(outer: Taking, inner: Taking): boolean {
  return (
    outer.lock === inner.lock &&
    outer.root !== undefined &&
    outer.root === inner.root &&
    !(outer.isShared && inner.isShared)
  );
}

/** The parts of a function's body that each of its runs comes to, as far as no condition or loop stands before them. */
function unconditional(body: TSESTree.Node): TSESTree.Node[] {
  if (body.type !== 'BlockStatement') return [body];
  const parts: TSESTree.Node[] = [];
  for (const statement of body.body) {
    if (statement.type === 'TryStatement') parts.push(...unconditional(statement.block));
    else if (/^(?:If|Switch|For|While|DoWhile)/u.test(statement.type)) {
      // What may leave the function before the acquire makes it conditional.
      break;
    } else parts.push(statement);
  }
  return parts;
}

/** Whether the holder of the lock waits for the value of `call`: it is awaited, or `owner` returns it. */
function isAwaited(call: TSESTree.Node, owner: FunctionNode | undefined): boolean {
  for (let child = call, parent = call.parent; parent; child = parent, parent = parent.parent) {
    switch (parent.type) {
      case 'AwaitExpression':
        return true;
      case 'ReturnStatement':
        return owner !== undefined && ownerOf(parent) === owner;
      case 'ArrowFunctionExpression':
        return parent === owner && child === parent.body;
      case 'ArrayExpression':
      case 'ChainExpression':
      case 'ConditionalExpression':
      case 'LogicalExpression':
        break;
      case 'CallExpression':
        // `Promise.all([…])` waits for each of them.
        if (memberName(parent.callee) !== 'all' && memberName(parent.callee) !== 'allSettled') return false;
        break;
      default:
        return false;
    }
  }
  return false;
}

function classAround(node: TSESTree.Node): ClassNode | undefined {
  for (const ancestor of ancestorsOf(node)) if (isClass(ancestor)) return ancestor;
  return undefined;
}

/** The statement of a block, in the same function, that a node stands in. */
function statementOf(node: TSESTree.Node): TSESTree.Node | undefined {
  let statement = node;
  for (const ancestor of ancestorsOf(node)) {
    if (ancestor.type === 'BlockStatement') return statement;
    if (isFunction(ancestor)) return undefined;
    statement = ancestor;
  }
  return undefined;
}

/** The names that an acquiring statement declares. */
function releaserNames(statement: TSESTree.Node): Set<string> {
  const names = new Set<string>();
  if (statement.type !== 'VariableDeclaration') return names;
  for (const { id } of statement.declarations) {
    if (id.type === 'Identifier') names.add(id.name);
    if (id.type === 'ArrayPattern') for (const element of id.elements) if (element?.type === 'Identifier') names.add(element.name);
  }
  return names;
}
