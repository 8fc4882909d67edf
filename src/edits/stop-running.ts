import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Leak } from '../analysis/retention/running/leak.js';
import { createVariables } from '../analysis/scope/variables.js';
import { contains } from '../analysis/syntax/contains.js';
import { isClass } from '../analysis/syntax/functions.js';
import { memberName } from '../analysis/syntax/member-name.js';
import { propertyName } from '../analysis/syntax/property-name.js';
import { statementAround } from '../analysis/syntax/statement-around.js';
import { hasMember } from '../analysis/types/inherited-members.js';
import { createTypes } from '../analysis/types/types.js';
import type { Layout } from './layout.js';
import { createLayout } from './layout.js';

/** What the edits of things that run on do, as the editor's menu says it. */
export const stopMessages = {
  stopBefore: 'Stop the {{noun}} that runs before the next one is started.',
  returnCleanup: 'Return a function that stops the {{noun}}.',
  stopAtEnd: 'Stop the {{noun}} when `{{ending}}` ends.',
  stopInDisposer: 'Stop the {{noun}} in `{{disposer}}`.',
  unrefTimer: 'Let the process end while the {{noun}} runs.',
} as const;

export type StopId = keyof typeof stopMessages;

/** The file that is edited. */
export interface StopContext {
  readonly sourceCode: TSESLint.SourceCode;
  /** Whether new fields take a type. */
  readonly isTypeScript: boolean;
}

type Suggestion = TSESLint.SuggestionReportDescriptor<StopId>;
type Class = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** The ways to stop what a leak tells of. It is for the author to decide that something which runs on is to end. */
export function stopsOf(context: StopContext, leak: Leak): Suggestion[] {
  const layout = createLayout(context.sourceCode);
  const messageId = stopIdOf(leak);
  const changes = messageId === undefined ? null : builders[messageId](context, layout, leak);
  if (messageId === undefined || changes === null) return [];
  return [
    {
      messageId,
      data: { noun: leak.running.noun, disposer: leak.disposer?.name ?? '', ending: leak.ending?.name ?? '' },
      fix: fixer => changes.map(({ at, text }) => fixer.insertTextBeforeRange([at, at], text)),
    },
  ];
}

const builders = { returnCleanup, stopAtEnd, stopBefore, stopInDisposer, unrefTimer } satisfies Record<StopId, unknown>;

function stopIdOf({ kind }: Leak): StopId | undefined {
  switch (kind) {
    case 'keepsProcessAlive':
      return 'unrefTimer';
    case 'missingCleanup':
      return 'returnCleanup';
    case 'resultDropped':
      return 'stopAtEnd';
    case 'skippedByDisposer':
      return 'stopInDisposer';
    case 'startedAgain':
      return 'stopBefore';
    default:
      return undefined;
  }
}

/** Timers of browsers are numbers: the import, or a type, says that there is such a method. */
function unrefTimer({ sourceCode }: StopContext, _layout: Layout, { running: { start } }: Leak): Insertion[] | null {
  const types = createTypes(sourceCode);
  const hasMethod = isOfNode(sourceCode, start.callee) || (types !== undefined && hasMember(types, start, 'unref'));
  return hasMethod ? [{ at: start.range[1], text: '.unref()' }] : null;
}

function isOfNode(sourceCode: TSESLint.SourceCode, callee: TSESTree.Expression): boolean {
  const root = callee.type === 'MemberExpression' ? callee.object : callee;
  const definition = root.type === 'Identifier' ? createVariables(sourceCode).of(root)?.defs[0] : undefined;
  return definition?.type === 'ImportBinding' && definition.parent.type === 'ImportDeclaration' && /^(?:node:)?timers$/u.test(definition.parent.source.value);
}

/** The one that runs is stopped where the next one is started. */
function stopBefore(context: StopContext, layout: Layout, { running, holder, model }: Leak): Insertion[] | null {
  const statement = statementAround(running.start);
  const node = model?.node;
  if (holder.kind !== 'field' || node === undefined || !isClass(node) || statement.type !== 'ExpressionStatement') return null;
  const { parent } = statement;
  if (parent.type !== 'BlockStatement') return null;
  const stop = stopText(running, `this.${holder.name}`, typeOfField(context, node, holder.name, running.start));
  const [at] = statement.range;
  return [{ at, text: `${stop}${layout.semicolon}${layout.newline}${layout.indentAt(at)}` }];
}

