import type { TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode, Obligation } from '../analysis/findings.js';
import { childrenOf } from '../analysis/syntax/children.js';
import { contains } from '../analysis/syntax/contains.js';
import { functionAround, isClass, isFunction } from '../analysis/syntax/functions.js';
import { returnStatementsIn } from '../analysis/syntax/returns.js';
import { skipWrappers } from '../analysis/syntax/skip-wrappers.js';
import type { EditContext } from './context.js';
import { declaredBy, isUsedOutside } from './declared-names.js';
import type { Range } from './draft.js';
import { isQuiet } from './quiet.js';
import type { Repair } from './repair.js';
import { removalOfLast, removalsOf } from './removals.js';
import type { Section } from './section.js';

/**
 * Puts the section into the callback of the form that releases by itself: `await mutex.runExclusive(async () => { … })`.
 *
 * @returns null if there is no such form for this acquire, or the section does not mean the same in a function of its own
 */
export function useScopedForm(context: EditContext, obligation: Obligation, section: Section): Repair | null {
  const { sourceCode, layout } = context;
  const { acquire, specification: { scopedForm }, way } = obligation;
  const { region, body, last } = section;
  const { after, block } = region;
  const owner = functionAround(block);
  const [first] = body;
  const final = body.at(-1);
  if (acquire.type === 'Identifier') {
    return null;
  }
  const callee = skipWrappers(acquire.callee);
  const isPlain =
    scopedForm?.callback === 0 &&
    way.how === 'method' &&
    way.optional !== true &&
    obligation.through === undefined &&
    acquire.arguments.length === 0 &&
    !region.isConditional;
  if (!isPlain || first === undefined || final === undefined || after === undefined || owner?.async !== true || owner.generator) {
    return null;
  }
  if (callee.type !== 'MemberExpression' || acquire.parent.type === 'ChainExpression' || !bindsOnlyReleaser(after, obligation) || isReleaserUsed(context, obligation)) {
    return null;
  }
  const result = resultOf(context, section, owner, [first.range[0], final.range[1]]);
  const releases = section.removed.filter(release => release !== last);
  const removals = removalsOf(context, obligation, releases);
  const isKept = section.removed.length !== obligation.releases.length;
  const end = result?.moved ?? final;
  if (result === null || removals?.length !== releases.length || isKept || !layout.ownLines(first, end) || !layout.ownLines(after, after) || !isMovable(context, owner, body)) {
    return null;
  }
  const { method } = scopedForm;
  const indent = layout.indentAt(after.range[0]);
  // The comments of the release would have nowhere to go.
  if (last !== undefined && (layout.startOf(last) !== last.range[0] || layout.endOf(last) !== last.range[1])) {
    return null;
  }
  return {
    messageId: 'useScopedForm',
    data: { method },
    isExact: false,
    draft: {
      span: [after.range[0], Math.max((last ?? final).range[1], end.range[1])],
      pieces: [
        {
          kind: 'replace',
          range: after.range,
          text: `${result.isReturned ? 'return ' : ''}await ${sourceCode.getText(callee.object)}.${method}(async () => {`,
        },
        { kind: 'below', at: layout.lineEnd(layout.endOf(end)), lines: [`${indent}})${layout.semicolon}`] },
        ...removals,
        ...removalOfLast(context, section, end),
      ],
      shifts: [{ range: [layout.lineEnd(after.range[1]) + 1, layout.endOf(end)], unit: layout.unitOf(block), levels: 1 }],
    },
  };
}

/** Whether the statement binds the releaser and nothing else. */
function bindsOnlyReleaser(statement: TSESTree.Statement, { binding }: Obligation): boolean {
  if (statement.type !== 'VariableDeclaration') {
    return statement.type === 'ExpressionStatement' && statement.expression.type === 'AwaitExpression';
  }
  const [{ id }, ...others] = statement.declarations;
  const names = id.type === 'ArrayPattern' ? id.elements.filter(element => element !== null) : [id];
  return others.length === 0 && names.length === 1 && names[0] === binding;
}

/** Whether the releaser has another use than to release. */
function isReleaserUsed({ variables }: EditContext, { binding, releases }: Obligation): boolean {
  const variable = binding === undefined ? undefined : variables.of(binding);
  return (
    variable?.references.some(
      ({ identifier, init }) => init !== true && !releases.some(release => contains(release, identifier)),
    ) === true
  );
}

