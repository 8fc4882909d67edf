import type { Paint } from './paint.js';
import type { Statistics } from './statistics.js';
import { counted, escapeLabels, skipLabels, unknownLabels } from './words.js';

/** The end of a report: the findings by rule, and what the analysis saw, so that clean and blind look different. */
export function summaryText(statistics: Statistics, paint: Paint): string {
  const { findings, obligations, files, failures } = statistics;
  const { handedOver, unknown, reported } = obligations;
  const heading =
    findings.total === 0 ? paint('green', 'No findings') : paint('red', counted(findings.total, 'finding'));
  const suppressed = findings.suppressed > 0 ? `, ${findings.suppressed} suppressed` : '';
  const analysed = counted(files.analysed, 'file');
  const lines = [
    `${heading}${suppressed} in ${analysed}.`,
    ...Object.entries(findings.byRule).map(([rule, count]) => `  ${count}  ${rule}`),
    '',
    `${counted(obligations.total, 'acquired resource')}:`,
    `  ${obligations.released} released on every path`,
    `  ${handedOver.total} handed over${reasons(handedOver.byReason, escapeLabels)}`,
    `  ${unknown.total} unknown${reasons(unknown.byReason, unknownLabels)}`,
    `  ${reported.total} missed on some path${reasons(reported.byConfidence, {})}`,
    `${analysed} analysed, ${files.typed} with types; ${counted(failures.length, 'function')} could not be analysed.`,
    ...failures.map(({ file, line, message }) => `  ${file}:${line} ${message}`),
  ];
  if (files.skipped.length > 0) {
    lines.push(`${counted(files.skipped.length, 'file')} skipped:`);
    lines.push(...files.skipped.map(({ file, reason }) => `  ${file}: ${skipLabels[reason]}`));
  }
  if (files.notParsed.length > 0) {
    lines.push(`${counted(files.notParsed.length, 'file')} could not be parsed:`);
    lines.push(...files.notParsed.map(({ file, line, message }) => `  ${file}:${line} ${firstLine(message)}`));
  }
  return `${lines.join('\n')}\n`;
}

function reasons(counts: Record<string, number | undefined>, labels: Record<string, string>): string {
  const parts = Object.entries(counts)
    .filter(([, count = 0]) => count > 0)
    .map(([reason, count]) => `${count} ${labels[reason] ?? reason}`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? '';
}
