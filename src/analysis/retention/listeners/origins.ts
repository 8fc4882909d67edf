import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { ClassModel, FieldUse } from '../../classes/class-model.js';
import type { FunctionNode } from '../../findings.js';
import type { Variables } from '../../scope/variables.js';
import { functionAround, isFunction } from '../../syntax/functions.js';
import { propertyName } from '../../syntax/property-name.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import type { Keys } from './keys.js';
import type { SenderOrigin } from './model.js';

/** Tells where the thing that an expression refers to comes from. */
export interface Origins {
  of(node: TSESTree.Expression): SenderOrigin;
}

const maximumDepth = 6;

/** Calls that give something which others have too. All others are taken to give something new. */
const sharing = /^(?:get|use|find|lookup|resolve|shared|current|ensure|acquire|inject|require|connect$|instance)|instance$|^of$/iu;

/** The origins of what the file names. What cannot be followed is `unknown`. */
export function createOrigins(variables: Variables, keys: Keys): Origins {
  return { of: node => originOf(node, 0) };

  function originOf(node: TSESTree.Expression, depth: number): SenderOrigin {
    if (depth > maximumDepth) return 'unknown';
    const expression = skipWrappers(node);
    switch (expression.type) {
      case 'ThisExpression':
      case 'Super':
        return 'self';
      case 'NewExpression':
        return 'created';
      case 'AwaitExpression':
        return originOf(expression.argument, depth + 1);
      case 'AssignmentExpression':
        return originOf(expression.right, depth + 1);
      case 'CallExpression':
        return isSharing(expression) ? 'unknown' : 'created';
      case 'ConditionalExpression':
        return eitherOf(originOf(expression.consequent, depth + 1), originOf(expression.alternate, depth + 1));
      case 'LogicalExpression':
        return expression.operator === '&&'
          ? originOf(expression.right, depth + 1)
          : eitherOf(originOf(expression.left, depth + 1), originOf(expression.right, depth + 1));
      case 'Identifier':
        return variables.isUnshadowedGlobal(expression) ? 'global' : originOfVariable(expression, depth);
      case 'MemberExpression':
        return originOfMember(expression, [], depth);
      default:
        return 'unknown';
    }
  }

  /** The origin of `member.path`. */
  function originOfMember(
    member: TSESTree.MemberExpression,
    path: readonly (string | undefined)[],
    depth: number,
  ): SenderOrigin {
    const object = skipWrappers(member.object);
    const name = propertyName(member);
    if (object.type === 'MemberExpression') return originOfMember(object, [name, ...path], depth);
    const isOfInstance = object.type === 'ThisExpression' || (object.type === 'Identifier' && keys.of(object)?.endsWith(':this'));
    if (!isOfInstance) return originOf(object, depth + 1);
    const model = keys.classAround(member);
    return model === undefined || name === undefined ? 'unknown' : originOfField(model, name, path, depth + 1);
  }

  function originOfField(
    model: ClassModel,
    name: string,
    path: readonly (string | undefined)[],
    depth: number,
  ): SenderOrigin {
    const uses = model.usesOf(name);
    const longer = uses.flatMap(use => assignedBelow(use, path));
    const values = [...uses.flatMap(use => assignedAt(use)), ...declaredValues(model, name)];
    const isParameter = uses.some(({ node }) => node.parent.type === 'TSParameterProperty');
    const origins = [
      ...(isParameter ? (['injected'] as const) : []),
      ...[...longer, ...values].flatMap(value => (isAbsent(value) ? [] : [originOfPart(value, path, depth)])),
    ].map(origin => fieldOrigins[origin]);
    const [first = 'unknown'] = origins;
    return origins.reduce(eitherOf, first);
  }

  /** The origin of `value.path`, where `value` may be an object that is written out. */
  function originOfPart(
    value: TSESTree.Expression,
    path: readonly (string | undefined)[],
    depth: number,
  ): SenderOrigin {
    const expression = skipWrappers(value);
    const [name, ...rest] = path;
    if (expression.type !== 'ObjectExpression' || path.length === 0) return originOf(expression, depth + 1);
    for (const property of expression.properties.toReversed()) {
      if (property.type === 'Property' && propertyName(property) === name && isValue(property.value)) {
        return isAbsent(property.value) ? 'created' : originOfPart(property.value, rest, depth + 1);
      }
      const isOther = property.type === 'SpreadElement' && skipWrappers(property.argument).type !== 'MemberExpression';
      if (isOther) return originOf(property.argument, depth + 1);
    }
    return 'created';
  }

  function originOfVariable(node: TSESTree.Identifier, depth: number): SenderOrigin {
    const variable = variables.of(node);
    const [definition] = variable?.defs ?? [];
    if (variable === undefined || definition === undefined || variable.defs.length > 1) return 'unknown';
    switch (definition.type) {
      case 'ImportBinding':
        return 'module';
      case 'ClassName':
        return 'module';
      case 'Parameter':
        return originOfArguments(definition, depth) ?? originOfParameter(definition.node);
      case 'Variable': {
        if (variable.scope.type === 'module' || variable.scope.type === 'global') return 'module';
        const { init } = definition.node;
        const isAssigned = variable.references.some(reference => reference.isWrite() && !reference.init);
        if (init === null || isAssigned) return 'unknown';
        const origin = definition.node.id.type === 'Identifier' ? originOf(init, depth + 1) : originOfSource(init, depth);
        return origin === 'created' && functionAround(node) !== functionAround(definition.name) ? 'unknown' : origin;
      }
      default:
        return 'unknown';
    }
  }

  /** The origin of what the calls of a function of this file pass, if it is called here alone. */
  function originOfArguments({ node, name }: TSESLint.Scope.Definition, depth: number): SenderOrigin | undefined {
    const index = isFunction(node) ? node.params.findIndex(parameter => parameter === name) : -1;
    const calls = isFunction(node) && index !== -1 ? callsOf(node) : undefined;
    const origins = calls?.map(call => {
      const argument = call?.arguments[index];
      return argument === undefined || argument.type === 'SpreadElement' ? 'unknown' : originOf(argument, depth + 1);
    });
    const [first] = origins ?? [];
    return first === undefined ? undefined : origins?.reduce(eitherOf, first);
  }

  /** Where a function is mentioned, as calls, if no other file can call it: it is not exported, or a private method. */
  function callsOf(node: FunctionNode): (TSESTree.CallExpression | undefined)[] | undefined {
    const { parent } = node;
    if (parent.type === 'MethodDefinition') {
      const isPrivate = parent.accessibility === 'private' || parent.key.type === 'PrivateIdentifier';
      const method = isPrivate ? propertyName(parent) : undefined;
      const uses = method === undefined ? undefined : keys.classAround(node.body)?.usesOf(method);
      return uses?.map(use => callOf(use.node));
    }
    const declared = nameOf(node);
    const variable = declared === undefined ? undefined : variables.of(declared);
    if (variable?.defs.length !== 1 || isExported(variable)) return undefined;
    return variable.references.flatMap(({ identifier, init }) => (init === true ? [] : [callOf(identifier)]));
  }

  /** What is taken out of a fresh result by a pattern need not be fresh. */
  function originOfSource(init: TSESTree.Expression, depth: number): SenderOrigin {
    const origin = originOf(init, depth + 1);
    return origin === 'created' || origin === 'global' ? 'unknown' : origin;
  }
}

