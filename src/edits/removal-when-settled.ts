import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../analysis/findings.js';
import type { BackReference, Registration } from '../analysis/retention/listeners/model.js';
import { createVariables } from '../analysis/scope/variables.js';
import { contains } from '../analysis/syntax/contains.js';
import { functionAround, isFunction } from '../analysis/syntax/functions.js';
import { memberName } from '../analysis/syntax/member-name.js';
import { statementAround } from '../analysis/syntax/statement-around.js';
import { mayTakeError } from '../analysis/types/listener-parameters.js';
import { createTypes } from '../analysis/types/types.js';
import { listeningMethods } from '../analysis/value-flow/registering-methods.js';
import { removalText } from './added-removal.js';
import { handlerInConstant } from './hoisted-handler.js';
import { createLayout } from './layout.js';
import type { StopContext } from './stop-running.js';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Variable = TSESLint.Scope.Variable;

/** The function that takes the listeners off. */
const helper = 'stopListening';
const stop = `${helper}()`;

/** A text that takes the place of another. */
interface Change {
  readonly range: TSESTree.Range;
  readonly text: string;
}

/**
 * Takes the listeners of a promise off wherever the promise is settled.
 *
 * @returns null if nothing else settles it and somebody may go on without it; if one of these places has no room for
 * that, may be reached before the listeners are added, or is out of sight; or if a handler needs the types of its place
 */
export function removalWhenSettled(
  { sourceCode, isTypeScript }: StopContext,
  { registration, siblings, witness }: BackReference,
): TSESLint.ReportFixFunction | null {
  const group = [registration, ...siblings].sort((left, right) => left.call.range[0] - right.call.range[0]);
  const [first] = group;
  const executor = isFunction(witness) ? witness : undefined;
  if (first === undefined || executor?.body.type !== 'BlockStatement' || executor.parent.type !== 'NewExpression') return null;
  const { body } = executor;
  const last = body.body.at(-1);
  if (last === undefined || !group.every(each => isOwnStatement(each, body) && isCommon(each))) return null;

  const settlements = settlementsOf(sourceCode, executor, first);
  if (settlements === null) return null;
  const wrapped = group.filter(({ handler }) => settlements.some(each => each === handler.node));
  const places = settlements.filter(each => !group.some(({ handler }) => handler.node === each));
  const isSettledByThem = settlements.every(each => group.some(({ handler }) => contains(handler.node, each)));
  if (isSettledByThem && !isAnswer(executor.parent)) return null;
  const variables = createVariables(sourceCode);
  if ([...places, first.call].some(place => variables.named(helper, place) !== undefined)) return null;

  const settling = places.map(place => changesAt(sourceCode, place));
  const inside = withoutCopies(settling.flatMap(changes => changes ?? []));
  if (settling.includes(null)) return null;
  const names: string[] = [];
  const moved = group.flatMap(({ handler }) => (handler.kind === 'fresh' ? [handler.node] : []));
  const changes = inside.filter(({ range }) => !moved.some(node => isIn(range, node)));
  for (const each of group) {
    const named = wrapped.includes(each)
      ? wrappedHandler({ sourceCode, isTypeScript }, each, executor, first)
      : namedHandler(sourceCode, each, last, inside);
    if (named === null || names.includes(named.name)) return null;
    names.push(named.name);
    if (named.declaration === undefined) continue;
    const { offset, text } = named.declaration;
    changes.push({ range: [offset, offset], text }, { range: each.handler.node.range, text: named.name });
  }
  const removals = group.map((each, index) => removalText(sourceCode, each, names[index] ?? '', undefined));
  const { indentAt, newline, unitOf, semicolon } = createLayout(sourceCode);
  const offset = statementAround(first.call).range[0];
  const indent = indentAt(offset);
  const lines = removals.map(removal => `${indent}${unitOf(body)}${removal}`);
  const declaration = [`const ${helper} = () => {`, ...lines, `${indent}}${semicolon}`, indent].join(newline);
  changes.push({ range: [offset, offset], text: declaration });
  return fixer => changes.map(({ range, text }) => fixer.replaceTextRange(range, text));
}

/** Both functions of `then(resolve, reject)` ask for the same sequel. */
function withoutCopies(changes: readonly Change[]): Change[] {
  const key = ({ range, text }: Change): string => `${String(range[0])} ${text}`;
  return [...new Map(changes.map(change => [key(change), change])).values()];
}

/** Whether a promise is all that a function gives, so that nobody goes on without it. */
function isAnswer({ parent }: TSESTree.NewExpression): boolean {
  return parent.type === 'ReturnStatement' || parent.type === 'ArrowFunctionExpression' || parent.type === 'AwaitExpression';
}

