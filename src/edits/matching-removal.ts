import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Handler, IneffectiveRemoval, Registration } from '../analysis/retention/listeners/model.js';
import { handlerInConstant, handlerInField } from './hoisted-handler.js';
import type { NamedHandler } from './hoisted-handler.js';

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * Makes a removal match: both calls name one function, which is kept in a field or a constant; or both have the same
 * capture flag.
 *
 * @returns null if no one place can be seen where the function may be kept
 */
export function matchingRemoval(
  sourceCode: SourceCode,
  { kind, removal, registration }: IneffectiveRemoval,
): TSESLint.ReportFixFunction | null {
  if (registration === undefined || removal.handler === undefined) return null;
  if (kind === 'otherCapture') return sameCapture(sourceCode, removal.call, registration);
  if (kind === 'neverRegistered') return null;
  const { handler } = registration;
  const named = handler.kind === 'named' ? nameOf(sourceCode, registration) : keptHandler(sourceCode, registration, removal);
  const replaced = handler.kind === 'named' ? [removal.handler.node] : [handler.node, removal.handler.node];
  if (named === null || !isSameFunction(sourceCode, handler, removal.handler)) return null;
  return fixer => [
    ...insertion(fixer, named),
    ...replaced.map(node => fixer.replaceText(node, named.name)),
  ];
}

function keptHandler(
  sourceCode: SourceCode,
  registration: Registration,
  { call }: IneffectiveRemoval['removal'],
): NamedHandler | null {
  return handlerInConstant(sourceCode, registration, call) ?? handlerInField(sourceCode, registration);
}

/** A handler that the removal can name as the registration does: a field. A variable may be out of reach. */
function nameOf(sourceCode: SourceCode, { handler: { node } }: Registration): NamedHandler | null {
  return node.type === 'MemberExpression' ? { name: sourceCode.getText(node), declaration: undefined } : null;
}

/** Whether the removal means the function of the registration: it has its text, wraps it, or is wrapped by it. */
function isSameFunction(sourceCode: SourceCode, added: Handler, removed: Handler): boolean {
  const [text, other] = [added, removed].map(({ node }) => sourceCode.getText(node).replaceAll(/\s+/gu, ' '));
  if (text === other) return true;
  const [name, otherName] = [added, removed].map(handler =>
    handler.kind === 'named' ? handler.key : handler.kind === 'fresh' ? handler.of : undefined,
  );
  return name !== undefined && name === otherName;
}

function insertion(fixer: TSESLint.RuleFixer, { declaration }: NamedHandler): TSESLint.RuleFix[] {
  return declaration === undefined
    ? []
    : [fixer.insertTextBeforeRange([declaration.offset, declaration.offset], declaration.text)];
}

/** Gives the removal the options of the registration, as far as they count. */
function sameCapture(
  sourceCode: SourceCode,
  call: TSESTree.CallExpression,
  { capture }: Registration,
): TSESLint.ReportFixFunction | null {
  const [, handler, options] = call.arguments;
  if (handler === undefined || capture === undefined) return null;
  if (options === undefined) return fixer => fixer.insertTextAfter(handler, capture ? ', true' : '');
  const isPlain = options.type === 'Literal' || options.type === 'ObjectExpression';
  if (!isPlain || sourceCode.getCommentsInside(options).length > 0) return null;
  return fixer => (capture ? fixer.replaceText(options, 'true') : fixer.removeRange([handler.range[1], options.range[1]]));
}
