import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Handler, Registration } from '../analysis/retention/listeners/model.js';
import { variablesCapturedBy } from '../analysis/scope/captures.js';
import { createVariables } from '../analysis/scope/variables.js';
import { ancestorsOf } from '../analysis/syntax/ancestors.js';
import { contains } from '../analysis/syntax/contains.js';
import { isClass, isFunction } from '../analysis/syntax/functions.js';
import { propertyName } from '../analysis/syntax/property-name.js';
import { createLayout } from './layout.js';

type SourceCode = Readonly<TSESLint.SourceCode>;
type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** A handler with a name, so that what adds it and what takes it off can mean the same function. */
export interface NamedHandler {
  /** What names it: `this.boundConnect`, `onAbort`. */
  readonly name: string;
  /** The declaration of the name, and where it goes; undefined if it has one already. */
  readonly declaration: Insertion | undefined;
}

/** A text that goes to a place. */
export interface Insertion {
  readonly offset: number;
  readonly text: string;
}

/**
 * Keeps the new function of a registration in a field of its class.
 *
 * @returns null if it needs what only the place of the registration knows: its variables, or the types of its parameters
 */
export function handlerInField(sourceCode: SourceCode, { handler, event }: Registration): NamedHandler | null {
  const node = classAround(handler.node);
  const [first] = node?.body.body ?? [];
  if (node === undefined || first === undefined || !canMove(sourceCode, handler, variable => isOutside(variable, node))) {
    return null;
  }
  const plain = nameFor(handler, event.isLiteral ? event.name : undefined);
  if (plain === null) return null;
  const members = node.body.body.flatMap(memberNames);
  const name = members.some(each => each.startsWith('#')) ? `#${plain}` : plain;
  if (members.includes(name) || mentionsField(sourceCode, node, name)) return null;
  const layout = createLayout(sourceCode);
  const start = layout.startOf(first);
  const indent = layout.indentAt(start);
  const gap = first.type === 'PropertyDefinition' ? layout.newline : layout.newline.repeat(2);
  const text = `${name} = ${movedText(sourceCode, handler.node, indent)};${gap}${indent}`;
  return { name: `this.${name}`, declaration: { offset: start, text } };
}

/**
 * Keeps the new function of a registration in a constant before the statement that registers it, where `place` sees it
 * too. `textOf` gives the text of the function, if another edit changes it.
 *
 * @returns null if `place` stands elsewhere, or if something that the function needs is declared later
 */
export function handlerInConstant(
  sourceCode: SourceCode,
  { call, handler, event, sender }: Registration,
  place: TSESTree.Node,
  textOf = (node: TSESTree.Node): string => sourceCode.getText(node),
): NamedHandler | null {
  const anchor = statementBeside(call, place);
  const name = nameFor(handler, event.isLiteral ? event.name : undefined);
  if (anchor === undefined || name === null || place.range[0] < anchor.range[0]) return null;
  const isBefore = ({ defs, scope }: TSESLint.Scope.Variable): boolean =>
    contains(scope.block, anchor) &&
    defs.every(each => each.type !== 'Variable' || scope.type === 'module' || each.node.range[1] <= anchor.range[0]);
  if (!canMove(sourceCode, handler, isBefore) || isTaken(sourceCode, name, [call, place])) return null;
  // Outside of the condition that the sender is there, the compiler does not know that it is.
  const isOwnStatement = anchor.type === 'ExpressionStatement';
  if (!isOwnStatement && sourceCode.getText(handler.node).includes(sourceCode.getText(sender.node))) return null;
  const { indentAt, newline } = createLayout(sourceCode);
  const indent = indentAt(anchor.range[0]);
  const text = `const ${name} = ${movedText(sourceCode, handler.node, indent, textOf(handler.node))};${newline}${indent}`;
  return { name, declaration: { offset: anchor.range[0], text } };
}

/** Whether a handler means the same at another place where `isKnown` of its variables are known. */
function canMove(
  sourceCode: SourceCode,
  { kind, node }: Handler,
  isKnown: (variable: TSESLint.Scope.Variable) => boolean,
): boolean {
  if (kind !== 'fresh' || hasLongTemplate(sourceCode, node)) return false;
  if (node.type === 'ArrowFunctionExpression') {
    const keepsTypes = node.params.every(parameter => isTyped(sourceCode, parameter));
    return keepsTypes && variablesCapturedBy(sourceCode, node).every(isKnown);
  }
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || node.arguments.length !== 1) return false;
  const root = rootOf(node.callee.object);
  const [context] = node.arguments;
  const isBoundToThis = context?.type === 'ThisExpression' && root.type === 'ThisExpression';
  if (isBoundToThis) return true;
  const variable = root.type === 'Identifier' ? createVariables(sourceCode).of(root) : undefined;
  return context?.type === 'Identifier' && variable !== undefined && isKnown(variable) && sourceCode.getText(root) === context.name;
}