/** The handle is stopped where the instance ends; if nothing keeps it, a private field does from now on. */
function stopInDisposer(context: StopContext, layout: Layout, { running, holder, model, disposer }: Leak): Insertion[] | null {
  const node = model?.node;
  if (node === undefined || !isClass(node) || disposer === undefined || !contains(node, disposer.node)) return null;
  const { body } = disposer.node;
  if (body.type !== 'BlockStatement' || body.body.length === 0) return null;
  if (holder.kind === 'field') {
    const stop = stopText(running, `this.${holder.name}`, typeOfField(context, node, holder.name, running.start));
    return [statementIn(context, layout, body, stop)];
  }
  if (holder.kind !== 'nowhere') return null;
  const statement = running.start.parent;
  if (statement.type !== 'ExpressionStatement') return null;
  const name = fieldName(running);
  const isTaken = node.body.body.some(member => 'key' in member && propertyName(member) === name);
  const [first] = node.body.body;
  if (isTaken || first === undefined || running.start.type === 'NewExpression') return null;
  const isAtOnce = statement.parent === constructorBody(node);
  const stop = stopText(running, `this.${name}`, isAtOnce ? 'value' : 'optional');
  const indent = layout.indentAt(first.range[0]);
  const type = context.isTypeScript ? `: ${fieldType(running, isAtOnce)}` : '';
  return [
    { at: layout.startOf(first), text: `${name}${type}${layout.semicolon}${layout.newline}${indent}` },
    {
      at: statement.range[0],
      text: `${isAtOnce ? '' : `${stop}${layout.semicolon}${layout.newline}${layout.indentAt(statement.range[0])}`}this.${name} = `,
    },
    statementIn(context, layout, body, stop),
  ];
}

/** A statement at the start of a disposer, where no exit comes before it, or after those that stop something like it. */
function statementIn(context: StopContext, layout: Layout, { body }: TSESTree.BlockStatement, text: string): Insertion {
  const [first] = body;
  const ownExit = body.findIndex(statement => !isPlain(statement));
  const sibling = body.slice(0, ownExit === -1 ? undefined : ownExit).findLast(isStop);
  const after = sibling && layout.endOf(sibling);
  if (sibling !== undefined && after !== undefined) {
    return { at: after, text: `${layout.newline}${layout.indentAt(sibling.range[0])}${text}${layout.semicolon}` };
  }
  const at = first === undefined ? 0 : layout.startOf(first);
  return { at, text: `${text}${layout.semicolon}${layout.newline}${layout.indentAt(at)}` };
}

function isPlain(statement: TSESTree.Statement): boolean {
  return statement.type === 'ExpressionStatement' || statement.type === 'VariableDeclaration';
}

function isStop(statement: TSESTree.Statement): boolean {
  if (statement.type !== 'ExpressionStatement') return false;
  const call = statement.expression.type === 'ChainExpression' ? statement.expression.expression : statement.expression;
  if (call.type !== 'CallExpression') return false;
  const name = call.callee.type === 'Identifier' ? call.callee.name : memberName(call.callee);
  return name !== undefined && /^(?:clear(?:Interval|Timeout)|disconnect|unsubscribe|dispose)$/u.test(name);
}

/** What a function starts for something that ends by itself is stopped then. */
function stopAtEnd({ sourceCode }: StopContext, layout: Layout, { running, ending }: Leak): Insertion[] | null {
  const statement = running.start.parent;
  const name = variableName(running);
  if (ending === undefined || statement.type !== 'ExpressionStatement' || statement.parent.type !== 'BlockStatement') return null;
  if (createVariables(sourceCode).named(name, statement) !== undefined) return null;
  const { newline, semicolon } = layout;
  const stop = stopText(running, name, 'value');
  const listener = `${ending.name}.${ending.method}('${ending.event}', () => { ${stop}; })${semicolon}`;
  return [
    { at: statement.range[0], text: `const ${name} = ` },
    { at: layout.endOf(statement), text: `${newline}${layout.indentAt(statement.range[0])}${listener}` },
  ];
}

