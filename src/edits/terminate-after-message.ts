import type { TSESTree } from '@typescript-eslint/utils';

import type { Obligation } from '../analysis/findings.js';
import { ancestorsOf } from '../analysis/syntax/ancestors.js';
import { contains } from '../analysis/syntax/contains.js';
import { functionAround, isFunction } from '../analysis/syntax/functions.js';
import { propertyName, stringOf } from '../analysis/syntax/property-name.js';
import type { EditContext } from './context.js';
import type { Piece } from './draft.js';
import type { Repair } from './repair.js';

/**
 * Ends a worker that a function asks once, as soon as its answer is there.
 *
 * @returns null if the function does not ask it exactly once, or does not have exactly one place that takes answers
 */
export function terminateAfterMessage(context: EditContext, { binding, owner, releases, specification }: Obligation): Repair | null {
  const method = specification.release.flatMap(way => ('method' in way ? way.method : []))[0];
  const variable = binding && context.variables.of(binding);
  if (binding === undefined || variable === undefined || method === undefined || owner.type === 'Program' || releases.length > 0) {
    return null;
  }
  const members = variable.references.flatMap(({ identifier: { parent } }) => (parent.type === 'MemberExpression' ? [parent] : []));
  const handlers = members.flatMap(handlerAt);
  const questions = members.filter(member => propertyName(member) === 'postMessage');
  const [handler] = handlers;
  const [question] = questions;
  const isAskedOnce =
    handlers.length === 1 && questions.length === 1 && question !== undefined && functionAround(question) === owner && !isInLoop(question, owner);
  const release = `${specification.awaitRelease === true ? 'void ' : ''}${binding.name}.${method}()`;
  const pieces = handler === undefined || !isAskedOnce ? null : releaseFirst(context, handler, release);
  return pieces === null
    ? null
    : { messageId: 'terminateAfterMessage', data: { release }, isExact: false, draft: { span: owner.range, pieces, shifts: [] } };
}

/** `worker.onmessage = f`, `worker.on('message', f)`. */
function handlerAt(member: TSESTree.MemberExpression): TSESTree.Node[] {
  const { parent } = member;
  if (parent.type === 'AssignmentExpression' && parent.left === member) {
    return propertyName(member) === 'onmessage' ? [parent.right] : [];
  }
  const [event, handler] = parent.type === 'CallExpression' && parent.callee === member ? parent.arguments : [];
  const isListening = /^(?:addEventListener|addListener|on|once)$/u.test(propertyName(member) ?? '');
  return isListening && event !== undefined && handler !== undefined && stringOf(event) === 'message' ? [handler] : [];
}

function isInLoop(node: TSESTree.Node, owner: TSESTree.Node): boolean {
  return [...ancestorsOf(node)].some(around => contains(owner, around) && /^(?:Do|For|While)/u.test(around.type));
}

const parameter = 'event';

/** The answer has been received when its handler runs: what comes first in there holds on every way out of it. */
function releaseFirst({ layout, sourceCode }: EditContext, handler: TSESTree.Node, release: string): Piece[] | null {
  if (handler.type === 'Identifier' && handler.name !== parameter) {
    return [{ kind: 'replace', range: handler.range, text: `${parameter} => { ${release}; ${handler.name}(${parameter}); }` }];
  }
  if (!isFunction(handler)) {
    return null;
  }
  const { body } = handler;
  if (body.type !== 'BlockStatement') {
    return sourceCode.getTokenBefore(body)?.value === '=>'
      ? [
          { kind: 'before', at: body.range[0], text: `{ ${release}; ` },
          { kind: 'behind', at: body.range[1], lines: ['; }'] },
        ]
      : null;
  }
  const [first] = body.body;
  if (first === undefined) {
    return null;
  }
  return layout.ownLines(first, first)
    ? [{ kind: 'above', at: layout.lineStart(layout.startOf(first)), lines: [`${layout.indentAt(first.range[0])}${release}${layout.semicolon}`] }]
    : [{ kind: 'before', at: first.range[0], text: `${release}; ` }];
}
