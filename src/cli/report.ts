import { readFileSync } from 'node:fs';

import { codeFrame, type Mark } from './code-frame.js';
import type { LintMessage } from './eslint-api.js';
import type { ExitFacts, FileFacts, ObligationFacts } from './facts.js';
import type { Paint } from './paint.js';
import type { AuditedFile } from './results.js';
import { stepLabels } from './words.js';

/** The findings of all files, each with its place, its message and a code frame of its path. */
export function findingsText(files: readonly AuditedFile[], nameOf: (file: string) => string, paint: Paint): string {
  return files
    .filter(({ result }) => result.messages.length > 0)
    .map(file => fileText(file, nameOf(file.result.filePath), paint))
    .join('');
}

/** The obligation that `message` reports, by its place. */
function obligationOf(message: LintMessage, facts: readonly FileFacts[]): ObligationFacts | undefined {
  return facts
    .flatMap(({ obligations }) => obligations)
    .find(
      ({ acquire, outcome }) =>
        outcome.kind === 'reported' && acquire.line === message.line && acquire.column === message.column,
    );
}

function fileText({ result, facts }: AuditedFile, name: string, paint: Paint): string {
  const source = result.source ?? result.output ?? readFileSync(result.filePath, 'utf8');
  const findings = result.messages.map(message => {
    const place = paint('underline', `${name}:${message.line}:${message.column}`);
    const rule = paint('dim', message.ruleId ?? '');
    const frame = codeFrame(source, marksOf(message, facts), paint);
    return `${place}  ${rule}\n  ${paint('bold', message.message)}\n${frame.replaceAll(/^/gm, '  ')}\n`;
  });
  return `${findings.join('\n')}\n`;
}

/** The steps from the acquire to the loss; without facts the finding's own place. */
function marksOf(message: LintMessage, facts: readonly FileFacts[]): Mark[] {
  const obligation = obligationOf(message, facts);
  if (obligation?.outcome.kind === 'reported') {
    const path = obligation.outcome.exits[0]?.path ?? [];
    const steps = path.some(({ kind }) => kind === 'acquired')
      ? path
      : [{ kind: 'acquired' as const, place: obligation.acquire }, ...path];
    return steps.map(markOf);
  }
  const { line = 1, column = 1 } = message;
  const { endLine = line, endColumn = column + 1 } = message;
  return [{ place: { line, column, endLine, endColumn }, label: '' }];
}

/** A function ends at its closing brace, not where it begins. */
function markOf({ kind, place }: ExitFacts['path'][number]): Mark {
  const { endLine, endColumn } = place;
  const end = { line: endLine, column: endColumn - 1, endLine, endColumn };
  return { place: kind === 'ends' ? end : place, label: stepLabels[kind] };
}
