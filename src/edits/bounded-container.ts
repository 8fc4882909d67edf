import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { createVariables } from '../analysis/scope/variables.js';
import { descendantsOf } from '../analysis/syntax/descendants.js';
import { memberName } from '../analysis/syntax/member-name.js';
import { createLayout } from './layout.js';
import { isQuiet } from './quiet.js';

type SourceCode = TSESLint.SourceCode;
type Fix = TSESLint.ReportFixFunction | null;

/** An entry on its way into a container, by a call of `set`, `add` or `push`. */
export interface Insertion {
  readonly node: TSESTree.Node;
  readonly key: TSESTree.Expression | undefined;
  readonly value: TSESTree.Expression | undefined;
}

/** How many entries the edits leave: enough for a memo, and few enough to be kept. */
const bound = '1_000';

/**
 * Runs the removal whatever happens: what stands between the insertion and the removal goes into a `try`, the removal into
 * its `finally`. A `return` behind it goes along.
 *
 * @returns null if other statements follow that use what is declared between, or if a text there spans several lines
 */
export function deleteInFinally(sourceCode: SourceCode, { node }: Insertion, removal: TSESTree.Node | undefined): Fix {
  const block = blockOf(node);
  const end = statementOf(removal);
  if (block === undefined || end === undefined) return null;
  const [from, to] = [block.body.findIndex(each => each === node.parent), block.body.findIndex(each => each === end)];
  const between = block.body.slice(from + 1, to);
  const behind = block.body.slice(to + 1);
  const [first, last] = [between[0], between.at(-1)];
  if (from < 0 || first === undefined || last === undefined || between.some(each => spansLines(each, sourceCode))) return null;
  const result = behind.length === 1 && behind[0]?.type === 'ReturnStatement' && isQuiet(behind[0].argument) ? behind[0] : undefined;
  if (result === undefined && behind.length > 0 && between.some(({ type }) => type.endsWith('Declaration'))) return null;
  const layout = createLayout(sourceCode);
  if (!layout.ownLines(first, result ?? end)) return null;
  const indent = layout.indentAt(first.range[0]);
  const unit = layout.unitOf(block);
  const moved = [layout.text.slice(layout.startOf(first), layout.endOf(last)), ...(result === undefined ? [] : [textOf(result)])];
  const lines = moved.join(`${layout.newline}${indent}`).split(layout.newline);
  const inner = lines.map((line, index) => (line === '' ? '' : index === 0 ? indent + unit + line : unit + line));
  const text = ['try {', ...inner, `${indent}} finally {`, `${indent}${unit}${textOf(end)}`, `${indent}}`].join(layout.newline);
  const range = [layout.startOf(first), layout.endOf(result ?? end)] as const;
  return fixer => fixer.replaceTextRange(range, text);

  function textOf(statement: TSESTree.Statement): string {
    return layout.text.slice(layout.startOf(statement), layout.endOf(statement));
  }
}

/**
 * Takes the entry out where the same key leaves a container beside it.
 *
 * @returns null if the key may be of another type there, as its variable is declared in another way
 */
export function deleteWithSibling(
  sourceCode: SourceCode,
  { node, key }: Insertion,
  removal: TSESTree.Node | undefined,
): Fix {
  const container = containerText(node, sourceCode);
  const statement = statementOf(removal);
  if (container === undefined || key === undefined || statement === undefined) return null;
  const type = statedTypeOf(key, sourceCode);
  if (type === undefined || type !== statedTypeOf(keyIn(removal), sourceCode)) return null;
  return insertAfter(sourceCode, statement, `${container}.delete(${sourceCode.getText(key)})`);
}

/** Takes the promise out again when it is rejected. Only of a `Map`, behind the statement that puts it in. */
export function deleteOnRejection(sourceCode: SourceCode, { node, key, value }: Insertion): Fix {
  const container = containerText(node, sourceCode);
  const statement = statementOf(node);
  if (container === undefined || key === undefined || value === undefined || statement === undefined || !isQuiet(key)) return null;
  const layout = createLayout(sourceCode);
  const keyText = sourceCode.getText(key);
  const promise = value.type === 'Identifier' ? value.name : `${container}.get(${keyText})?`;
  const [indent, unit] = [layout.indentAt(statement.range[0]), unitAround(statement, sourceCode)];
  const lines = [`${promise}.catch(() => {`, `${indent}${unit}${container}.delete(${keyText})${layout.semicolon}`, `${indent}})`];
  return insertAfter(sourceCode, statement, lines.join(layout.newline));
}

