import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { EditContext } from './context.js';
import { functionOf } from './context.js';
import type { Piece, Range } from './draft.js';
import { isConstant } from './quiet.js';

/** How the declarations inside a new block stay visible behind it. */
export interface Hoisting {
  /** Lines before the block, without indentation. */
  readonly lines: readonly string[];
  readonly pieces: readonly Piece[];
}

/** The variables that `statements` declare in the block around them, with those statements. */
export function declaredBy(
  { sourceCode }: EditContext,
  statements: readonly TSESTree.Statement[],
): [variable: TSESLint.Scope.Variable, statement: TSESTree.Statement][] {
  return statements.flatMap(statement => {
    const isScoped =
      (statement.type === 'VariableDeclaration' && statement.kind !== 'var') ||
      (statement.type !== 'VariableDeclaration' && statement.type.endsWith('Declaration'));
    const variables = isScoped ? (sourceCode.scopeManager?.getDeclaredVariables(statement) ?? []) : [];
    return variables.map((variable): [TSESLint.Scope.Variable, TSESTree.Statement] => [variable, statement]);
  });
}

/** Whether a name that `statements` declare is used outside of them. */
export function isUsedOutside(variable: TSESLint.Scope.Variable, range: Range): boolean {
  return variable.references.some(({ identifier }) => identifier.range[0] < range[0] || range[1] < identifier.range[1]);
}

/**
 * Splits the declarations of `statements` that are used outside of `range`: `let x; try { x = …`.
 *
 * @returns null if one of them cannot be split without changing its type, or is used before its place
 */
export function hoist(
  context: EditContext,
  statements: readonly TSESTree.Statement[],
  range: Range,
): Hoisting | null {
  const needed = new Set<TSESTree.Statement>();
  for (const [variable, statement] of declaredBy(context, statements)) {
    if (isUsedOutside(variable, range)) {
      if (variable.references.some(({ identifier }) => identifier.range[0] < range[0])) {
        return null;
      }
      needed.add(statement);
    }
  }
  const lines: string[] = [];
  const pieces: Piece[] = [];
  for (const statement of needed) {
    const split = splitDeclaration(context, statement, range);
    if (split === null) {
      return null;
    }
    lines.push(split.line);
    pieces.push(split.piece);
  }
  return { lines, pieces };
}

function splitDeclaration(
  context: EditContext,
  statement: TSESTree.Statement,
  range: Range,
): { line: string; piece: Piece } | null {
  if (statement.type !== 'VariableDeclaration' || statement.kind === 'using' || statement.kind === 'await using') {
    return null;
  }
  const [declarator, ...others] = statement.declarations;
  if (declarator === undefined || others.length > 0 || declarator.id.type !== 'Identifier') {
    return null;
  }
  const { sourceCode, layout } = context;
  const { id, init } = declarator;
  if (init === null || isConstant(init)) {
    const text = sourceCode.getText(statement);
    return text.includes('\n') ? null : { line: text, piece: { kind: 'replace', range: layout.removable(statement.range), text: '' } };
  }
  const isAnnotated = id.typeAnnotation !== undefined;
  if (sourceCode.getCommentsInside(statement).some(comment => comment.range[1] <= init.range[0])) {
    return null;
  }
  if (!isAnnotated && (isCaptured(context, statement) || isReassigned(context, statement) || isWidened(init))) {
    return null;
  }
  return {
    line: `let ${sourceCode.getText(id)}${layout.endsWithSemicolon(statement) ? ';' : ''}`,
    piece: { kind: 'replace', range: [statement.range[0], startOfValue(context, declarator, range)], text: `${id.name} = ` },
  };
}

/** Where the value starts, with the parentheses around it. */
function startOfValue({ sourceCode }: EditContext, { init }: TSESTree.VariableDeclarator, [, end]: Range): number {
  const equals = init === null ? null : sourceCode.getTokenBefore(init, token => token.value === '=');
  const first = equals === null ? null : sourceCode.getTokenAfter(equals);
  return first?.range[0] ?? end;
}

/** A variable without annotation has the type of its last assignment, but only where no function captures it. */
function isCaptured({ sourceCode }: EditContext, statement: TSESTree.VariableDeclaration): boolean {
  const owner = functionOf(statement);
  return (sourceCode.scopeManager?.getDeclaredVariables(statement) ?? []).some(({ references }) =>
    references.some(({ identifier }) => functionOf(identifier) !== owner),
  );
}

function isReassigned({ sourceCode }: EditContext, statement: TSESTree.VariableDeclaration): boolean {
  return (sourceCode.scopeManager?.getDeclaredVariables(statement) ?? []).some(({ references }) =>
    references.some(reference => reference.isWrite() && reference.init !== true),
  );
}

/** `const x = 'a'` has the type `'a'`, a variable that is assigned `'a'` has not. */
function isWidened(init: TSESTree.Expression): boolean {
  switch (init.type) {
    case 'ConditionalExpression':
      return isWidened(init.consequent) || isWidened(init.alternate);
    case 'LogicalExpression':
      return isWidened(init.left) || isWidened(init.right);
    case 'ArrayExpression':
      return init.elements.length === 0;
    case 'ArrowFunctionExpression':
    case 'ClassExpression':
    case 'FunctionExpression':
    case 'Literal':
    case 'TemplateLiteral':
    case 'UnaryExpression':
      return true;
    default:
      return false;
  }
}
