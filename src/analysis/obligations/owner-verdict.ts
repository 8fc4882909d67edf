import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { ClassModel, Classes, Method } from '../classes/class-model.js';
import { terminalDisposersOf } from '../classes/disposers.js';
import { reachableMethods } from '../classes/reachable-methods.js';
import type { Model } from '../control-flow/model.js';
import type { Assumption, FindingKind, Obligation, Outcome } from '../findings.js';
import { confidenceOf } from '../findings.js';
import type { Variables } from '../scope/variables.js';
import { childrenOf } from '../syntax/children.js';
import { isClass, isFunction } from '../syntax/functions.js';
import { propertyName } from '../syntax/property-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import { inheritsMember } from '../types/inherited-members.js';
import type { Types } from '../types/types.js';
import type { FoundAcquire } from './acquires.js';
import type { Field } from './field-replacement.js';
import { replacementAssumptions } from './field-replacement.js';
import { factsOfField } from './field-uses.js';

/** What a verdict on the owner of a resource rests on. */
export interface OwnerContext {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly variables: Variables;
  readonly model: Model;
  readonly classes: Classes;
  readonly types: Types | undefined;
  /** Further names of terminal disposers. */
  readonly disposers: readonly string[];
}

/**
 * A resource that a function stores in a field of its class, which has to release it: in some method, in the terminal
 * disposer if that releases others, and before the field gets the next one. Any other outcome stays as it is.
 */
export function withOwner(context: OwnerContext, found: FoundAcquire, outcome: Outcome): Outcome {
  const field = outcome.kind === 'handedOver' ? fieldOf(context, found, outcome) : undefined;
  if (field === undefined || isOutOfSight(context, field)) {
    return outcome;
  }
  const facts = factsOfField(field.owner, field.name, found.site, context);
  const all = [facts, ...subclassesOf(context, field).map(model => factsOfField(model, field.name, found.site, context))];
  if (all.some(({ isHandedOn, isJoined }) => isHandedOn || isJoined)) {
    return outcome;
  }
  const { obligation } = outcome;
  const known = { ...obligation, field: field.name, releases: all.flatMap(({ releases }) => releases.map(({ node }) => node)) };
  if (known.releases.length > 0) {
    const assumptions = replacementAssumptions(context.sourceCode, field, facts);
    return assumptions === undefined ? outcome : reported(known, 'replaced', field.store, assumptions);
  }
  const disposers = terminalDisposersOf(field.owner, context.disposers);
  const reached = reachableMethods(field.owner, disposers);
  // `this.worker.postMessage('stop')` in a disposer asks the worker to end by itself.
  if (all.some(({ calls }) => calls.some(({ method }) => method !== undefined && reached.has(method)))) {
    return outcome;
  }
  const assumptions: Assumption[] = field.isPrivate ? [] : [{ kind: 'noOtherFile' }];
  const disposer = disposers.find(method => releasesOthers(context, field, method));
  if (disposer !== undefined) {
    return reported(known, 'missedByDisposer', keyOf(disposer), assumptions);
  }
  return disposers.length > 0 || isForLife(context, field)
    ? outcome
    : reported(known, 'neverReleasedByOwner', obligation.acquire, [...assumptions, { kind: 'instanceDies' }]);
}

function reported(
  obligation: Obligation,
  kind: FindingKind,
  witness: TSESTree.Node,
  assumptions: readonly Assumption[],
): Outcome {
  return {
    kind: 'reported',
    obligation,
    finding: {
      kind,
      obligation,
      witness,
      assumptions: [...assumptions],
      confidence: confidenceOf(assumptions),
      path: [{ kind: 'acquired', node: obligation.acquire }],
      others: [],
    },
  };
}

/** The field in which a resource ends up: `this.worker = worker`, `worker = new Worker(url)` in the class body. */
function fieldOf({ classes, model }: OwnerContext, { site }: FoundAcquire, outcome: Outcome & { kind: 'handedOver' }): Field | undefined {
  const { node, reason, obligation } = outcome;
  if (reason === 'storedInField' && node.type === 'MemberExpression') {
    const owner = classes.around(node);
    const name = propertyName(node);
    return owner === undefined || name === undefined || !owner.usesOf(name).some(use => use.node === node)
      ? undefined
      : { owner, name, store: node, isPrivate: isPrivate(owner, name) };
  }
  const { parent } = outermost(obligation.acquire);
  if (reason !== 'programLifetime' || parent?.type !== 'PropertyDefinition' || parent.static) {
    return undefined;
  }
  const owner = classes.of(parent.parent.parent);
  const name = propertyName(parent);
  return owner === undefined || name === undefined ? undefined : { owner, name, store: parent, isPrivate: isPrivate(owner, name) };

  /** `wrap(new Worker(url))` keeps the worker as `new Worker(url)` itself does. */
  function outermost(value: TSESTree.Node): TSESTree.Node {
    const { parent: outer } = value;
    const isWrapper = outer?.type === 'TSAsExpression' || outer?.type === 'TSNonNullExpression';
    const index = outer?.type === 'CallExpression' ? outer.arguments.findIndex(argument => argument === value) : -1;
    const isRetained = outer?.type === 'CallExpression' && index >= 0 && model.argumentEffect(outer, index, site) === 'retain';
    return isWrapper || isRetained ? outermost(outer) : value;
  }
}

function isPrivate({ node }: ClassModel, name: string): boolean {
  if (name.startsWith('#')) {
    return true;
  }
  return (
    isClass(node) &&
    node.body.body.some(
      member => member.type === 'PropertyDefinition' && member.accessibility === 'private' && propertyName(member) === name,
    )
  );
}

