import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { functionAround } from '../analysis/syntax/functions.js';
import type { EditContext } from './context.js';
import type { Piece, Range } from './draft.js';
import { isConstant, isQuiet } from './quiet.js';

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
 * The statements without those at their start that declare what is used outside of them and cannot throw: these may as
 * well stay where they are.
 */
export function withoutLeading(
  context: EditContext,
  statements: readonly TSESTree.Statement[],
  end: number,
): readonly TSESTree.Statement[] {
  const [first, ...others] = statements;
  const stays =
    first !== undefined &&
    others.length > 0 &&
    isHarmless(first) &&
    declaredBy(context, [first]).some(([variable]) => isUsedOutside(variable, [first.range[0], end]));
  return stays ? withoutLeading(context, others, end) : statements;
}

function isHarmless(statement: TSESTree.Statement): boolean {
  return (
    statement.type === 'FunctionDeclaration' ||
    (statement.type === 'VariableDeclaration' &&
      statement.declarations.every(({ init }) => isQuiet(init) || (init !== null && isConstant(init))))
  );
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
  const splits = [...needed].map(statement => splitDeclaration(context, statement));
  return splits.every(split => split !== null)
    ? { lines: splits.flatMap(({ lines }) => lines), pieces: splits.flatMap(({ pieces }) => pieces) }
    : null;
}

function splitDeclaration(context: EditContext, statement: TSESTree.Statement): Hoisting | null {
  const { sourceCode, layout } = context;
  if (statement.type !== 'VariableDeclaration' || statement.kind === 'using' || statement.kind === 'await using') {
    return null;
  }
  const [declarator, ...others] = statement.declarations;
  if (others.length > 0) {
    return null;
  }
  const { id, init } = declarator;
  if (init === null || isConstant(init)) {
    const text = sourceCode.getText(statement);
    return text.includes('\n')
      ? null
      : { lines: [text], pieces: [{ kind: 'replace', range: layout.removable(statement.range), text: '' }] };
  }
  const start = startOfValue(context, declarator);
  if (start === undefined || sourceCode.getCommentsInside(statement).some(comment => comment.range[1] <= start)) {
    return null;
  }
  const isTyped = id.typeAnnotation !== undefined;
  if (!isTyped && (isCaptured(context, statement) || isReassigned(context, statement) || isWidened(init))) {
    return null;
  }
  const head: Range = [statement.range[0], start];
  if (id.type === 'Identifier') {
    return {
      lines: [`let ${sourceCode.getText(id)}${layout.semicolon}`],
      pieces: [{ kind: 'replace', range: head, text: `${id.name} = ` }],
    };
  }
  const names = isTyped || layout.semicolon === '' ? null : namesOf(id);
  const end = sourceCode.getLastToken(statement);
  return names === null || end?.value !== ';'
    ? null
    : {
        lines: names.map(name => `let ${name};`),
        pieces: [
          { kind: 'replace', range: head, text: `(${sourceCode.getText(id)} = ` },
          { kind: 'before', at: end.range[0], text: ')' },
        ],
      };
}

/** The names of a plain pattern, `{ a, b: c }`: without defaults, rests and patterns inside it. */
function namesOf(pattern: TSESTree.DestructuringPattern): string[] | null {
  const values =
    pattern.type === 'ObjectPattern'
      ? pattern.properties.map(property => (property.type === 'Property' ? property.value : property))
      : pattern.type === 'ArrayPattern'
        ? pattern.elements.filter(element => element !== null)
        : [pattern];
  const names = values.flatMap(value => (value.type === 'Identifier' ? [value.name] : []));
  return names.length === values.length ? names : null;
}

/** Where the value starts, with the parentheses around it. */
function startOfValue(
  { sourceCode }: EditContext,
  { init }: TSESTree.VariableDeclarator,
): number | undefined {
  const equals = init === null ? null : sourceCode.getTokenBefore(init, token => token.value === '=');
  return equals === null ? undefined : sourceCode.getTokenAfter(equals)?.range[0];
}

/** A variable without annotation has the type of its last assignment, but only where no function captures it. */
function isCaptured({ sourceCode }: EditContext, statement: TSESTree.VariableDeclaration): boolean {
  const owner = functionAround(statement);
  return (sourceCode.scopeManager?.getDeclaredVariables(statement) ?? []).some(({ references }) =>
    references.some(({ identifier }) => functionAround(identifier) !== owner),
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