/** Takes the oldest entries out before another one comes in: a `Map` iterates in the order of insertion. */
export function evictOldest(sourceCode: SourceCode, { node }: Insertion): Fix {
  const container = containerText(node, sourceCode);
  const statement = statementOf(node);
  if (container === undefined || statement === undefined || /\boldest\b/u.test(sourceCode.text)) return null;
  const layout = createLayout(sourceCode);
  const [indent, unit, end] = [layout.indentAt(statement.range[0]), unitAround(statement, sourceCode), layout.semicolon];
  const lines = [
    `for (const oldest of ${container}.keys()) {`,
    `${indent}${unit}if (${container}.size < ${bound}) break${end}`,
    `${indent}${unit}${container}.delete(oldest)${end}`,
    `${indent}}`,
    indent,
  ];
  return fixer => fixer.insertTextBefore(statement, lines.join(layout.newline));
}

/** Takes the first elements out of a list that something was appended to. */
export function dropOldest(sourceCode: SourceCode, { node }: Insertion): Fix {
  const container = containerText(node, sourceCode);
  const statement = statementOf(node);
  const isPush = node.type === 'CallExpression' && memberName(node.callee) === 'push';
  if (container === undefined || statement === undefined || !isPush || node.arguments.length !== 1) return null;
  return insertAfter(sourceCode, statement, `if (${container}.length > ${bound}) ${container}.shift()`);
}

function insertAfter(sourceCode: SourceCode, statement: TSESTree.Statement, text: string): TSESLint.ReportFixFunction {
  const layout = createLayout(sourceCode);
  const end = layout.endOf(statement);
  const line = `${layout.newline}${layout.indentAt(statement.range[0])}${text}${layout.semicolon}`;
  return fixer => fixer.insertTextAfterRange([end, end], line);
}

/** The text of what the method is called on. */
function containerText(node: TSESTree.Node, sourceCode: SourceCode): string | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || node.callee.optional) return undefined;
  return isQuiet(node.callee.object) ? sourceCode.getText(node.callee.object) : undefined;
}

/** The statement that is nothing but this call. */
function statementOf(node: TSESTree.Node | undefined): TSESTree.ExpressionStatement | undefined {
  const parent = node?.parent;
  return parent?.type === 'ExpressionStatement' && parent.parent.type === 'BlockStatement' ? parent : undefined;
}

function blockOf(node: TSESTree.Node): TSESTree.BlockStatement | undefined {
  const parent = statementOf(node)?.parent;
  return parent?.type === 'BlockStatement' ? parent : undefined;
}

function unitAround(statement: TSESTree.Statement, sourceCode: SourceCode): string {
  return statement.parent.type === 'BlockStatement' ? createLayout(sourceCode).unitOf(statement.parent) : '  ';
}

function keyIn(removal: TSESTree.Node | undefined): TSESTree.Node | undefined {
  return removal?.type === 'CallExpression' ? removal.arguments[0] : undefined;
}

/** How the variable that a key begins with is declared: its kind, and the type that it states. */
function statedTypeOf(key: TSESTree.Node | undefined, sourceCode: SourceCode): string | undefined {
  const root = key === undefined ? undefined : rootOf(key);
  const definition = root && createVariables(sourceCode).of(root)?.defs[0];
  if (definition?.name.type !== 'Identifier') return undefined;
  const { typeAnnotation } = definition.name;
  return `${definition.type} ${typeAnnotation === undefined ? '' : sourceCode.getText(typeAnnotation)}`;
}

function rootOf(node: TSESTree.Node): TSESTree.Identifier | undefined {
  if (node.type === 'MemberExpression') return rootOf(node.object);
  if (node.type === 'CallExpression') return rootOf(node.callee);
  return node.type === 'Identifier' ? node : undefined;
}

/** Whether it has a text whose lines are not to be indented. */
function spansLines(statement: TSESTree.Statement, { visitorKeys }: SourceCode): boolean {
  return [...descendantsOf(statement, visitorKeys)].some(
    node => (node.type === 'TemplateLiteral' && node.loc.start.line !== node.loc.end.line),
  );
}