/** Whether a class that this file does not show, or code outside of all classes, may release what is in the field. */
function isOutOfSight({ sourceCode, variables, types }: OwnerContext, { owner, name, isPrivate: isHidden }: Field): boolean {
  if (isHidden) {
    return namesComputed(owner.node);
  }
  const mayBeInherited = owner.hasHiddenAncestors && !isForeign(owner) && !isOwnName(owner);
  return namesComputed(owner.node) || mayBeInherited || isNamedOutside(sourceCode.ast);

  /** Whether the classes above in other files have no member of that name, so that they do nothing with it. */
  function isOwnName({ node, superClass }: ClassModel): boolean {
    if (superClass !== undefined) {
      return isOwnName(superClass);
    }
    return types !== undefined && isClass(node) && inheritsMember(types, node, name) === false;
  }

  /** `this[key]` may be any field. */
  function namesComputed(node: TSESTree.Node): boolean {
    return (
      (node.type === 'MemberExpression' &&
        node.object.type === 'ThisExpression' &&
        node.computed &&
        propertyName(node) === undefined) ||
      childrenOf(node, sourceCode.visitorKeys).some(namesComputed)
    );
  }

  /** `host.worker.terminate()`. */
  function isNamedOutside(node: TSESTree.Node): boolean {
    const isOther =
      node.type === 'MemberExpression' &&
      propertyName(node) === name &&
      node.object.type !== 'ThisExpression' &&
      !owner.usesOf(name).some(use => use.node === node);
    return isOther || childrenOf(node, sourceCode.visitorKeys).some(isNamedOutside);
  }

  /** A class of a package knows nothing of the fields of those that extend it. */
  function isForeign({ node, superClass }: ClassModel): boolean {
    if (superClass !== undefined) {
      return isForeign(superClass);
    }
    const parent = isClass(node) && node.superClass !== null ? skipWrappers(node.superClass) : undefined;
    const root = parent?.type === 'MemberExpression' ? skipWrappers(parent.object) : parent;
    if (root?.type !== 'Identifier') {
      return false;
    }
    const definition = variables.of(root)?.defs[0];
    return definition?.type === 'ImportBinding'
      ? definition.parent.type === 'ImportDeclaration' && !/^[.#@~/]\/?/u.test(definition.parent.source.value)
      : variables.isUnshadowedGlobal(root);
  }
}

/** The classes of this file that extend the owner. */
function subclassesOf({ classes }: OwnerContext, { owner }: Field): ClassModel[] {
  const extendsOwner = ({ superClass }: ClassModel): boolean =>
    superClass !== undefined && (superClass === owner || extendsOwner(superClass));
  return classes.all.filter(extendsOwner);
}

/** Whether a disposer ends or clears something else that the instance has. */
function releasesOthers({ sourceCode }: OwnerContext, { owner, name }: Field, disposer: Method): boolean {
  const reached = [...reachableMethods(owner, [disposer])];
  return reached.some(method => touches(method.node.body));

  function touches(node: TSESTree.Node): boolean {
    const isCall = node.type === 'CallExpression' && namesOther(node);
    const isCleared =
      node.type === 'AssignmentExpression' &&
      node.left.type === 'MemberExpression' &&
      node.left.object.type === 'ThisExpression' &&
      propertyName(node.left) !== name &&
      (isNothing(node.right) || node.right.type === 'ArrayExpression');
    return isCall || isCleared || childrenOf(node, sourceCode.visitorKeys).some(touches);
  }

  /** `this.socket.close()`, `clearInterval(this.timer)`. */
  function namesOther(node: TSESTree.Node): boolean {
    return (
      (node.type === 'MemberExpression' &&
        node.object.type === 'ThisExpression' &&
        node.parent.type !== 'AssignmentExpression' &&
        !(node.parent.type === 'CallExpression' && node.parent.callee === node) &&
        propertyName(node) !== name) ||
      childrenOf(node, sourceCode.visitorKeys).some(namesOther)
    );
  }
}

function isNothing(node: TSESTree.Expression): boolean {
  return (node.type === 'Literal' && node.value === null) || (node.type === 'Identifier' && node.name === 'undefined');
}

/** Whether the class shows that its instances live as long as the program: a singleton, a service of a container. */
function isForLife({ sourceCode, variables }: OwnerContext, { owner: { node } }: Field): boolean {
  if (!isClass(node)) {
    return false;
  }
  // Compiled code decorates by a call.
  const isService =
    childrenOf(node, sourceCode.visitorKeys).some(({ type }) => type === 'Decorator') ||
    sourceCode.text.includes('__decorate(');
  const hasOneInstance = node.body.body.some(
    member =>
      (member.type === 'MethodDefinition' && member.kind === 'constructor' && member.accessibility === 'private') ||
      ((member.type === 'MethodDefinition' || member.type === 'PropertyDefinition') &&
        member.static &&
        /instance$/iu.test(propertyName(member) ?? '')),
  );
  return isService || hasOneInstance || isMadeByModule(sourceCode.ast);

  /** `export const decoder = new Decoder()`. */
  function isMadeByModule(part: TSESTree.Node): boolean {
    const callee = part.type === 'NewExpression' ? skipWrappers(part.callee) : undefined;
    const definition = callee?.type === 'Identifier' ? variables.of(callee)?.defs[0] : undefined;
    const made = definition?.type === 'Variable' ? definition.node.init : definition?.node;
    return made === node || (!isFunction(part) && childrenOf(part, sourceCode.visitorKeys).some(isMadeByModule));
  }
}

function keyOf({ node }: Method): TSESTree.Node {
  const { parent } = node;
  return parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition' || parent.type === 'Property' ? parent.key : node;
}
