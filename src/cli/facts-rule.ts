import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { type ResourceKind, resourceKinds } from '../analysis/specification.js';
import { builtInCatalogue } from '../catalogue/index.js';
import { analyseFile, type FileAnalysis } from '../file-analysis.js';
import { resolveCatalogue } from '../settings.js';
import { candidateOf } from './acquire-candidates.js';
import { messageOf } from './errors.js';
import type { CandidateFacts, FileFacts } from './facts.js';
import { factsOf, placeOf } from './outcome-facts.js';
import { typingOf } from './parser.js';
import { announceFile } from './progress.js';

export interface FactsOptions {
  /** The families of resources to tell of. */
  kinds: ResourceKind[];
  /** Whether to announce each file. */
  progress: boolean;
  /** The line to collect candidates on. */
  explainLine?: number;
}

type Context = Readonly<TSESLint.RuleContext<'facts', [FactsOptions]>>;
type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/**
 * Reports one message per file whose text is the file's facts as JSON. It is how they leave ESLint's worker threads;
 * the audit takes these messages out of the results before anybody sees them.
 */
export const factsRule: TSESLint.RuleModule<'facts', [FactsOptions]> = {
  meta: {
    type: 'problem',
    messages: { facts: '{{json}}' },
    defaultOptions: [{ kinds: [...resourceKinds], progress: false }],
    schema: [
      {
        type: 'object',
        properties: {
          kinds: { type: 'array', items: { type: 'string' } },
          progress: { type: 'boolean' },
          explainLine: { type: 'integer' },
        },
        additionalProperties: false,
      },
    ],
  },
  create(context) {
    const [{ progress, explainLine }] = context.options;
    const calls: Call[] = [];
    return {
      ...(explainLine !== undefined && {
        'CallExpression, NewExpression'(node: Call) {
          if (node.loc.start.line <= explainLine && explainLine <= node.loc.end.line) calls.push(node);
        },
      }),
      'Program:exit'() {
        if (progress) announceFile();
        const json = JSON.stringify(gatherFacts(context, calls));
        context.report({ loc: { line: 1, column: 0 }, messageId: 'facts', data: { json } });
      },
    };
  },
};

function gatherFacts(context: Context, calls: readonly Call[]): FileFacts {
  const { sourceCode } = context;
  const analysis = analyseFile(context);
  const obligations = analysis.outcomes(context.options[0].kinds).map(outcome => factsOf(outcome, sourceCode));
  const failures = analysis.failures.map(({ node, error }) => ({ place: placeOf(node), message: messageOf(error) }));
  return {
    ...typingOf(sourceCode),
    ...(analysis.skipped && { skipped: analysis.skipped }),
    failures,
    obligations,
    candidates: candidatesAmong(calls, sourceCode, analysis),
  };
}

function candidatesAmong(
  calls: readonly Call[],
  sourceCode: Context['sourceCode'],
  { settings }: FileAnalysis,
): CandidateFacts[] {
  const catalogue = resolveCatalogue(builtInCatalogue, settings);
  return calls.flatMap(call => candidateOf(call, catalogue, sourceCode) ?? []);
}
