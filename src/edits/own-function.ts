import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { ancestorsOf } from '../analysis/syntax/ancestors.js';
import { contains } from '../analysis/syntax/contains.js';
import { descendantsOf } from '../analysis/syntax/descendants.js';
import { functionAround, isClass, isFunction } from '../analysis/syntax/functions.js';
import { createLayout } from './layout.js';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** A declaration, and the last node that has to do with what it declares. */
export interface ProducingPart {
  readonly declaration: TSESTree.VariableDeclarator;
  readonly lastUse: TSESTree.Node;
}

/**
 * Puts the statements from a declaration to its last use into a function that is called at once, and keeps what comes out
 * of them: `const size = await (async () => { const data = await read(); return data.length; })();`. An arrow function
 * leaves `this` and `arguments` as they are.
 *
 * @returns null if more than one variable of these statements is used behind them, if they leave the function or the loop
 * around them, write or narrow a variable of it, or if they are nothing but the declaration
 */
export function ownFunction(sourceCode: SourceCode, { declaration, lastUse }: ProducingPart): TSESLint.ReportFixFunction | null {
  const { parent: block } = declaration.parent;
  if (block.type !== 'BlockStatement') return null;
  const first = block.body.findIndex(statement => statement === declaration.parent);
  const last = block.body.findIndex(statement => contains(statement, lastUse));
  const part = block.body.slice(first, last + 1);
  const [start, end] = [part[0], part.at(-1)];
  if (start === undefined || end === undefined || start === end || !isMovable(part, sourceCode)) return null;
  const range = [start.range[0], end.range[1]] as const;
  const used = declaredIn(part, sourceCode).filter(({ references }) => references.some(({ identifier }) => identifier.range[0] >= range[1]));
  const [result] = used;
  const isResultLast = result !== undefined && isDeclaredBy(result, end);
  if (used.length > 1 || (result !== undefined && !isResultLast) || readsMutable(range, declaration, sourceCode)) return null;
  return fixer => fixer.replaceTextRange([...range], rewritten(sourceCode, block, start, end, result !== undefined));
}

function rewritten(
  sourceCode: SourceCode,
  block: TSESTree.BlockStatement,
  start: TSESTree.Statement,
  end: TSESTree.Statement,
  hasResult: boolean,
): string {
  const layout = createLayout(sourceCode);
  const unit = layout.unitOf(block);
  const outer = layout.indentAt(start.range[0]);
  const isAsync = awaits(start, end, sourceCode);
  const open = `${isAsync ? 'await (async ' : '('}() => {`;
  const declarator = hasResult && end.type === 'VariableDeclaration' ? end.declarations[0] : undefined;
  const init = declarator?.init;
  const head = declarator === undefined || init == null ? '' : layout.text.slice(end.range[0], init.range[0]);
  const body =
    init == null
      ? layout.text.slice(start.range[0], end.range[1])
      : `${layout.text.slice(start.range[0], end.range[0])}return ${layout.text.slice(init.range[0], end.range[1])}`;
  const lines = body.split(layout.newline).map((line, index) => (index === 0 ? outer + unit + line : line === '' ? '' : unit + line));
  return [`${head}${open}`, ...lines, `${outer}})()${layout.semicolon}`].join(layout.newline);
}

/** Whether the statements mean the same in a function of their own. */
function isMovable(part: readonly TSESTree.Statement[], sourceCode: SourceCode): boolean {
  return part.every(statement => {
    if (statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration') return false;
    return [...descendantsOf(statement, sourceCode.visitorKeys)].every(node => {
      switch (node.type) {
        case 'BreakStatement':
        case 'ContinueStatement':
        case 'ReturnStatement':
        case 'YieldExpression':
          return isInInnerFunction(node, statement);
        case 'TemplateLiteral':
          // The lines of a template that spans several are not to be indented.
          return node.loc.start.line === node.loc.end.line;
        case 'VariableDeclaration':
          return node.kind === 'const' || node.kind === 'let' || isInInnerFunction(node, statement);
        default:
          return true;
      }
    });
  });
}

function isInInnerFunction(node: TSESTree.Node, outer: TSESTree.Node): boolean {
  for (const ancestor of ancestorsOf(node)) {
    if (ancestor === outer) return false;
    if (isFunction(ancestor) || isClass(ancestor)) return true;
  }
  return false;
}

/** The variables that these statements declare for those behind them. */
function declaredIn(part: readonly TSESTree.Statement[], sourceCode: SourceCode): TSESLint.Scope.Variable[] {
  return part.flatMap(statement => (statement.type === 'VariableDeclaration' ? [...(sourceCode.scopeManager?.getDeclaredVariables(statement) ?? [])] : []));
}

/** Whether the statement declares that variable alone, in a way that its value can be returned instead. */
function isDeclaredBy({ identifiers: [name] }: TSESLint.Scope.Variable, statement: TSESTree.Statement): boolean {
  if (statement.type !== 'VariableDeclaration' || statement.declarations.length !== 1) return false;
  const [{ id, init }] = statement.declarations;
  return id === name && init !== null;
}

/**
 * Whether a variable of the function is written, or is read and assigned anew somewhere: what TypeScript knows of it does
 * not hold inside of a closure.
 */
function readsMutable(range: readonly [number, number], declaration: TSESTree.Node, sourceCode: SourceCode): boolean {
  const isInside = ({ range: [start, end] }: TSESTree.Node): boolean => range[0] <= start && end <= range[1];
  for (let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(declaration); scope !== null; scope = scope.upper) {
    if (scope.block.type === 'Program') return false;
    const isMutable = scope.variables.some(
      ({ references, identifiers }) =>
        !identifiers.some(isInside) &&
        references.some(({ identifier }) => isInside(identifier)) &&
        references.some(reference => reference.isWrite() && reference.init !== true),
    );
    if (isMutable) return true;
  }
  return false;
}

/** Whether the statements wait themselves. */
function awaits(start: TSESTree.Statement, end: TSESTree.Statement, { ast, visitorKeys }: SourceCode): boolean {
  const around = functionAround(start);
  return [...descendantsOf(around ?? ast, visitorKeys)].some(
    node =>
      (node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await)) &&
      start.range[0] <= node.range[0] &&
      node.range[1] <= end.range[1] &&
      functionAround(node) === around,
  );
}