function nameOf(node: FunctionNode): TSESTree.Identifier | undefined {
  if (node.type === 'FunctionDeclaration') return node.id ?? undefined;
  const { parent } = node;
  return parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id : undefined;
}

function isExported({ defs, references }: TSESLint.Scope.Variable): boolean {
  return (
    defs.some(({ node }) => {
      const statement = node.type === 'VariableDeclarator' ? node.parent : node;
      return statement.parent.type.startsWith('Export');
    }) || references.some(({ identifier, init }) => init !== true && callOf(identifier) === undefined)
  );
}

function callOf(node: TSESTree.Node): TSESTree.CallExpression | undefined {
  const { parent } = node;
  return parent?.type === 'CallExpression' && parent.callee === node ? parent : undefined;
}

/** A parameter of a callback gets whatever its caller makes; that of a function with a name is shared with the caller. */
function originOfParameter(owner: TSESTree.Node): SenderOrigin {
  if (!isFunction(owner)) return 'unknown';
  const { parent } = owner;
  if (parent.type === 'MethodDefinition') return parent.kind === 'constructor' ? 'injected' : 'argument';
  const isNamed =
    owner.type === 'FunctionDeclaration' ||
    parent.type === 'VariableDeclarator' ||
    parent.type === 'PropertyDefinition' ||
    parent.type === 'Property' ||
    parent.type === 'ReturnStatement' ||
    parent.type === 'ExportDefaultDeclaration' ||
    (parent.type === 'AssignmentExpression' && parent.right === owner);
  return isNamed ? 'argument' : 'unknown';
}

