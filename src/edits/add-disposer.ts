import type { Finding } from '../analysis/findings.js';
import { ancestorsOf } from '../analysis/syntax/ancestors.js';
import { isClass } from '../analysis/syntax/functions.js';
import { propertyName } from '../analysis/syntax/property-name.js';
import { inheritsMember } from '../analysis/types/inherited-members.js';
import type { EditContext } from './context.js';
import { releaseOfField } from './release-field.js';
import type { Repair } from './repair.js';

const name = 'close';

/**
 * Gives a class that cannot end what it keeps in a field a method that does. Its owners have to call it.
 *
 * @returns null if it may have a method of that name, or gives the field its next value unconditionally
 */
export function addDisposer(context: EditContext, { obligation }: Finding): Repair | null {
  const { layout, types } = context;
  const owner = [...ancestorsOf(obligation.acquire)].find(isClass);
  const last = owner?.body.body.at(-1);
  const release = owner && releaseOfField(context, obligation, owner, 'void ');
  if (owner === undefined || last === undefined || release === undefined || !isKeptOnce(obligation.acquire)) {
    return null;
  }
  const isTaken =
    owner.body.body.some(member => 'key' in member && propertyName(member) === name) ||
    (owner.superClass !== null && (types === undefined || inheritsMember(types, owner, name) !== false));
  if (isTaken || !layout.ownLines(last, last)) {
    return null;
  }
  const indent = layout.indentAt(last.range[0]);
  const unit = indent.slice(layout.indentAt(owner.range[0]).length);
  return {
    messageId: 'addDisposer',
    data: { release, name },
    isExact: false,
    scope: owner,
    draft: {
      span: owner.range,
      pieces: [
        {
          kind: 'below',
          at: layout.lineEnd(layout.endOf(last)),
          lines: ['', `${indent}${name}() {`, `${indent}${unit}${release}${layout.semicolon}`, `${indent}}`],
        },
      ],
      shifts: [],
    },
  };
}

/** Whether the field gets its value where the instance begins, or under a condition. */
function isKeptOnce(acquire: Finding['obligation']['acquire']): boolean {
  return [...ancestorsOf(acquire)].some(
    around =>
      around.type === 'IfStatement' ||
      around.type === 'PropertyDefinition' ||
      (around.type === 'AssignmentExpression' && around.operator !== '=') ||
      (around.type === 'MethodDefinition' && around.kind === 'constructor'),
  );
}