interface Named {
  readonly name: string;
  readonly declaration: { readonly offset: number; readonly text: string } | undefined;
}

function namedHandler(
  sourceCode: SourceCode,
  registration: Registration,
  place: TSESTree.Node,
  inside: readonly Change[],
): Named | null {
  const { handler } = registration;
  if (handler.kind === 'named') return { name: sourceCode.getText(handler.node), declaration: undefined };
  return handlerInConstant(sourceCode, registration, place, node => changedText(sourceCode, node, inside));
}

/** `bus.once('done', resolve)` gets a function of its own, before the first of the listeners. */
function wrappedHandler(
  context: StopContext,
  registration: Registration,
  executor: FunctionNode,
  first: Registration,
): Named | null {
  const { sourceCode } = context;
  const { node } = registration.handler;
  if (node.type !== 'Identifier') return null;
  const name = `on${node.name.charAt(0).toUpperCase()}${node.name.slice(1)}`;
  if (createVariables(sourceCode).named(name, node) !== undefined) return null;
  const { indentAt, newline, semicolon, unitOf } = createLayout(sourceCode);
  const statement = statementAround(first.call);
  const indent = indentAt(statement.range[0]);
  const inner = indent + (statement.parent?.type === 'BlockStatement' ? unitOf(statement.parent) : '');
  const parameter = parameterOf(context, registration, executor);
  if (parameter === null) return null;
  const lines = [
    `const ${name} = (${parameter.declared}) => {`,
    `${inner}${stop}${semicolon}`,
    `${inner}${node.name}(${parameter.given})${semicolon}`,
    `${indent}}${semicolon}`,
    indent,
  ];
  return { name, declaration: { offset: statement.range[0], text: lines.join(newline) } };
}

/** The parameters of a function that settles as `registration` does; null if nothing tells what rejects the promise. */
function parameterOf(
  { sourceCode, isTypeScript }: StopContext,
  { event, handler: { node } }: Registration,
  { params: [, reject] }: FunctionNode,
): { declared: string; given: string } | null {
  const isFailure = reject?.type === 'Identifier' && node.type === 'Identifier' && reject.name === node.name;
  if (!isTypeScript) return isFailure ? { declared: 'error', given: 'error' } : { declared: '...args', given: '...args' };
  if (!isFailure) return { declared: `...args: Parameters<typeof ${sourceCode.getText(node)}>`, given: '...args' };
  const types = createTypes(sourceCode);
  const isError = (event.isLiteral && event.name === 'error') || (types !== undefined && mayTakeError(types, node));
  return isError ? { declared: 'error: Error', given: 'error' } : null;
}

/** The text of a node with the changes that fall into it. */
function changedText(sourceCode: SourceCode, node: TSESTree.Node, changes: readonly Change[]): string {
  const [start] = node.range;
  return changes
    .filter(({ range }) => isIn(range, node))
    .sort((left, right) => right.range[0] - left.range[0])
    .reduce(
      (text, { range, text: replacement }) => text.slice(0, range[0] - start) + replacement + text.slice(range[1] - start),
      sourceCode.getText(node),
    );
}

/**
 * The places that settle the promise while the listeners are there; null if one of them may come earlier in another way
 * than by leaving.
 */
function settlementsOf(
  sourceCode: SourceCode,
  executor: FunctionNode,
  { call }: Registration,
): TSESTree.Node[] | null {
  const variables = createVariables(sourceCode);
  const settling = (sourceCode.scopeManager?.getDeclaredVariables(executor) ?? []).filter(({ defs }) =>
    defs.some(({ type }) => type === 'Parameter'),
  );
  const found = settling.flatMap(({ references }) => references.map(({ identifier }) => identifier));
  const early = found.filter(each => each.range[0] < call.range[0]);
  const leaving = early.filter(isLeaving);
  if (early.some(each => !leaving.includes(each) && mayRunBefore(each, 0))) return null;
  return found.filter(each => !leaving.includes(each));

  /** `if (signal.aborted) { reject(signal.reason); return; }` before anything is added. */
  function isLeaving(node: TSESTree.Node): boolean {
    if (functionAround(node) !== executor) return false;
    const statement = statementAround(node);
    if (statement.type === 'ReturnStatement') return true;
    const { parent } = statement;
    const isBranch = parent?.type === 'BlockStatement' && parent !== executor.body;
    return isBranch && parent.body.at(-1)?.type === 'ReturnStatement';
  }

  function mayRunBefore(node: TSESTree.Node, depth: number): boolean {
    const { parent } = node;
    if (parent?.type === 'CallExpression' && parent.callee !== node && isLater(parent)) return false;
    const owner = functionAround(node);
    if (owner === undefined || owner === executor || depth > maximumDepth) return true;
    if (owner.parent.type === 'CallExpression') return owner.parent.callee === owner || !isLater(owner.parent);
    const name = owner.type === 'FunctionDeclaration' ? owner.id : nameOfConstant(owner);
    const variable: Variable | undefined = name == null ? undefined : variables.of(name);
    if (variable === undefined) return true;
    return variable.references.some(
      ({ identifier, init }) => init !== true && identifier.range[0] < call.range[0] && mayRunBefore(identifier, depth + 1),
    );
  }
}

