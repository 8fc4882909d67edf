import type { TSESLint } from '@typescript-eslint/utils';

import type { ResourceKind } from './analysis/specification.js';

/** What our rules say of themselves beyond ESLint's own fields. */
export interface RuleDocs {
  /** The preset that first holds the rule. `strict` holds every rule. */
  recommended: 'recommended' | 'strict';
  /** The families of resources that the rule watches. */
  kinds: readonly ResourceKind[];
}

type Rule<Options extends readonly unknown[], MessageId extends string> = TSESLint.RuleModule<
  MessageId,
  Options,
  RuleDocs
> & { name: string };

/**
 * Creates a rule whose documentation page is `docs/rules/<name>.md` of this repository: what `RuleCreator` of
 * typescript-eslint does, without the time that loading it takes.
 */
export function createRule<Options extends readonly unknown[], MessageId extends string>({
  name,
  meta,
  create,
}: Rule<Options, MessageId> & { meta: { docs: RuleDocs } }): Rule<Options, MessageId> {
  return { name, meta: { ...meta, docs: { ...meta.docs, url: `${pages}/${name}.md` } }, create };
}

const pages = 'https://github.com/eslint-plugin-thread-hygiene/eslint-plugin-thread-hygiene/blob/main/docs/rules';
