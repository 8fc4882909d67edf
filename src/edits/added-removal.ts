import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { BackReference, Registration } from '../analysis/retention/listeners/model.js';
import { ancestorsOf } from '../analysis/syntax/ancestors.js';
import { childrenOf } from '../analysis/syntax/children.js';
import { isClass, isFunction } from '../analysis/syntax/functions.js';
import { listeningMethods } from '../analysis/value-flow/registering-methods.js';
import { handlerInConstant, handlerInField } from './hoisted-handler.js';
import type { NamedHandler } from './hoisted-handler.js';
import { createLayout } from './layout.js';

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * Takes a listener off in the disposer that leaves it: beside its siblings, or first of all.
 *
 * @returns null if the disposer cannot name the sender, the event or the handler
 */
export function removalInDisposer(
  sourceCode: SourceCode,
  { registration, witness }: BackReference,
): TSESLint.ReportFixFunction | null {
  const named = namedInField(sourceCode, registration);
  const sender = reachableText(sourceCode, registration.sender.node);
  const event = registration.call.arguments[0];
  const place = isFunction(witness) ? startOf(sourceCode, witness) : afterStatement(sourceCode, witness);
  if (named === null || sender === undefined || event === undefined || place === null || !isCommon(registration)) {
    return null;
  }
  if (reachableText(sourceCode, event) === undefined) return null;
  const sibling = isFunction(witness) ? undefined : methodOf(witness);
  const statement = removalText(sourceCode, registration, named.name, sibling);
  return fixer => [...renamed(fixer, registration, named), fixer.insertTextBeforeRange([place.offset, place.offset], place.around(statement))];
}

/**
 * Takes a listener off in a `finally` around all that follows it in its function.
 *
 * @returns null if what follows declares functions, or returns a promise without waiting for it
 */
export function removalInFinally(
  sourceCode: SourceCode,
  { registration, witness }: BackReference,
): TSESLint.ReportFixFunction | null {
  const { call, handler } = registration;
  const statement = [...ancestorsOf(call)].find(each => each.parent?.type === 'BlockStatement');
  if (!isFunction(witness) || !witness.async || statement?.parent !== witness.body || !isCommon(registration)) return null;
  if (witness.body.type !== 'BlockStatement') return null;
  const rest = witness.body.body.slice(witness.body.body.findIndex(each => each === statement) + 1);
  const [first] = rest;
  const last = rest.at(-1);
  if (first === undefined || last === undefined || !rest.every(each => canStandInTry(sourceCode, each))) return null;
  const layout = createLayout(sourceCode);
  if (!layout.ownLines(first, last) || hasLongTemplate(sourceCode, rest)) return null;
  const named =
    handler.kind === 'named'
      ? { name: sourceCode.getText(handler.node), declaration: undefined }
      : handlerInConstant(sourceCode, registration, last);
  if (named === null) return null;
  const indent = layout.indentAt(statement.range[0]);
  const unit = layout.unitOf(witness.body);
  const start = layout.lineStart(layout.startOf(first));
  const end = layout.endOf(last);
  const body = sourceCode.text.slice(start, end).replaceAll(/^(?=[ \t]*\S)/gmu, unit);
  const removal = `${indent}${unit}${removalText(sourceCode, registration, named.name, undefined, true)}`;
  const lines = [`${indent}try {`, body, `${indent}} finally {`, removal, `${indent}}`];
  return fixer => [
    ...renamed(fixer, registration, named),
    fixer.replaceTextRange([start, end], lines.join(layout.newline)),
  ];
}

/**
 * Returns a function from an effect that takes the listener off.
 *
 * @returns null if the listener is not added by a statement of the effect, or the handler cannot get a name there
 */
export function removalReturned(
  sourceCode: SourceCode,
  { registration, witness }: BackReference,
): TSESLint.ReportFixFunction | null {
  const { call, handler } = registration;
  if (!isFunction(witness) || witness.body.type !== 'BlockStatement' || !isCommon(registration)) return null;
  const { body } = witness;
  const last = body.body.at(-1);
  if (last === undefined || last.type === 'ReturnStatement' || !body.body.some(each => each.type === 'ExpressionStatement' && each.expression === call)) {
    return null;
  }
  const named =
    handler.kind === 'named'
      ? { name: sourceCode.getText(handler.node), declaration: undefined }
      : handlerInConstant(sourceCode, registration, last);
  if (named === null) return null;
  const { endOf, indentAt, newline, semicolon, unitOf } = createLayout(sourceCode);
  const indent = indentAt(last.range[0]);
  const removal = `${indent}${unitOf(body)}${removalText(sourceCode, registration, named.name, undefined)}`;
  const lines = ['', `${indent}return () => {`, removal, `${indent}}${semicolon}`];
  const end = endOf(last);
  return fixer => [...renamed(fixer, registration, named), fixer.insertTextAfterRange([end, end], lines.join(newline))];
}

function namedInField(sourceCode: SourceCode, registration: Registration): NamedHandler | null {
  const { handler } = registration;
  if (handler.kind !== 'named') return handlerInField(sourceCode, registration);
  const name = reachableText(sourceCode, handler.node);
  return name === undefined ? null : { name, declaration: undefined };
}

