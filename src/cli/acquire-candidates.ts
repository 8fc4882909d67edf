import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Catalogue } from '../analysis/specification.js';
import type { CandidateFacts } from './facts.js';
import { placeOf, shortText } from './outcome-facts.js';

/** `call` as a candidate if its name is that of an acquire in `catalogue`, wherever it leads. */
export function candidateOf(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  catalogue: Catalogue,
  sourceCode: Readonly<TSESLint.SourceCode>,
): CandidateFacts | undefined {
  const name = calleeName(call.callee);
  const entries = Object.values(catalogue).filter(({ acquire, from }) =>
    acquire.some(({ how, name: method }) =>
      how === 'method' ? method === name : 'export' in from && [from.export].flat().includes(name ?? ''),
    ),
  );
  if (entries.length === 0) return undefined;
  const nouns = [...new Set(entries.map(({ noun }) => noun))];
  return { place: placeOf(call), text: shortText(call, sourceCode), nouns };
}

function calleeName(callee: TSESTree.Expression): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier') return callee.property.name;
  return undefined;
}