/** A parameter that is a function's first typed one loses its type with its place, unless the type is written out. */
function isTyped(sourceCode: SourceCode, parameter: TSESTree.Parameter): boolean {
  const isTypeScript = sourceCode.parserServices?.esTreeNodeToTSNodeMap !== undefined;
  return !isTypeScript || ('typeAnnotation' in parameter && parameter.typeAnnotation !== undefined);
}

function isOutside({ scope, defs }: TSESLint.Scope.Variable, node: ClassNode): boolean {
  return defs.length === 0 || (!contains(node, scope.block) && contains(scope.block, node));
}

function rootOf(node: TSESTree.Expression): TSESTree.Expression {
  return node.type === 'MemberExpression' ? rootOf(node.object) : node;
}

/** `boundConnect` for `this.connect.bind(this)`, `onTick` for another function. */
function nameFor({ node }: Handler, event: string | undefined): string | null {
  const bound = node.type === 'CallExpression' && node.callee.type === 'MemberExpression' ? node.callee.object : undefined;
  const method = bound?.type === 'MemberExpression' ? propertyName(bound)?.replace(/^#?_*/u, '') : undefined;
  if (method !== undefined) return `bound${capital(method)}`;
  const words = event?.split(/[^\p{L}\p{N}]+/u).filter(word => word !== '') ?? [];
  return words.length === 0 ? null : `on${words.map(capital).join('')}`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function isTaken(sourceCode: SourceCode, name: string, places: readonly TSESTree.Node[]): boolean {
  const variables = createVariables(sourceCode);
  return places.some(place => variables.named(name, place) !== undefined);
}

function mentionsField(sourceCode: SourceCode, node: ClassNode, name: string): boolean {
  return sourceCode.getText(node).includes(`.${name}`);
}

function memberNames(member: TSESTree.ClassElement): string[] {
  const name = 'key' in member ? propertyName(member) : undefined;
  return name === undefined ? [] : [name];
}

/** The statement that adds a listener, in the innermost block of its function that `place` is in too. */
function statementBeside(call: TSESTree.Node, place: TSESTree.Node): TSESTree.Statement | undefined {
  let statement: TSESTree.Node = call;
  for (const block of ancestorsOf(call)) {
    if ((block.type === 'BlockStatement' || block.type === 'Program') && contains(block, place)) {
      const isInBlock = block.body.some(each => each === statement);
      return isInBlock && isStatement(statement) ? statement : undefined;
    }
    if (isFunction(block)) return undefined;
    statement = block;
  }
  return undefined;
}

function isStatement(node: TSESTree.Node): node is TSESTree.ExpressionStatement | TSESTree.IfStatement {
  return node.type === 'ExpressionStatement' || node.type === 'IfStatement';
}

/** A text as it reads further left. */
function movedText(
  sourceCode: SourceCode,
  node: TSESTree.Node,
  indent: string,
  own = sourceCode.getText(node),
): string {
  const { indentAt } = createLayout(sourceCode);
  const former = indentAt(node.range[0]);
  const [first = '', ...others] = own.split('\n');
  return [first, ...others.map(line => (line.startsWith(former) ? indent + line.slice(former.length) : line))].join('\n');
}

function hasLongTemplate(sourceCode: SourceCode, node: TSESTree.Node): boolean {
  return sourceCode.getTokens(node).some(({ type, loc }) => type === 'Template' && loc.start.line !== loc.end.line);
}

/** The class whose instance is `this` at `node`. */
export function classAround(node: TSESTree.Node): ClassNode | undefined {
  for (const current of ancestorsOf(node)) {
    if (isClass(current)) return current;
    const isOwnThis = isFunction(current) && current.type !== 'ArrowFunctionExpression';
    if (!isOwnThis) continue;
    const { parent } = current;
    if (parent.type !== 'MethodDefinition' || parent.static) return undefined;
  }
  return undefined;
}