/** The text of an expression that means the same in every method: it starts at `this`, or at the top of the module. */
function reachableText(sourceCode: SourceCode, node: TSESTree.Node): string | undefined {
  switch (node.type) {
    case 'Literal':
    case 'ThisExpression':
      return sourceCode.getText(node);
    case 'Identifier': {
      const scopes = sourceCode.scopeManager?.scopes ?? [];
      const reference = scopes.flatMap(({ references }) => references).find(({ identifier }) => identifier === node);
      const isOfModule = reference?.resolved == null || ['global', 'module'].includes(reference.resolved.scope.type);
      return isOfModule ? node.name : undefined;
    }
    case 'ChainExpression':
      return reachableText(sourceCode, node.expression) === undefined ? undefined : sourceCode.getText(node);
    case 'MemberExpression': {
      const isReachable = reachableText(sourceCode, node.object) !== undefined;
      return isReachable && !node.computed ? sourceCode.getText(node) : undefined;
    }
    default:
      return undefined;
  }
}

/** Whether a listener is added by one of the methods of which the counterpart is known: an event, then a handler. */
function isCommon({ method, call: { arguments: [, second] } }: Registration): boolean {
  return second !== undefined && listeningMethods.has(method);
}

interface Place {
  readonly offset: number;
  around(statement: string): string;
}

/** Before the first statement of a function. */
function startOf(sourceCode: SourceCode, { body }: TSESTree.Node & { body: TSESTree.Node }): Place | null {
  if (body.type !== 'BlockStatement') return null;
  const { indentAt, newline, startOf: firstOf } = createLayout(sourceCode);
  const [first] = body.body;
  if (first === undefined) return null;
  const offset = firstOf(first);
  return { offset, around: statement => `${statement}${newline}${indentAt(offset)}` };
}

/** After the statement that takes another one off. */
function afterStatement(sourceCode: SourceCode, call: TSESTree.Node): Place | null {
  const statement = [...ancestorsOf(call)].find(({ type }) => type === 'ExpressionStatement');
  if (statement?.parent?.type !== 'BlockStatement') return null;
  const { indentAt, newline, endOf } = createLayout(sourceCode);
  return {
    offset: endOf(statement),
    around: text => `${newline}${indentAt(statement.range[0])}${text}`,
  };
}

function methodOf(call: TSESTree.Node): string | undefined {
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return undefined;
  return call.callee.property.type === 'Identifier' ? call.callee.property.name : undefined;
}

/** The statement that takes the listener off; `isGuarded` where the sender may not be there. */
export function removalText(
  sourceCode: SourceCode,
  { call, method, capture, sender }: Registration,
  handler: string,
  sibling: string | undefined,
  isGuarded = false,
): string {
  const [event] = call.arguments;
  const isTarget = method === 'addEventListener';
  const name = isTarget ? 'removeEventListener' : sibling === 'removeListener' ? 'removeListener' : 'off';
  const parts = [event === undefined ? '' : sourceCode.getText(event), handler];
  if (isTarget && capture === true) parts.push('true');
  const { callee } = call;
  const isOptional = callee.type === 'MemberExpression' && (callee.optional || (isGuarded && isInCondition(call)));
  const prefix = callee.type === 'MemberExpression' ? `${sourceCode.getText(sender.node)}${isOptional ? '?.' : '.'}` : '';
  return `${prefix}${name}(${parts.join(', ')})${createLayout(sourceCode).semicolon}`;
}

function isInCondition(call: TSESTree.Node): boolean {
  for (const each of ancestorsOf(call)) {
    if (each.type === 'IfStatement' || each.type === 'LogicalExpression' || each.type === 'ConditionalExpression') return true;
    if (each.type === 'ExpressionStatement' && each.parent.type !== 'IfStatement' && each.parent.type !== 'BlockStatement') return false;
    if (isFunction(each)) return false;
  }
  return false;
}

function renamed(
  fixer: TSESLint.RuleFixer,
  { handler }: Registration,
  { name, declaration }: NamedHandler,
): TSESLint.RuleFix[] {
  if (declaration === undefined) return [];
  return [
    fixer.insertTextBeforeRange([declaration.offset, declaration.offset], declaration.text),
    fixer.replaceText(handler.node, name),
  ];
}

/** Whether a statement may stand inside `try`: nothing it declares is seen outside, and no promise is returned unawaited. */
function canStandInTry(sourceCode: SourceCode, statement: TSESTree.Statement): boolean {
  const declares = statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration';
  const isVar = statement.type === 'VariableDeclaration' && statement.kind === 'var';
  return !declares && !isVar && returnsOnlyValues(sourceCode, statement);
}

function returnsOnlyValues(sourceCode: SourceCode, node: TSESTree.Node): boolean {
  if (isFunction(node) || isClass(node)) return true;
  if (node.type === 'ReturnStatement') return node.argument === null || settled.has(node.argument.type);
  return childrenOf(node, sourceCode.visitorKeys).every(child => returnsOnlyValues(sourceCode, child));
}

/** Expressions that give no promise. */
const settled: ReadonlySet<string> = new Set([
  'ArrayExpression',
  'AwaitExpression',
  'BinaryExpression',
  'Literal',
  'ObjectExpression',
  'TemplateLiteral',
  'UnaryExpression',
]);

function hasLongTemplate(sourceCode: SourceCode, nodes: readonly TSESTree.Node[]): boolean {
  return nodes
    .flatMap(node => sourceCode.getTokens(node))
    .some(({ type, loc }) => type === 'Template' && loc.start.line !== loc.end.line);
}
