import type { TSESTree } from '@typescript-eslint/utils';

import type { Finding, Obligation } from '../analysis/findings.js';
import { functionAround } from '../analysis/syntax/functions.js';
import { memberName } from '../analysis/syntax/member-name.js';
import type { EditContext } from './context.js';
import type { Piece } from './draft.js';
import type { Repair } from './repair.js';

/**
 * Releases what a method takes out of a container, before it does.
 *
 * @returns null if the container holds more than the resource, or what is taken out cannot be named
 */
export function releaseBeforeDropping(context: EditContext, { obligation, witness }: Finding): Repair | null {
  const { layout, sourceCode } = context;
  const method = functionAround(witness);
  const adding = addingMethodOf(context, obligation);
  const release = obligation.specification.release.flatMap(each => ('method' in each ? each.method : []))[0];
  const statement = witness.parent;
  if (method === undefined || adding === undefined || release === undefined || statement?.type !== 'ExpressionStatement') {
    return null;
  }
  const prefix = obligation.specification.awaitRelease === true ? (method.async ? 'await ' : 'void ') : '';
  const container = `this.${obligation.field ?? ''}`;
  const piece = witness.type === 'CallExpression' ? beforeCall(witness) : above(everyOne());
  return piece === null
    ? null
    : {
        messageId: 'releaseBeforeDropping',
        data: { release },
        isExact: false,
        scope: method,
        draft: { span: statement.range, pieces: piece, shifts: [] },
      };

  function beforeCall(call: TSESTree.CallExpression): Piece[] | null {
    const [key] = call.arguments;
    switch (memberName(call.callee)) {
      case 'clear':
        return above(everyOne());
      case 'delete':
        if (key?.type !== 'Identifier') return null;
        return above(adding === 'set' ? `${prefix}${container}.get(${key.name})?.${release}()` : `${prefix}${key.name}.${release}()`);
      case 'pop':
      case 'shift':
        return [
          { kind: 'before', at: call.range[0], text: prefix },
          { kind: 'behind', at: call.range[1], lines: [`?.${release}()`] },
        ];
      default:
        return null;
    }
  }

  function everyOne(): string {
    const name = obligation.specification.kind;
    return `for (const ${name} of ${container}${adding === 'set' ? '.values()' : ''}) ${prefix}${name}.${release}()`;
  }

  function above(text: string): Piece[] | null {
    return statement !== undefined && layout.ownLines(statement, statement)
      ? [{ kind: 'above', at: layout.lineStart(layout.startOf(statement)), lines: [`${layout.indentAt(statement.range[0])}${text}${layout.semicolon}`] }]
      : null;
  }

  /** The method by which the resource itself gets into the container, and no object that holds it. */
  function addingMethodOf({ variables }: EditContext, { acquire, binding }: Obligation): string | undefined {
    const variable = binding && variables.of(binding);
    const places = [acquire, ...(variable?.references.map(({ identifier }) => identifier) ?? [])];
    for (const { parent } of places) {
      const callee = parent.type === 'CallExpression' && parent.callee.type === 'MemberExpression' ? parent.callee : undefined;
      if (callee !== undefined && sourceCode.getText(callee.object) === `this.${obligation.field ?? ''}`) {
        return memberName(callee);
      }
    }
    return undefined;
  }
}
