import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { ClassModel } from '../../classes/class-model.js';
import type { Assumption, FunctionNode } from '../../findings.js';
import { childrenOf } from '../../syntax/children.js';
import { contains } from '../../syntax/contains.js';
import { isClass } from '../../syntax/functions.js';
import { propertyName } from '../../syntax/property-name.js';
import { returnedValues } from '../../syntax/returns.js';
import { inheritsMember } from '../../types/inherited-members.js';
import type { Types } from '../../types/types.js';
import type { Captures } from './captures.js';
import type { Guards } from './guards.js';
import type { FunctionHost, Host, InstanceHost } from './hosts.js';
import type { Holder, Leak, LeakKind, Running } from './leak.js';
import { leakAs } from './leak.js';

/** What a verdict rests on. */
export interface VerdictParts {
  readonly captures: Captures;
  readonly guards: Guards;
  readonly types: Types | undefined;
  readonly visitorKeys: TSESLint.SourceCode.VisitorKeys;
}

/** Something whose handle nobody uses, and the life that it was started for. */
export interface Forgotten {
  readonly running: Running;
  readonly holder: Holder;
  readonly host: Host;
}

/** How something that nobody stops outlives its host; undefined where it may, or where nobody can tell. */
export function leakOf({ running, holder, host }: Forgotten, parts: VerdictParts): Leak | undefined {
  const forgottenKind: LeakKind = holder.kind === 'nowhere' ? 'resultDropped' : 'neverStopped';
  switch (host.kind) {
    case 'program':
      return undefined;
    case 'effect':
      return returnsValue(host.around, parts.visitorKeys)
        ? undefined
        : leak('missingCleanup', [], { effect: host.around });
    case 'instance':
      return leakOfInstance(host);
    case 'event':
      return isGuarded(host.around) ? undefined : leak(forgottenKind, [runsAgain(host.around)]);
    case 'function':
      return isGuarded(host.around) ? undefined : leak(forgottenKind, assumptionsOfFunction(host));
  }

  function leakOfInstance({ model, method, disposers }: InstanceHost): Leak | undefined {
    if (holder.kind === 'field' && mayBeInherited(model, holder.name, parts.types)) return undefined;
    if (holder.kind === 'variable' && isOuter(holder, model)) return undefined;
    const elsewhere: Assumption[] = holder.kind === 'field' && !isPrivate(model, holder.name) ? [{ kind: 'noOtherFile' }] : [];
    const [disposer] = disposers;
    if (disposer !== undefined) {
      return leak('skippedByDisposer', [{ kind: 'instanceDies' }, ...elsewhere], { model, disposer });
    }
    if (method !== undefined && isGuarded(method.node)) return undefined;
    const isShape = isDecorated(model, parts.visitorKeys) || model.hasHiddenAncestors || !holdsInstance() || holder.kind === 'field';
    const doubt: Assumption = isShape ? { kind: 'shapeOnly' } : { kind: 'instanceDies' };
    return leak(forgottenKind, [doubt, ...elsewhere], { model });
  }

  function assumptionsOfFunction({ around, hasOneCaller }: FunctionHost): Assumption[] {
    // What one call of the file starts is, as a rule, started once.
    if (hasOneCaller) return [{ kind: 'shapeOnly' }];
    const holds = running.start.arguments.some(argument => parts.captures.holdsLocals(argument, around));
    return holds && !isSetUp(around) ? [runsAgain(around)] : [{ kind: 'shapeOnly' }];
  }

  function holdsInstance(): boolean {
    return running.start.arguments.some(argument => parts.captures.holdsThis(argument));
  }

  function isGuarded(around: FunctionNode): boolean {
    return parts.guards.isGuarded(running.start, around);
  }

  function leak(kind: LeakKind, assumptions: readonly Assumption[], more: Pick<Leak, 'disposer' | 'effect' | 'model'> = {}): Leak {
    return leakAs(kind, { running, holder, ...more }, assumptions);
  }
}

function runsAgain(node: TSESTree.Node): Assumption {
  return { kind: 'functionRunsAgain', node };
}

/** Functions that programs call once, by their names. */
const setUpName = /startup|^(?:main|run|bootstrap|boot|start|serve|init|initiali[sz]e|set_?up|install|register|activate|mount|launch)/iu;

function isSetUp(around: FunctionNode): boolean {
  const { parent } = around;
  const variable = parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id.name : undefined;
  const property = parent.type === 'Property' && parent.key.type === 'Identifier' ? parent.key.name : undefined;
  const name = around.id?.name ?? variable ?? property;
  const isCommand = around.params.some(parameter => parameter.type === 'Identifier' && parameter.name === 'argv');
  return name === undefined || isCommand || setUpName.test(name);
}

/** Whether an effect gives something to its framework: a clean-up function, as far as anybody can tell. */
function returnsValue(node: FunctionNode, visitorKeys: TSESLint.SourceCode.VisitorKeys): boolean {
  return returnedValues(node, visitorKeys).some(value => value !== null);
}

/** A variable around the class is shared by its instances. */
function isOuter({ variable }: Holder & { kind: 'variable' }, { node }: ClassModel): boolean {
  return !variable.defs.some(({ name }) => contains(node, name));
}

/** Frameworks make one instance of what they are told of by a decorator. */
function isDecorated({ node }: ClassModel, visitorKeys: TSESLint.SourceCode.VisitorKeys): boolean {
  return childrenOf(node, visitorKeys).some(({ type }) => type === 'Decorator');
}

/** Whether an ancestor that this file does not show may know the field. */
function mayBeInherited(model: ClassModel, name: string, types: Types | undefined): boolean {
  if (!model.hasHiddenAncestors || isPrivate(model, name)) return false;
  const { node } = model;
  return !isClass(node) || types === undefined || inheritsMember(types, node, name) !== false;
}

/** Whether no other class and no other file can name the field. */
function isPrivate({ node }: ClassModel, name: string): boolean {
  if (name.startsWith('#')) return true;
  return (
    isClass(node) &&
    node.body.body.some(
      member =>
        member.type === 'PropertyDefinition' && member.accessibility === 'private' && propertyName(member) === name,
    )
  );
}
