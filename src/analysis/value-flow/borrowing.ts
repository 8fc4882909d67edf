import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { createClasses } from '../classes/class-model.js';
import type { FunctionNode } from '../findings.js';
import type { Variables } from '../scope/variables.js';
import { isFunction } from '../syntax/functions.js';
import { propertyName } from '../syntax/property-name.js';
import { documentationOf } from './documentation.js';
import { fieldTag, ownershipTags } from './ownership-tags.js';

/**
 * Whether a documentation comment of this file says that whoever gets a value there only borrows it: `@borrows` at the
 * result of a function, or at a field that `this.field` names.
 */
export function onlyBorrows(
  place: FunctionNode | TSESTree.MemberExpression,
  sourceCode: TSESLint.SourceCode,
  variables: Variables,
): boolean {
  if (!sourceCode.text.includes('@borrows')) return false;
  if (isFunction(place)) return ownershipTags(documentationOf(place, sourceCode)).result === 'borrows';
  const field = fieldOf(place, sourceCode, variables);
  return field !== undefined && fieldTag(documentationOf(field, sourceCode)) === 'borrows';
}

function fieldOf(
  place: TSESTree.MemberExpression,
  sourceCode: TSESLint.SourceCode,
  variables: Variables,
): TSESTree.PropertyDefinition | undefined {
  const owner = place.object.type === 'ThisExpression' ? createClasses(sourceCode, variables).around(place)?.node : undefined;
  const members = owner?.body.type === 'ClassBody' ? owner.body.body : [];
  const name = propertyName(place);
  return members.filter(member => member.type === 'PropertyDefinition').find(member => propertyName(member) === name);
}
