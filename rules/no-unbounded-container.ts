import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { isReported } from '../src/analysis/findings.js';
import { createRule } from '../src/create-rule.js';
import { deleteInFinally, deleteOnRejection, deleteWithSibling, dropOldest, evictOldest } from '../src/edits/bounded-container.js';
import { weakCollection } from '../src/edits/weak-collection.js';
import { analyseFile } from '../src/file-analysis.js';
import type { ContainerFinding } from '../src/file-analysis.js';
import { mention } from '../src/mention.js';
import { reportOptionSchema, thresholdOf } from '../src/report-option.js';
import type { ReportOption } from '../src/report-option.js';

type MessageId = keyof typeof messages;
type SuggestionId =
  | 'deleteInFinally'
  | 'deleteOnRejection'
  | 'deleteWithSibling'
  | 'dropOldest'
  | 'evictOldest'
  | 'useWeakCollection';

/** One message for each way in which a container grows. */
const messages = {
  growsByConstruction:
    'Every instance puts itself into `{{container}}` (line {{line}}) and stays there for good. Take it out when it is disposed of, or keep a `WeakRef`.',
  growsPerCall: '`{{container}}` grows with every `{{witness}}` (line {{line}}) and never shrinks. Bound its length.',
  growsPerKey:
    '`{{container}}` keeps an entry for every `{{witness}}` that ever comes (line {{line}}). Delete entries that are done with, or bound their number.',
  growsPerObject:
    '`{{container}}` keeps every `{{key}}` alive that ever comes (line {{line}}). Use a weak collection, or delete entries that are done with.',
  keepsRejection:
    '`{{container}}` keeps the promise `{{witness}}` when it is rejected (line {{line}}), and gives it to whoever asks from then on. Delete it then.',
  keptOnFailure:
    'The entry of `{{container}}` is not deleted when `{{witness}}` throws (line {{line}}). Delete it in `finally`.',
  deleteInFinally: 'Delete the entry in `finally`.',
  deleteOnRejection: 'Delete the entry when its promise is rejected.',
  deleteWithSibling: 'Delete the entry where line {{line}} deletes the same key.',
  dropOldest: 'Drop the first element when there are more than 1,000.',
  evictOldest: 'Evict the oldest entries when there are 1,000.',
  useWeakCollection: 'Use `Weak{{form}}`, which keeps no key alive.',
} as const satisfies Record<ContainerFinding['kind'] | SuggestionId, string>;

export const noUnboundedContainer = createRule<ReportOption, MessageId>({
  name: 'no-unbounded-container',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow long-lived containers that repeated calls grow and nothing shrinks',
      recommended: 'strict',
      kinds: [],
    },
    fixable: 'code',
    hasSuggestions: true,
    messages,
    schema: reportOptionSchema,
  },
  create(context) {
    return {
      'Program:exit'() {
        const { settings, containers } = analyseFile(context);
        const threshold = thresholdOf(context.options, settings);
        for (const finding of containers()) {
          if (!isReported(finding.confidence, threshold)) continue;
          context.report({ ...descriptorOf(context.sourceCode, finding), ...editsOf(context.sourceCode, finding, settings.fixes ?? 'safe') });
        }
      },
    };
  },
});

function descriptorOf(
  sourceCode: Readonly<TSESLint.SourceCode>,
  { kind, container, growth, witness }: ContainerFinding,
): TSESLint.ReportDescriptor<MessageId> {
  return {
    loc: nameLocation(container.node),
    messageId: kind,
    data: {
      container: container.name,
      witness: mention(sourceCode, witness),
      key: mention(sourceCode, growth.key ?? growth.node),
      line: String(witness.loc.start.line),
    },
  };
}

/** Where a name stands, without the type that it states. */
function nameLocation(node: TSESTree.Node): TSESTree.SourceLocation {
  if (node.type !== 'Identifier') return node.loc;
  const { start } = node.loc;
  return { start, end: { line: start.line, column: start.column + node.name.length } };
}

/** The repair is automatic where nothing else is assumed of the code than that the container grows. */
function editsOf(
  sourceCode: TSESLint.SourceCode,
  finding: ContainerFinding,
  fixes: 'none' | 'safe',
): Pick<TSESLint.ReportDescriptor<SuggestionId>, 'fix' | 'suggest'> {
  const { container, canBeWeak, confidence } = finding;
  const weak = canBeWeak ? weakCollection(container) : null;
  if (weak !== null && fixes === 'safe' && confidence !== 'possible') return { fix: weak };
  return {
    suggest: [
      ...suggestion('useWeakCollection', weak, { form: container.form === 'set' ? 'Set' : 'Map' }),
      ...boundsOf(sourceCode, finding),
    ],
  };
}

type Suggestions = TSESLint.ReportSuggestionArray<SuggestionId>;

/** The edits that take entries out. Which entries are done with, and how many are too many, is the author's decision. */
function boundsOf(sourceCode: TSESLint.SourceCode, { kind, growth, removal, canBeMadeAgain }: ContainerFinding): Suggestions {
  switch (kind) {
    case 'keptOnFailure':
      return [...suggestion('deleteInFinally', deleteInFinally(sourceCode, growth, removal))];
    case 'keepsRejection':
      return [...suggestion('deleteOnRejection', deleteOnRejection(sourceCode, growth))];
    case 'growsPerCall':
      return [...suggestion('dropOldest', dropOldest(sourceCode, growth))];
    case 'growsPerKey':
      return [
        ...suggestion('deleteWithSibling', deleteWithSibling(sourceCode, growth, removal), { line: String(removal?.loc.start.line) }),
        ...suggestion('evictOldest', canBeMadeAgain ? evictOldest(sourceCode, growth) : null),
      ];
    case 'growsByConstruction':
    case 'growsPerObject':
      return [];
  }
}

function suggestion(messageId: SuggestionId, fix: TSESLint.ReportFixFunction | null, data: Record<string, string> = {}): Suggestions {
  return fix === null ? [] : [{ messageId, data, fix }];
}
