import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Classes, ClassModel } from '../../classes/class-model.js';
import type { Variables } from '../../scope/variables.js';
import { contains } from '../../syntax/contains.js';
import { descendantsOf } from '../../syntax/descendants.js';
import { isClass } from '../../syntax/functions.js';
import { propertyName } from '../../syntax/property-name.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import type { Container, ContainerForm } from './model.js';

interface CollectContext {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly variables: Variables;
  readonly classes: Classes;
}

/** The containers of a file that outlive a call: of the module, static ones, and fields of instances. */
export function collectContainers(context: CollectContext): Container[] {
  return [...moduleContainers(context), ...context.classes.all.flatMap(model => containersOfClass(model, context))];
}

function moduleContainers({ sourceCode, variables }: CollectContext): Container[] {
  const scopes = sourceCode.scopeManager?.scopes.filter(scope => scope.block.type === 'Program') ?? [];
  return scopes.flatMap(scope => scope.variables).flatMap((variable): Container[] => {
    const [definition] = variable.defs;
    if (variable.defs.length !== 1 || definition?.type !== 'Variable') return [];
    const { id, init, parent } = definition.node;
    const form = init === null ? undefined : formOf(init, variables);
    if (id.type !== 'Identifier' || init === null || form === undefined) return [];
    const isExported =
      parent.parent.type === 'ExportNamedDeclaration' ||
      variable.references.some(({ identifier }) => identifier.parent.type === 'ExportSpecifier');
    const uses = variable.references.flatMap(({ identifier, init: isInit }) =>
      identifier.type === 'Identifier' && isInit !== true && identifier.parent.type !== 'ExportSpecifier' ? [identifier] : [],
    );
    const outerName = isExported ? id.name : undefined;
    return [{ form, place: 'module', name: id.name, node: id, creation: init, outerName, model: undefined, uses }];
  });
}

function containersOfClass(model: ClassModel, context: CollectContext): Container[] {
  const declared = isClass(model.node) ? model.node.body.body.flatMap(member => declaredContainer(member, model, context)) : [];
  const assigned = [...model.fields].flatMap(field => assignedContainer(field, model, context) ?? []);
  return [...declared, ...assigned, ...symbolContainers(model, context)];
}

