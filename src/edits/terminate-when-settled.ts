import type { TSESTree } from '@typescript-eslint/utils';

import type { Obligation } from '../analysis/findings.js';
import { contains } from '../analysis/syntax/contains.js';
import { isFunction } from '../analysis/syntax/functions.js';
import type { EditContext } from './context.js';
import type { Piece } from './draft.js';
import type { Repair } from './repair.js';

/**
 * Releases before each place where a handler settles the promise around the resource.
 *
 * @returns null if the resource has no name, or one of the places has no room for a release
 */
export function terminateWhenSettled(context: EditContext, obligation: Obligation): Repair | null {
  const { binding, owner, settlements = [], specification } = obligation;
  const method = specification.release.flatMap(way => ('method' in way ? way.method : []))[0];
  if (binding === undefined || method === undefined) {
    return null;
  }
  const release = `${specification.awaitRelease === true ? 'void ' : ''}${binding.name}.${method}()`;
  const pieces = settlements.map(node => releaseBefore(context, node, release));
  const known = pieces.flatMap(each => each ?? []);
  return settlements.length === 0 || pieces.includes(null) || !settlements.every(node => contains(owner, node))
    ? null
    : {
        messageId: 'terminateWhenSettled',
        data: { release },
        isExact: false,
        draft: { span: owner.range, pieces: known, shifts: [] },
      };
}

function releaseBefore(context: EditContext, node: TSESTree.Node, release: string): Piece[] | null {
  if (node.type === 'Identifier') {
    return instead(context, node, release);
  }
  const { parent } = node;
  if (isFunction(parent) && parent.body === node) {
    const isPlain = context.sourceCode.getTokenBefore(node)?.value === '=>';
    return isPlain ? enclose(node, release, ';') : null;
  }
  const isStatement = parent?.type === 'ExpressionStatement' || parent?.type === 'ReturnStatement';
  return isStatement ? beforeStatement(context, parent, release) : null;
}

function beforeStatement({ layout }: EditContext, statement: TSESTree.Statement, release: string): Piece[] {
  const { parent, range } = statement;
  if (parent.type !== 'BlockStatement' && parent.type !== 'SwitchCase') {
    return enclose(statement, release, '');
  }
  return layout.ownLines(statement, statement)
    ? [{ kind: 'above', at: layout.lineStart(layout.startOf(statement)), lines: [`${layout.indentAt(range[0])}${release}${layout.semicolon}`] }]
    : [{ kind: 'before', at: range[0], text: `${release}; ` }];
}

function enclose({ range: [start, end] }: TSESTree.Node, release: string, semicolon: string): Piece[] {
  return [
    { kind: 'before', at: start, text: `{ ${release}; ` },
    { kind: 'behind', at: end, lines: [`${semicolon} }`] },
  ];
}

/**
 * `worker.onmessage = resolve` gets a function of its own. What `reject` would be given is no `Error`, for which its
 * author has to find words.
 */
function instead({ sourceCode }: EditContext, node: TSESTree.Identifier, release: string): Piece[] | null {
  const isTimer = node.parent.type === 'CallExpression' && node.parent.arguments[0] === node;
  return isTimer || !node.name.startsWith('res') || /\bresult\b/u.test(sourceCode.text)
    ? null
    : [{ kind: 'replace', range: node.range, text: `result => { ${release}; ${node.name}(result); }` }];
}