const maximumDepth = 3;

/** Calls that run a function only when the code around them has ended. */
const later =
  /^(?:setTimeout|setImmediate|setInterval|queueMicrotask|requestAnimationFrame|nextTick|then|catch|finally|on|once|addListener|addEventListener)$/u;

function isLater({ callee }: TSESTree.CallExpression): boolean {
  return later.test(callee.type === 'Identifier' ? callee.name : (memberName(callee) ?? ''));
}

function nameOfConstant({ parent }: FunctionNode): TSESTree.Identifier | undefined {
  return parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id : undefined;
}

/** What puts `stop` before a place that settles the promise. */
function changesAt(sourceCode: SourceCode, node: TSESTree.Node): Change[] | null {
  const { parent } = node;
  if (parent?.type !== 'CallExpression') return null;
  if (parent.callee !== node) return node.type === 'Identifier' ? handedOver(node, parent) : null;
  const value = parent.parent.type === 'UnaryExpression' && parent.parent.operator === 'void' ? parent.parent : parent;
  const around = value.parent;
  if (around.type === 'ArrowFunctionExpression' && around.body === value) {
    const isPlain = sourceCode.getTokenBefore(value)?.value === '=>';
    return isPlain ? enclosed(value.range, ';') : null;
  }
  if (around.type !== 'ExpressionStatement' && around.type !== 'ReturnStatement') return null;
  switch (around.parent.type) {
    case 'BlockStatement':
    case 'SwitchCase':
      return [before(sourceCode, around)];
    case 'IfStatement':
      return enclosed(around.range, '');
    default:
      return null;
  }
}

function before(sourceCode: SourceCode, { range: [start] }: TSESTree.Statement): Change {
  const { indentAt, lineStart, newline, semicolon } = createLayout(sourceCode);
  const indent = indentAt(start);
  const isFirstOfLine = lineStart(start) + indent.length === start;
  return { range: [start, start], text: isFirstOfLine ? `${stop}${semicolon}${newline}${indent}` : `${stop}; ` };
}

function enclosed([start, end]: TSESTree.Range, semicolon: string): Change[] {
  return [
    { range: [start, start], text: `{ ${stop}; ` },
    { range: [end, end], text: `${semicolon} }` },
  ];
}

/** `promise.then(resolve)` and `setTimeout(resolve, 10)` get functions of their own, `then(resolve, reject)` a sequel. */
function handedOver(
  { name, range }: TSESTree.Identifier,
  call: TSESTree.CallExpression,
): Change[] | null {
  const { callee, arguments: given } = call;
  const method = callee.type === 'Identifier' ? callee.name : memberName(callee);
  const isFirst = given[0]?.range[0] === range[0];
  if (method === 'then' && isFirst && given.length === 1) {
    return [{ range, text: `value => { ${stop}; ${name}(value); }` }];
  }
  const isTimer = (method === 'setTimeout' || method === 'setImmediate') && isFirst && given.length <= 2;
  if (isTimer) return [{ range, text: `() => { ${stop}; ${name}(undefined); }` }];
  // What rejects need not be an `Error`: a function that hands it on could not say what it is.
  const isLast = method === 'catch' || (method === 'then' && given.length === 2);
  const user = call.parent.type === 'UnaryExpression' && call.parent.operator === 'void' ? call.parent.parent : call.parent;
  const [, end] = call.range;
  return isLast && user.type === 'ExpressionStatement' ? [{ range: [end, end], text: `.then(${helper}, ${helper})` }] : null;
}

/** Whether it is added by a statement of its own, by a method whose counterpart is known. */
function isCommon({ method, call: { arguments: [, second] } }: Registration): boolean {
  return second !== undefined && (method === 'once' || listeningMethods.has(method));
}

function isOwnStatement({ call }: Registration, body: TSESTree.BlockStatement): boolean {
  const statement = statementAround(call);
  return statement.type === 'ExpressionStatement' && body.body.includes(statement);
}

function isIn([start, end]: TSESTree.Range, node: TSESTree.Node): boolean {
  return node.range[0] <= start && end <= node.range[1];
}
