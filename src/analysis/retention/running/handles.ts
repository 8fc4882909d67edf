import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Classes, ClassModel } from '../../classes/class-model.js';
import { nameOfKey } from '../../classes/methods.js';
import type { Variables } from '../../scope/variables.js';
import { propertyName } from '../../syntax/property-name.js';
import { isWrapper, skipWrappers } from '../../syntax/skip-wrappers.js';
import type { Holder } from './leak.js';

/** Answers where handles go. What leaves the sight of this file is undefined: somebody else may stop it. */
export interface Handles {
  /** Who keeps the value of `start`; undefined if it is handed on. */
  holderOf(start: TSESTree.Expression): Holder | undefined;
  /** Whether nothing that the holder's mentions do stops the handle or hands it on. */
  isForgotten(holder: Holder): boolean;
}

/** Methods of handles that neither stop nor hand on. */
const idleMethods: ReadonlySet<string> = new Set(['hasRef', 'observe', 'ref', 'refresh', 'takeRecords']);

/**
 * The handles of a file.
 *
 * @param membersByName every member access of the file, by the name of the member.
 */
export function createHandles(
  variables: Variables,
  classes: Classes,
  membersByName: ReadonlyMap<string, readonly TSESTree.MemberExpression[]>,
): Handles {
  return { holderOf, isForgotten };

  function holderOf(node: TSESTree.Expression): Holder | undefined {
    const { parent } = node;
    if (isWrapper(parent)) return holderOf(parent);
    switch (parent.type) {
      case 'AwaitExpression':
        return holderOf(parent);
      case 'ExpressionStatement':
        return { kind: 'nowhere' };
      case 'UnaryExpression':
        return parent.operator === 'void' ? { kind: 'nowhere' } : undefined;
      case 'SequenceExpression':
        return parent.expressions.at(-1) === node ? holderOf(parent) : { kind: 'nowhere' };
      case 'LogicalExpression':
        return parent.right === node ? holderOf(parent) : undefined;
      case 'ConditionalExpression':
        return parent.test === node ? undefined : holderOf(parent);
      case 'MemberExpression':
        return isIdleCall(parent, node) ? holderOfCall(parent.parent) : undefined;
      case 'VariableDeclarator':
        return parent.id.type === 'Identifier' ? variableHolder(parent.id) : undefined;
      case 'AssignmentExpression':
        return parent.right === node && parent.operator !== '&&=' && isStatement(parent) ? assigned(parent.left) : undefined;
      case 'PropertyDefinition':
        return fieldHolder(parent);
      default:
        return undefined;
    }
  }

  /** `new ResizeObserver(report).observe(element)` keeps nothing. */
  function holderOfCall(call: TSESTree.Node): Holder | undefined {
    const holder = call.type === 'CallExpression' ? holderOf(call) : undefined;
    return holder?.kind === 'nowhere' ? holder : undefined;
  }

  function assigned(target: TSESTree.Expression): Holder | undefined {
    const left = skipWrappers(target);
    if (left.type === 'Identifier') return variableHolder(left);
    const name = left.type === 'MemberExpression' ? propertyName(left) : undefined;
    if (name === undefined) return undefined;
    const model = classes.all.find(each => each.usesOf(name).some(use => use.node === left));
    return model && { kind: 'field', model, name };
  }

  function variableHolder(identifier: TSESTree.Identifier): Holder | undefined {
    const variable = variables.of(identifier);
    const definition = variable?.defs[0];
    if (variable === undefined || definition?.type !== 'Variable') return undefined;
    return definition.parent.parent.type === 'ExportNamedDeclaration' ? undefined : { kind: 'variable', variable };
  }

  function fieldHolder(definition: TSESTree.PropertyDefinition): Holder | undefined {
    const name = nameOfKey(definition);
    const model = classes.of(definition.parent.parent);
    return name === undefined || model === undefined || definition.static ? undefined : { kind: 'field', model, name };
  }

  function isForgotten(holder: Holder): boolean {
    switch (holder.kind) {
      case 'nowhere':
        return true;
      case 'variable':
        return isIdleVariable(holder.variable);
      case 'field':
        return isIdleField(holder.model, holder.name);
    }
  }

  function isIdleVariable(variable: TSESLint.Scope.Variable): boolean {
    return variable.references.every(
      ({ identifier, init }) => init === true || (identifier.type === 'Identifier' && isIdle(identifier)),
    );
  }

  /** Uses in this class and in those that extend it here; a member of the same name of anything else counts as well. */
  function isIdleField(model: ClassModel, name: string): boolean {
    const own = new Set<TSESTree.Node>();
    for (const related of classes.all.filter(each => isRelated(each, model))) {
      for (const { node, method } of related.usesOf(name)) {
        own.add(node);
        if (node.type === 'Identifier' && (method === undefined || !isIdleDestructuring(node))) return false;
        if (node.type === 'MemberExpression' && !isIdle(node)) return false;
      }
    }
    return (membersByName.get(name) ?? []).every(member => own.has(member) || isIdle(member));
  }

  function isIdleDestructuring(identifier: TSESTree.Identifier): boolean {
    const variable = variables.of(identifier);
    return variable !== undefined && isIdleVariable(variable);
  }

  /** Whether what stands around the mention of a handle does nothing with it. */
  function isIdle(node: TSESTree.Expression): boolean {
    const { parent } = node;
    if (isWrapper(parent)) return isIdle(parent);
    switch (parent.type) {
      case 'LogicalExpression':
        return isIdle(parent);
      case 'BinaryExpression':
      case 'ExpressionStatement':
      case 'IfStatement':
      case 'TemplateLiteral':
      case 'UnaryExpression':
      case 'WhileStatement':
        return true;
      case 'ConditionalExpression':
        return parent.test === node || isIdle(parent);
      case 'AssignmentExpression':
        return parent.left === node && isStatement(parent);
      case 'VariableDeclarator':
        return parent.init === node && parent.id.type === 'Identifier' && isIdleDestructuring(parent.id);
      case 'MemberExpression':
        return isIdleCall(parent, node);
      default:
        return false;
    }
  }
}

/** Whether a member of the handle is called that neither stops it nor hands it on. */
function isIdleCall(member: TSESTree.MemberExpression, handle: TSESTree.Expression): boolean {
  const name = propertyName(member);
  const isCalled = member.parent.type === 'CallExpression' && member.parent.callee === member;
  return member.object === handle && isCalled && name !== undefined && idleMethods.has(name);
}

/** Whether nobody uses the value of an assignment. */
function isStatement({ parent }: TSESTree.Expression): boolean {
  return parent.type === 'ExpressionStatement' || (parent.type === 'ChainExpression' && isStatement(parent));
}

/** Whether one class is, or extends, the other. */
function isRelated(one: ClassModel, other: ClassModel): boolean {
  return extendsOrIs(one, other) || extendsOrIs(other, one);
}

function extendsOrIs(model: ClassModel | undefined, ancestor: ClassModel): boolean {
  return model !== undefined && (model === ancestor || extendsOrIs(model.superClass, ancestor));
}
