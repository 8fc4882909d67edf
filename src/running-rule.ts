import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Finding, FindingKind } from './analysis/findings.js';
import { isReported } from './analysis/findings.js';
import type { ResourceKind } from './analysis/specification.js';
import { createRule } from './create-rule.js';
import type { RuleDocs } from './create-rule.js';
import type { RepairId } from './edits/repairs.js';
import { editsOf, repairMessages } from './edits/repairs.js';
import { stopMessages, stopsOf } from './edits/stop-running.js';
import type { StopId } from './edits/stop-running.js';
import type { FileAnalysis, Leak } from './file-analysis.js';
import { analyseFile } from './file-analysis.js';
import { mention } from './mention.js';
import { messageData, messages } from './obligation-message.js';
import { reportOptionSchema, thresholdOf, type ReportOption } from './report-option.js';

/** One message for each way in which something runs on for too long. */
const leakMessages = {
  resultDropped:
    'Only the result of `{{start}}` can stop the {{noun}}, and it is dropped. Keep it, and stop the {{noun}} when {{host}} is done.',
  neverStopped: 'Nothing stops the {{noun}} in `{{holder}}`. Stop it when {{host}} is done.',
  skippedByDisposer: '`{{disposer}}` does not stop the {{noun}} of `{{start}}` (line {{line}}). Stop it there.',
  missingCleanup: 'The effect returns nothing that stops the {{noun}} of `{{start}}`. Return a function that does.',
  startedAgain:
    '`{{holder}}` is assigned anew while its {{noun}} may be running. Stop it before `{{start}}`, or return early.',
  rearmedForever:
    '`{{start}}` schedules the function that it stands in each time, and nothing stops that. Keep its result and clear it, or check whether {{host}} is done.',
  keepsProcessAlive: 'The {{noun}} of `{{start}}` keeps the process alive of whoever loads this module. Call `unref` on it.',
} as const satisfies Record<Leak['kind'], string>;

type MessageId = FindingKind | Leak['kind'] | RepairId | StopId;

/** The parts of a rule that its family decides. */
export interface RunningRule {
  name: string;
  description: string;
  recommended: RuleDocs['recommended'];
  kind: ResourceKind;
}

/**
 * Creates a rule that reports what runs on after its owner is gone: by the handles that nobody uses and, where somebody
 * does, by the paths on which that is missed.
 */
export function createRunningRule({ name, description, recommended, kind }: RunningRule) {
  return createRule<ReportOption, MessageId>({
    name,
    meta: {
      type: 'problem',
      docs: { description, recommended, kinds: [kind] },
      fixable: 'code',
      hasSuggestions: true,
      messages: { ...messages, ...leakMessages, ...repairMessages, ...stopMessages },
      schema: reportOptionSchema,
    },
    create(context) {
      const { sourceCode } = context;
      return {
        'Program:exit'() {
          const analysis = analyseFile(context);
          const { settings, fail } = analysis;
          const threshold = thresholdOf(context.options, settings);
          for (const leak of analysis.running().leaks) {
            if (leak.running.kind !== kind || !isReported(leak.confidence, threshold)) continue;
            context.report({
              node: leak.running.start,
              messageId: leak.kind,
              data: leakData(sourceCode, leak),
              suggest: stopsOf({ sourceCode, isTypeScript: /\.[cm]?tsx?$/u.test(context.filename) }, leak),
            });
          }
          const findings = missedOnPaths(analysis, kind).filter(({ confidence }) => isReported(confidence, threshold));
          for (const [finding, edits] of editsOf(sourceCode, findings, { fixes: settings.fixes, onFailure: fail })) {
            context.report({
              node: finding.obligation.acquire,
              messageId: finding.kind,
              data: messageData(sourceCode, finding),
              ...edits,
            });
          }
        },
      };
    },
  });
}

/** Ways out of a function that leave a timer running. The others are answered by the search for forgotten handles. */
const pathKinds: ReadonlySet<FindingKind> = new Set(['missedOnEnd', 'missedOnException', 'missedOnReturn', 'overwritten']);

function missedOnPaths({ outcomes, running }: FileAnalysis, kind: ResourceKind): Finding[] {
  return outcomes([kind]).flatMap(outcome => {
    if (outcome.kind !== 'reported') return [];
    const { finding, obligation } = outcome;
    const { acquire, releases, specification } = obligation;
    const { forgotten, endsWithAnother } = running();
    if (kind === 'observer' || forgotten.has(acquire) || endsWithAnother(obligation) || releases.some(isUnref)) return [];
    const isTimer = specification.release.some(release => 'function' in release);
    return !isTimer || pathKinds.has(finding.kind) ? [finding] : [];
  });
}

/** `timer.unref?.()` excuses on all paths: it is called where there is such a method. */
function isUnref(release: TSESTree.Node): boolean {
  return (
    release.type === 'CallExpression' &&
    release.callee.type === 'MemberExpression' &&
    release.callee.property.type === 'Identifier' &&
    release.callee.property.name === 'unref'
  );
}

function leakData(sourceCode: Readonly<TSESLint.SourceCode>, leak: Leak): Record<string, string> {
  const { running, holder, disposer, model } = leak;
  const line = disposer?.node.loc.start.line ?? running.start.loc.start.line;
  return {
    noun: running.noun,
    start: mention(sourceCode, running.start),
    holder: holder.kind === 'field' ? `this.${holder.name}` : holder.kind === 'variable' ? holder.variable.name : '',
    host: model === undefined ? 'the function' : 'the instance',
    disposer: disposer?.name ?? '',
    line: String(line),
  };
}
