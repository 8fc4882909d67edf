import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Finding } from '../analysis/findings.js';
import type { Variables } from '../analysis/scope/variables.js';
import { createVariables } from '../analysis/scope/variables.js';
import type { Types } from '../analysis/types/types.js';
import { createTypes } from '../analysis/types/types.js';
import type { Layout } from './layout.js';
import { createLayout } from './layout.js';

/** What the builders of edits know of the file. */
export interface EditContext {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly layout: Layout;
  readonly variables: Variables;
  readonly types: Types | undefined;
  /** The acquires that the findings are about. */
  readonly acquires: ReadonlySet<TSESTree.Node>;
}

/** The context of the findings of one file. */
export function createEditContext(sourceCode: TSESLint.SourceCode, findings: readonly Finding[]): EditContext {
  return {
    sourceCode,
    layout: createLayout(sourceCode),
    variables: createVariables(sourceCode),
    types: createTypes(sourceCode),
    acquires: new Set(findings.map(({ obligation }) => obligation.acquire)),
  };
}