/** What an effect started is stopped by the function that it returns. */
function returnCleanup({ sourceCode }: StopContext, layout: Layout, { running, holder, effect }: Leak): Insertion[] | null {
  const body = effect?.body;
  const last = body?.type === 'BlockStatement' ? body.body.at(-1) : undefined;
  const statement = statementAround(running.start);
  if (body?.type !== 'BlockStatement' || last === undefined || statement.parent !== body || last.type === 'ReturnStatement') return null;
  const name = holder.kind === 'variable' ? holder.variable.name : variableName(running);
  const isNew = holder.kind === 'nowhere' && running.start.parent === statement;
  if (holder.kind === 'nowhere' && (!isNew || createVariables(sourceCode).named(name, body) !== undefined)) return null;
  if (holder.kind === 'field') return null;
  const indent = layout.indentAt(last.range[0]);
  const inner = indent + layout.unitOf(body);
  const { newline, semicolon } = layout;
  const stop = stopText(running, name, 'value');
  return [
    ...(isNew ? [{ at: statement.range[0], text: `const ${name} = ` }] : []),
    {
      at: layout.endOf(last),
      text: `${newline}${indent}return () => {${newline}${inner}${stop}${semicolon}${newline}${indent}}${semicolon}`,
    },
  ];
}

type FieldType = 'null' | 'optional' | 'value';

/** The call that stops it; a handle that may be missing is left alone. */
function stopText({ stop }: Leak['running'], handle: string, type: FieldType): string {
  const chain = type === 'value' ? '' : '?.';
  if ('function' in stop) return `${stop.function}(${handle}${type === 'null' ? ' ?? undefined' : ''})`;
  if ('method' in stop) {
    return stop.method.startsWith('[') ? `${handle}${chain}${stop.method}()` : `${handle}${chain === '' ? '.' : chain}${stop.method}()`;
  }
  return `${handle}${chain}()`;
}

/** Whether the field may hold nothing, by how it is declared; if it is not, by whether the constructor fills it. */
function typeOfField(
  { sourceCode, isTypeScript }: StopContext,
  node: Class,
  name: string,
  start: TSESTree.Node,
): FieldType {
  const declared = node.body.body.find(member => member.type === 'PropertyDefinition' && propertyName(member) === name);
  if (declared?.type !== 'PropertyDefinition') return 'optional';
  const type = declared.typeAnnotation === undefined ? '' : sourceCode.getText(declared.typeAnnotation);
  if (/\bnull\b/u.test(type)) return 'null';
  if (declared.optional || /\bundefined\b/u.test(type)) return 'optional';
  const isFilledAtOnce = declared.value !== null || statementAround(start).parent === constructorBody(node);
  return isTypeScript || isFilledAtOnce ? 'value' : 'optional';
}

function constructorBody(node: Class): TSESTree.BlockStatement | undefined {
  const member = node.body.body.find(each => each.type === 'MethodDefinition' && each.kind === 'constructor');
  return member?.type === 'MethodDefinition' ? (member.value.body ?? undefined) : undefined;
}

function variableName({ kind, noun, stop }: Leak['running']): string {
  return kind === 'timer' ? camelCase(noun) : kind === 'observer' ? 'observer' : 'call' in stop ? 'unsubscribe' : 'subscription';
}

function camelCase(words: string): string {
  return words.replaceAll(/[^\p{L}]+(\p{L})/gu, (_, letter: string) => letter.toUpperCase());
}

function fieldName(running: Leak['running']): string {
  return `#${variableName(running)}`;
}

function fieldType({ kind, noun, stop }: Leak['running'], isFilledAtOnce: boolean): string {
  const isFunction = 'call' in stop;
  const starter = noun === 'timeout' ? 'setTimeout' : 'setInterval';
  const type = kind === 'timer' && 'function' in stop ? `ReturnType<typeof ${starter}>` : 'method' in stop ? `{ ${stop.method}(): void }` : '() => void';
  return isFilledAtOnce ? type : `${isFunction ? `(${type})` : type} | undefined`;
}
