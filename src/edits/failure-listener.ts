import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { contains } from '../analysis/syntax/contains.js';
import { functionAround } from '../analysis/syntax/functions.js';
import { memberName } from '../analysis/syntax/member-name.js';
import type { UnheardFailure } from '../analysis/threads/unheard-failures.js';
import { createLayout } from './layout.js';

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * Rejects the promise when the worker fails, by listeners right behind the one that settles it: `worker.on('error',
 * reject);`. An executor that has no `reject` gets one.
 *
 * @returns null unless the listener is a statement of the executor, or all that it does, and the worker is made for the
 *   promise: another one would gather listeners
 */
export function failureListener(sourceCode: SourceCode, finding: UnheardFailure): TSESLint.ReportFixFunction | null {
  const { wrapper, registration, made } = finding;
  if (wrapper === undefined || registration === undefined || made === undefined) return null;
  const { executor, promise } = wrapper;
  if (!contains(functionAround(promise) ?? executor, made)) return null;
  const reject = executor.params[1] ?? (/\breject\b/u.test(sourceCode.getText(executor)) ? undefined : 'reject');
  const [resolve] = executor.params;
  const name = typeof reject === 'string' ? reject : reject?.type === 'Identifier' ? reject.name : undefined;
  if (name === undefined || resolve === undefined || finding.events.length === 0) return null;
  const statement = registration.node.parent;
  const lines = listenersOf(sourceCode, finding, name);
  const parameter = typeof reject === 'string' ? `, ${reject}` : undefined;
  if (executor.body === registration.node) {
    const body = [sourceCode.getText(registration.node), ...lines].map(line => `${line};`).join(' ');
    return fixer => [...withParameter(fixer, sourceCode, resolve, parameter), fixer.replaceText(registration.node, `{ ${body} }`)];
  }
  if (statement.type !== 'ExpressionStatement' || statement.parent !== executor.body) return null;
  const layout = createLayout(sourceCode);
  const end = layout.endOf(statement);
  const [before, after] = layout.ownLines(statement, statement)
    ? [`${layout.newline}${layout.indentAt(statement.range[0])}`, layout.semicolon]
    : [' ', ';'];
  const text = lines.map(line => `${before}${line}${after}`).join('');
  return fixer => [...withParameter(fixer, sourceCode, resolve, parameter), fixer.insertTextAfterRange([end, end], text)];
}

function listenersOf(sourceCode: SourceCode, { registration, events, failure }: UnheardFailure, reject: string): string[] {
  if (registration === undefined) return [];
  const { isProperty, means, node, sender } = registration;
  const worker = sourceCode.getText(sender);
  const quote = sourceCode.getText(node).includes(`"${registration.event ?? ''}"`) ? '"' : "'";
  const ending = `${worker}.terminate();`;
  // A worker of Node has ended when it tells of an exception.
  const isEnded = failure.end === undefined && sourceCode.getText(node).includes(ending);
  const isFree = isProperty && !events.some(event => sourceCode.text.includes(`${worker}.on${event} =`));
  const method = isProperty ? 'addEventListener' : (memberName(means) ?? 'on');
  return events.map(event => {
    const onError = isEnded ? `event => { ${ending} ${reject}(new Error(event.message)); }` : reject;
    const onEnd = `() => { ${reject}(new Error(${quote}The worker ended without an answer.${quote})); }`;
    const handler = event === failure.end ? onEnd : onError;
    return isFree ? `${worker}.on${event} = ${handler}` : `${worker}.${method}(${quote}${event}${quote}, ${handler})`;
  });
}

/** `resolve =>` becomes `(resolve, reject) =>`. */
function withParameter(
  fixer: TSESLint.RuleFixer,
  sourceCode: SourceCode,
  resolve: TSESTree.Parameter,
  parameter: string | undefined,
): TSESLint.RuleFix[] {
  if (parameter === undefined) return [];
  const isBare = sourceCode.getTokenAfter(resolve)?.value === '=>';
  return isBare ? [fixer.replaceText(resolve, `(${sourceCode.getText(resolve)}${parameter})`)] : [fixer.insertTextAfter(resolve, parameter)];
}
