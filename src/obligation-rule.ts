import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Confidence, Finding, FindingKind, Obligation } from './analysis/findings.js';
import { isReported } from './analysis/findings.js';
import type { ResourceKind } from './analysis/specification.js';
import { createRule } from './create-rule.js';
import type { RuleDocs } from './create-rule.js';
import type { RepairId } from './edits/repairs.js';
import { editsOf, repairMessages } from './edits/repairs.js';
import { analyseFile } from './file-analysis.js';

/** The option that every rule has. */
export type ObligationOptions = [{ report?: Confidence }?];

/** One message for each way in which an obligation is missed. */
const messages = {
  neverReleased: 'The {{noun}} of `{{acquire}}` is never released. {{remedy}}',
  missedOnException: '{{release}} is not called when `{{witness}}` throws (line {{line}}). {{remedy}}',
  missedOnReturn: '{{release}} is not called before `{{witness}}` leaves (line {{line}}). {{remedy}}',
  missedOnEnd: '{{release}} is not called on a path to the end of the function (line {{line}}). {{remedy}}',
  missedInCallback: '{{release}} is not called when its callback leaves at `{{witness}}` (line {{line}}). {{remedy}}',
  acquiredInsideTry:
    '`finally` releases the {{noun}} even when `{{witness}}` throws before it is acquired (line {{line}}). Acquire it before `try`.',
  overwritten:
    '`{{witness}}` is assigned anew while it holds the {{noun}} of `{{acquire}}` (line {{line}}). Release it first.',
  reacquired: 'The next round of the loop acquires the {{noun}} again while it is held. {{remedy}}',
  handleDropped: 'Only the result of `{{acquire}}` can release the {{noun}}, and it is dropped. {{remedy}}',
  releasedEarly:
    '`finally` releases the {{noun}} before the promise of `{{witness}}` settles (line {{line}}). Await the promise first.',
} as const satisfies Record<FindingKind, string>;

type MessageId = FindingKind | RepairId;

/** The parts of a rule that its family decides. */
export interface ObligationRule {
  name: string;
  description: string;
  recommended: RuleDocs['recommended'];
  kinds: readonly ResourceKind[];
}

/** Creates a rule that reports the obligations of some kinds which are not released on every path. */
export function createObligationRule({ name, description, recommended, kinds }: ObligationRule) {
  return createRule<ObligationOptions, MessageId>({
    name,
    meta: {
      type: 'problem',
      docs: { description, recommended, kinds },
      fixable: 'code',
      hasSuggestions: true,
      messages: { ...messages, ...repairMessages },
      defaultOptions: [],
      schema: [
        {
          type: 'object',
          additionalProperties: false,
          properties: {
            report: {
              type: 'string',
              enum: ['certain', 'likely', 'possible'],
              description: "The least confidence that is reported. Default: settings['thread-hygiene'].report, then 'likely'.",
            },
          },
        },
      ],
    },
    create(context) {
      return {
        'Program:exit'() {
          const { settings, outcomes } = analyseFile(context);
          const threshold = context.options[0]?.report ?? settings.report ?? 'likely';
          const findings = outcomes(kinds)
            .flatMap(outcome => (outcome.kind === 'reported' ? [outcome.finding] : []))
            .filter(({ confidence }) => isReported(confidence, threshold));
          for (const [finding, edits] of editsOf(context.sourceCode, findings, settings)) {
            context.report({ ...descriptorOf(context.sourceCode, finding), ...edits });
          }
        },
      };
    },
  });
}

function descriptorOf(
  sourceCode: Readonly<TSESLint.SourceCode>,
  finding: Finding,
): TSESLint.ReportDescriptor<MessageId> {
  const { obligation, witness, kind } = finding;
  return {
    node: obligation.acquire,
    messageId: kind,
    data: {
      noun: obligation.specification.noun,
      acquire: mention(sourceCode, obligation.acquire),
      release: releaseText(sourceCode, obligation),
      witness: isEnd(witness) ? '}' : mention(sourceCode, witness),
      line: String(isEnd(witness) ? witness.loc.end.line : witness.loc.start.line),
      remedy: `Release it in \`finally\`.`,
    },
  };
}

/** Whether the witness is a whole function body: what loses the resource is its end. */
function isEnd(witness: TSESTree.Node): boolean {
  return witness.type === 'BlockStatement';
}

/** How the code releases, or would: `release`, `client.release`. */
function releaseText(
  sourceCode: Readonly<TSESLint.SourceCode>,
  { binding, specification, acquire, releases }: Obligation,
): string {
  const written = releases.map(releaserOf).find(node => node !== undefined);
  if (written !== undefined) {
    return `\`${mention(sourceCode, written)}\``;
  }
  const [release] = specification.release;
  const receiver = acquire.callee.type === 'MemberExpression' ? sourceCode.getText(acquire.callee.object) : undefined;
  const name = binding?.name;
  if (release === undefined) {
    return `the release of the ${specification.noun}`;
  }
  if ('receiverMethod' in release || (name === undefined && 'method' in release && receiver !== undefined)) {
    const method = 'receiverMethod' in release ? release.receiverMethod : release.method;
    return `\`${receiver ?? specification.noun}.${method}\``;
  }
  if (name === undefined) {
    return `the releaser of the ${specification.noun}`;
  }
  return 'method' in release ? `\`${name}.${release.method}\`` : 'function' in release ? `\`${release.function}\`` : `\`${name}\``;
}

/** What is called where the code releases; undefined where it hands the releaser to a promise. */
function releaserOf(release: TSESTree.Node): TSESTree.Node | undefined {
  if (release.type !== 'CallExpression') {
    return undefined;
  }
  const { callee } = release;
  if (callee.type === 'SequenceExpression') {
    // Compiled code calls `(0, module.unlock)(…)`.
    return callee.expressions.at(-1);
  }
  const isChain =
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    ['catch', 'finally', 'then'].includes(callee.property.name);
  return isChain ? undefined : callee;
}

const maximumMention = 60;

/** The source text of a node, on one line and not too long. */
function mention(sourceCode: Readonly<TSESLint.SourceCode>, node: TSESTree.Node): string {
  const text = sourceCode.getText(node).replaceAll(/\s+/gu, ' ');
  return text.length <= maximumMention ? text : `${text.slice(0, maximumMention - 1)}…`;
}
