import type { TSESTree } from '@typescript-eslint/utils';

import type { ClassModel, Method } from '../classes/class-model.js';
import type { Variables } from '../scope/variables.js';
import { contains } from '../syntax/contains.js';
import { functionAround } from '../syntax/functions.js';
import { memberName } from '../syntax/member-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';

/** The one thing that decides whether a loop goes on: `running`, `!this.#closed`. */
export interface Flag {
  /** As it is written. */
  readonly text: string;
  /** What sets it after it was declared. */
  readonly writes: readonly TSESTree.Node[];
  /** Whether the loop goes on while it has its first value. */
  readonly goesOn: boolean;
  /** Whether code out of sight may set it. */
  readonly isPublic: boolean;
}

/** The flag that a condition consists of; undefined if it is anything else, or its first value is not written out. */
export function flagOf(test: TSESTree.Expression, model: ClassModel | undefined, variables: Variables): Flag | undefined {
  const isNegated = test.type === 'UnaryExpression' && test.operator === '!';
  const node = skipWrappers(isNegated ? test.argument : test);
  const found =
    node.type === 'Identifier'
      ? ofVariable(node, variables)
      : node.type === 'MemberExpression' && node.object.type === 'ThisExpression'
        ? ofField(node, model)
        : undefined;
  return found && { text: found.text, writes: found.writes, isPublic: found.isPublic, goesOn: found.first !== isNegated };
}

interface Found extends Omit<Flag, 'goesOn'> {
  readonly first: boolean;
}

function ofVariable(node: TSESTree.Identifier, variables: Variables): Found | undefined {
  const variable = variables.of(node);
  const definition = variable?.defs[0];
  const first = definition?.type === 'Variable' ? booleanOf(definition.node.init) : undefined;
  // Other scripts see the variables of a script.
  if (variable?.defs.length !== 1 || first === undefined || variable.scope.type === 'global') return undefined;
  const writes = variable.references.flatMap(reference => (reference.isWrite() && reference.init !== true ? [reference.identifier] : []));
  return { text: node.name, writes, isPublic: false, first };
}

function ofField(node: TSESTree.MemberExpression, model: ClassModel | undefined): Found | undefined {
  const name = memberName(node);
  if (model === undefined || name === undefined || model.hasHiddenAncestors || model.node.body.type !== 'ClassBody') return undefined;
  const declared = model.node.body.body.find(member => member.type === 'PropertyDefinition' && !member.static && nameOf(member) === name);
  const first = declared?.type === 'PropertyDefinition' ? booleanOf(declared.value) : undefined;
  if (declared?.type !== 'PropertyDefinition' || first === undefined) return undefined;
  const writes = model.usesOf(name).flatMap(use => (isWritten(use.node) ? [use.node] : []));
  return { text: `this.${name}`, writes, isPublic: !name.startsWith('#') && declared.accessibility !== 'private', first };
}

function nameOf({ key }: TSESTree.PropertyDefinition): string | undefined {
  return key.type === 'Identifier' ? key.name : key.type === 'PrivateIdentifier' ? `#${key.name}` : undefined;
}

function isWritten(node: TSESTree.Node): boolean {
  const { parent } = node;
  return (
    (parent?.type === 'AssignmentExpression' && parent.left === node) || parent?.type === 'UpdateExpression' || parent?.type === 'Property'
  );
}

function booleanOf(node: TSESTree.Node | null): boolean | undefined {
  return node?.type === 'Literal' && typeof node.value === 'boolean' ? node.value : undefined;
}

/**
 * The condition under which an instance still lives, by what its disposers set: `!this.#closed` where one of them has
 * `this.#closed = true;`, `!this.#controller.signal.aborted` where it aborts.
 *
 * @param loop what is to end; what its own method sets before counts as the first value
 */
export function liveCondition(model: ClassModel, disposers: readonly Method[], loop: TSESTree.Node): string | undefined {
  for (const { node: disposer } of disposers) {
    if (disposer.body.type !== 'BlockStatement') continue;
    for (const statement of disposer.body.body) {
      const expression = statement.type === 'ExpressionStatement' ? skipWrappers(statement.expression) : undefined;
      const condition =
        expression?.type === 'AssignmentExpression'
          ? ofAssignment(expression)
          : expression?.type === 'CallExpression'
            ? ofAbort(expression)
            : undefined;
      if (condition !== undefined) return condition;
    }
  }
  return undefined;

  function ofAssignment({ left, right, operator }: TSESTree.AssignmentExpression): string | undefined {
    const value = booleanOf(right);
    const name = left.type === 'MemberExpression' && left.object.type === 'ThisExpression' ? memberName(left) : undefined;
    if (value === undefined || name === undefined || operator !== '=' || valueBefore(name) !== !value) return undefined;
    return value ? `!this.${name}` : `this.${name}`;
  }

  /** What the field has when the loop starts: by its declaration, or by an earlier statement of the same function. */
  function valueBefore(name: string): boolean | undefined {
    const set = model.usesOf(name).flatMap(({ node }) => {
      const { parent } = node;
      const isHere = functionAround(node) === functionAround(loop) && node.range[1] < loop.range[0];
      return isHere && parent.type === 'AssignmentExpression' && parent.left === node ? [booleanOf(parent.right)] : [];
    });
    return set.length > 0 ? set.at(-1) : booleanOf(declarationOf(name)?.value ?? null);
  }

  function declarationOf(name: string): TSESTree.PropertyDefinition | undefined {
    const members = model.node.body.type === 'ClassBody' ? model.node.body.body : [];
    return members.filter(member => member.type === 'PropertyDefinition').find(member => nameOf(member) === name);
  }

  function ofAbort({ callee }: TSESTree.CallExpression): string | undefined {
    const controller = callee.type === 'MemberExpression' && memberName(callee) === 'abort' ? skipWrappers(callee.object) : undefined;
    if (controller?.type !== 'MemberExpression' || controller.object.type !== 'ThisExpression') return undefined;
    const name = memberName(controller);
    const value = name === undefined ? undefined : declarationOf(name)?.value;
    const isController = value?.type === 'NewExpression' && value.callee.type === 'Identifier' && value.callee.name === 'AbortController';
    return isController && !contains(loop, value) ? `!this.${name ?? ''}.signal.aborted` : undefined;
  }
}
