import type { TSESTree } from '@typescript-eslint/utils';

import { propertyName } from './property-name.js';
import { skipWrappers } from './skip-wrappers.js';

/** The name of the member that an expression takes: `dispose` of `x.dispose`, `x?.['dispose']`; `#close` of `this.#close`. */
export function memberName(node: TSESTree.Expression): string | undefined {
  const member = skipWrappers(node);
  return member.type === 'MemberExpression' ? propertyName(member) : undefined;
}