/** What a value of an origin is once it is in a field. */
const fieldOrigins: Record<SenderOrigin, SenderOrigin> = {
  self: 'owned',
  created: 'owned',
  owned: 'owned',
  argument: 'injected',
  injected: 'injected',
  module: 'module',
  global: 'global',
  unknown: 'unknown',
};

/** Of two possible origins the longer lived one, if both are known. */
function eitherOf(left: SenderOrigin, right: SenderOrigin): SenderOrigin {
  if (left === 'unknown' || right === 'unknown') return 'unknown';
  return order.indexOf(left) > order.indexOf(right) ? left : right;
}

const order: readonly SenderOrigin[] = ['self', 'created', 'owned', 'argument', 'injected', 'module', 'global'];

function isSharing(call: TSESTree.CallExpression): boolean {
  const callee = skipWrappers(call.callee);
  if (callee.type === 'Identifier') return sharing.test(callee.name);
  if (callee.type !== 'MemberExpression') return true;
  const name = propertyName(callee);
  return name === undefined || sharing.test(name);
}

/** The values that are assigned to `this.field`. */
function assignedAt({ node }: FieldUse): TSESTree.Expression[] {
  const { parent } = node;
  return parent.type === 'AssignmentExpression' && parent.left === node ? [parent.right] : [];
}

/** The values that are assigned to `this.field.path`. */
function assignedBelow({ node }: FieldUse, path: readonly (string | undefined)[]): TSESTree.Expression[] {
  const target = path.length === 0 ? undefined : partOf(node, path);
  const parent = target?.parent;
  return parent?.type === 'AssignmentExpression' && parent.left === target ? [parent.right] : [];
}

/** The expression `node.path`, if `node` stands at its start. */
function partOf(node: TSESTree.Node, [name, ...rest]: readonly (string | undefined)[]): TSESTree.Node | undefined {
  if (name === undefined) return node;
  const { parent } = node;
  const isPart = parent?.type === 'MemberExpression' && parent.object === node && propertyName(parent) === name;
  return isPart ? partOf(parent, rest) : undefined;
}

function declaredValues({ node }: ClassModel, name: string): TSESTree.Expression[] {
  if (isFunction(node)) return [];
  return node.body.body.flatMap(member =>
    member.type === 'PropertyDefinition' && !member.static && propertyName(member) === name && member.value !== null
      ? [member.value]
      : [],
  );
}

function isAbsent(node: TSESTree.Expression): boolean {
  const expression = skipWrappers(node);
  return (
    (expression.type === 'Literal' && expression.value === null) ||
    (expression.type === 'Identifier' && expression.name === 'undefined') ||
    (expression.type === 'UnaryExpression' && expression.operator === 'void')
  );
}

function isValue(node: TSESTree.Property['value']): node is TSESTree.Expression {
  return node.type !== 'AssignmentPattern' && node.type !== 'TSEmptyBodyFunctionExpression';
}
