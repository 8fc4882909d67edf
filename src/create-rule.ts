import { RuleCreator } from '@typescript-eslint/utils/eslint-utils';

import type { ResourceKind } from './analysis/specification.js';

/** What our rules say of themselves beyond ESLint's own fields. */
export interface RuleDocs {
  /** The preset that first holds the rule. `strict` holds every rule. */
  recommended: 'recommended' | 'strict';
  /** The families of resources that the rule watches. */
  kinds: readonly ResourceKind[];
}

/** Creates a rule whose documentation page is `docs/rules/<name>.md` of this repository. */
export const createRule = RuleCreator<RuleDocs>(
  name => `https://github.com/eslint-plugin-thread-hygiene/eslint-plugin-thread-hygiene/blob/main/docs/rules/${name}.md`,
);