function declaredContainer(member: TSESTree.ClassElement, model: ClassModel, context: CollectContext): Container[] {
  if (member.type !== 'PropertyDefinition' || member.value === null) return [];
  const name = propertyName(member);
  const form = formOf(member.value, context.variables);
  if (name === undefined || form === undefined) return [];
  const isHidden = /^[#_]/u.test(name) || member.accessibility === 'private';
  const parts = { form, node: member.key, creation: member.value, outerName: isHidden ? undefined : name, model };
  if (member.static) {
    const className = model.name ?? 'this';
    return [{ ...parts, place: 'static', name: `${className}.${name}`, uses: staticUses(name, model, context) }];
  }
  return [{ ...parts, place: 'field', name: `this.${name}`, uses: usesOfField(name, model, context.classes) }];
}

/** A field that the constructor creates: `this.cache = new Map()`. */
function assignedContainer(field: string, model: ClassModel, { variables, classes }: CollectContext): Container | undefined {
  for (const { node, method } of model.usesOf(field)) {
    const creation = method?.kind === 'constructor' && contains(model.node, node) ? createdAt(node) : undefined;
    const form = creation === undefined ? undefined : formOf(creation, variables);
    if (creation === undefined || form === undefined) continue;
    const uses = usesOfField(field, model, classes).filter(use => use !== node);
    const outerName = /^[#_]/u.test(field) || isPrivateField(field, model) ? undefined : field;
    return { form, place: 'field', name: `this.${field}`, node, creation, outerName, model, uses };
  }
  return undefined;
}

function isPrivateField(field: string, { node }: ClassModel): boolean {
  return (
    isClass(node) &&
    node.body.body.some(
      member =>
        member.type === 'PropertyDefinition' && propertyName(member) === field && member.accessibility === 'private',
    )
  );
}

function createdAt(node: TSESTree.Node): TSESTree.Expression | undefined {
  const { parent } = node;
  return parent?.type === 'AssignmentExpression' && parent.left === node && parent.operator === '=' ? parent.right : undefined;
}

function usesOfField(field: string, model: ClassModel, classes: Classes): TSESTree.Expression[] {
  const heirs = classes.all.filter(each => each === model || descendsFrom(each, model));
  return [...new Set(heirs.flatMap(heir => heir.usesOf(field).map(({ node }) => node)))];
}

function descendsFrom({ superClass }: ClassModel, ancestor: ClassModel): boolean {
  return superClass !== undefined && (superClass === ancestor || descendsFrom(superClass, ancestor));
}

/** Fields under a symbol that the module knows by a name: `this[kClients] = new Map()`. */
function symbolContainers(model: ClassModel, context: CollectContext): Container[] {
  if (!context.sourceCode.text.includes('this[')) return [];
  const { sourceCode, variables, classes } = context;
  const uses = new Map<TSESLint.Scope.Variable, TSESTree.MemberExpression[]>();
  for (const method of model.methods) {
    for (const node of descendantsOf(method.node, sourceCode.visitorKeys)) {
      const symbol = symbolOf(node, variables);
      if (symbol === undefined || node.type !== 'MemberExpression' || classes.around(node) !== model) continue;
      const known = uses.get(symbol);
      if (known === undefined) uses.set(symbol, [node]);
      else if (!known.includes(node)) known.push(node);
    }
  }
  return [...uses].flatMap(([symbol, nodes]): Container[] => {
    const node = nodes.find(each => createdAt(each) !== undefined && isInConstructor(each, model));
    const creation = node && createdAt(node);
    const form = creation && formOf(creation, variables);
    if (node === undefined || creation === undefined || form === undefined) return [];
    const rest = nodes.filter(each => each !== node);
    const name = `[${symbol.name}]`;
    const outerName = isOwnSymbol(symbol) ? undefined : name;
    return [{ form, place: 'field', name: `this${name}`, node, creation, outerName, model, uses: rest }];
  });
}

function symbolOf(node: TSESTree.Node, variables: Variables): TSESLint.Scope.Variable | undefined {
  if (node.type !== 'MemberExpression' || !node.computed || node.object.type !== 'ThisExpression') return undefined;
  const variable = node.property.type === 'Identifier' ? variables.of(node.property) : undefined;
  return variable?.scope.block.type === 'Program' && variable.defs.length > 0 ? variable : undefined;
}

/** Whether the symbol is made in this file and stays in it. */
function isOwnSymbol({ defs, references }: TSESLint.Scope.Variable): boolean {
  const [definition] = defs;
  return (
    definition?.type === 'Variable' &&
    definition.node.init?.type === 'CallExpression' &&
    definition.parent.parent.type !== 'ExportNamedDeclaration' &&
    references.every(({ identifier, init }) => init === true || identifier.parent.type === 'MemberExpression' || 'key' in identifier.parent)
  );
}

function isInConstructor(node: TSESTree.Node, { methods }: ClassModel): boolean {
  return methods.some(({ kind, node: method }) => kind === 'constructor' && contains(method, node));
}

/** `Name.field`, `this.field` on the static side, `this.constructor.field`. */
function staticUses(name: string, model: ClassModel, { sourceCode, variables, classes }: CollectContext): TSESTree.Expression[] {
  const uses: TSESTree.Expression[] = [];
  for (const node of descendantsOf(sourceCode.ast, sourceCode.visitorKeys)) {
    if (node.type !== 'MemberExpression' || propertyName(node) !== name) continue;
    const object = skipWrappers(node.object);
    const isOfClass = object.type === 'Identifier' && definesClass(variables.of(object), model);
    const isOfThis = object.type === 'ThisExpression' && contains(model.node, node) && classes.around(node) === undefined;
    const isOfConstructor = object.type === 'MemberExpression' && propertyName(object) === 'constructor';
    if (isOfClass || isOfThis || isOfConstructor) uses.push(node);
  }
  return uses;
}

function definesClass(variable: TSESLint.Scope.Variable | undefined, { node }: ClassModel): boolean {
  return (
    variable?.defs.some(
      definition => definition.node === node || (definition.type === 'Variable' && definition.node.init === node),
    ) === true
  );
}

/** What kind of container an expression makes, empty or filled; an object with named properties has a fixed shape. */
function formOf(node: TSESTree.Expression, variables: Variables): ContainerForm | undefined {
  const expression = skipWrappers(node);
  switch (expression.type) {
    case 'ArrayExpression':
      return 'array';
    case 'ObjectExpression':
      return expression.properties.length === 0 ? 'record' : undefined;
    case 'CallExpression':
      return isEmptyObject(expression, variables) ? 'record' : undefined;
    case 'NewExpression': {
      const { callee } = expression;
      if (callee.type !== 'Identifier' || !variables.isUnshadowedGlobal(callee)) return undefined;
      return formsByName.get(callee.name);
    }
    default:
      return undefined;
  }
}

const formsByName: ReadonlyMap<string, ContainerForm> = new Map([
  ['Array', 'array'],
  ['Map', 'map'],
  ['Set', 'set'],
]);

/** `Object.create(null)`. */
function isEmptyObject({ callee, arguments: [prototype] }: TSESTree.CallExpression, variables: Variables): boolean {
  return (
    callee.type === 'MemberExpression' &&
    propertyName(callee) === 'create' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Object' &&
    variables.isUnshadowedGlobal(callee.object) &&
    prototype?.type === 'Literal' &&
    prototype.value === null
  );
}