/** What the callback gives, and whether the function returns it. */
interface Result {
  readonly isReturned: boolean;
  /** The `return` behind the release, which becomes the callback's. */
  readonly moved?: TSESTree.ReturnStatement;
}

/** Whether the value can go through a function that declares no type: not `any`, as typescript-eslint warns of that. */
function isTyped({ types }: EditContext, { argument }: TSESTree.ReturnStatement): boolean {
  return types !== undefined && argument !== null && !types.isAny(argument);
}

function resultOf(context: EditContext, { body, rest, region }: Section, owner: FunctionNode, range: Range): Result | null {
  const returns = body.flatMap(statement => returnStatementsIn(statement, context.sourceCode.visitorKeys));
  const [tail, ...others] = rest;
  const isWhole = region.block === owner.body && others.length === 0;
  const isUsed = declaredBy(context, body).some(([variable]) => isUsedOutside(variable, range));
  if (tail === undefined) {
    const values = returns.filter(({ argument }) => argument !== null);
    return returns.length === 0 || (isWhole && values.every(each => isTyped(context, each))) ? { isReturned: values.length > 0 } : null;
  }
  if (isWhole && tail.type === 'ReturnStatement' && isQuiet(tail.argument)) {
    return [...returns, tail].every(each => isTyped(context, each)) ? { isReturned: true, moved: tail } : null;
  }
  return returns.length === 0 && !isUsed ? { isReturned: false } : null;
}

/** Whether the statements mean the same in an arrow function: it awaits, and nothing in it is bound to this function. */
function isMovable(context: EditContext, owner: FunctionNode, body: readonly TSESTree.Statement[]): boolean {
  const nodes = body.flatMap(statement => ownNodes(context, statement));
  return (
    nodes.some(({ type }) => type === 'AwaitExpression') &&
    !nodes.some(node => isBound(node) || (node.type === 'VariableDeclaration' && node.kind === 'var')) &&
    !writesLocals(context, owner, body) &&
    !isNarrowed(context, owner, body, nodes)
  );
}

/** The nodes that run with the statement, without those of functions inside it. */
function ownNodes(context: EditContext, node: TSESTree.Node): TSESTree.Node[] {
  return [
    node,
    ...childrenOf(node, context.sourceCode.visitorKeys).flatMap(child =>
      isFunction(child) || isClass(child) ? [] : ownNodes(context, child),
    ),
  ];
}

/** Jumps are not followed to their target: any of them keeps the section where it is. */
function isBound(node: TSESTree.Node): boolean {
  return (
    node.type === 'BreakStatement' ||
    node.type === 'ContinueStatement' ||
    node.type === 'YieldExpression' ||
    (node.type === 'Identifier' && node.name === 'arguments')
  );
}

/** An assignment inside a function is not seen by the analysis that tells whether a variable has a value. */
function writesLocals({ sourceCode }: EditContext, owner: FunctionNode, body: readonly TSESTree.Statement[]): boolean {
  return (sourceCode.scopeManager?.scopes ?? []).some(scope =>
    scope.references.some(reference => {
      const definition = reference.resolved?.defs[0]?.node;
      return (
        reference.isWrite() &&
        definition !== undefined &&
        contains(owner, definition) &&
        body.some(statement => contains(statement, reference.identifier)) &&
        !body.some(statement => contains(statement, definition))
      );
    }),
  );
}

/** Whether a test before the acquire may have narrowed the type of a property: a function forgets that. */
function isNarrowed(
  context: EditContext,
  owner: FunctionNode,
  [first]: readonly TSESTree.Statement[],
  nodes: readonly TSESTree.Node[],
): boolean {
  const members = (list: readonly TSESTree.Node[]): string[] =>
    list.filter(({ type }) => type === 'MemberExpression').map(node => context.sourceCode.getText(node));
  const tests = ownNodes(context, owner.body).flatMap(node =>
    node.type === 'IfStatement' && first !== undefined && node.range[0] < first.range[0] ? ownNodes(context, node.test) : [],
  );
  const tested = new Set(members(tests));
  return members(nodes).some(text => tested.has(text));
}
