import type { Confidence, EscapeReason, UnknownReason } from '../analysis/findings.js';
import type { SkipReason } from '../file-analysis.js';
import type { OutcomeFacts } from './facts.js';
import type { AuditedFile } from './results.js';

/**
 * What a run saw, as `--stats json` prints it. Covered by semver: within a version fields are only added.
 * Files are relative to the working directory.
 */
export interface Statistics {
  version: 1;
  files: {
    /** Files that were parsed and analysed. */
    analysed: number;
    /** Of these, those with type information. */
    typed: number;
    notParsed: { file: string; line: number; message: string }[];
    skipped: { file: string; reason: SkipReason }[];
  };
  findings: {
    /** Findings that are shown. */
    total: number;
    byRule: Record<string, number>;
    /** Findings that a disable comment or a suppressions file silences. */
    suppressed: number;
  };
  obligations: {
    total: number;
    /** Released on every path. */
    released: number;
    handedOver: { total: number; byReason: Partial<Record<EscapeReason, number>> };
    unknown: { total: number; byReason: Partial<Record<UnknownReason, number>> };
    /** Missed on some path. Those below the wanted confidence, or suppressed, are no findings. */
    reported: { total: number; byConfidence: Record<Confidence, number> };
  };
  /** Functions that the analysis failed on. */
  failures: { file: string; line: number; message: string }[];
}

/** @param nameOf the name to show for an absolute path. */
export function gatherStatistics(files: readonly AuditedFile[], nameOf: (file: string) => string): Statistics {
  const statistics: Statistics = {
    version: 1,
    files: { analysed: 0, typed: 0, notParsed: [], skipped: [] },
    findings: { total: 0, byRule: {}, suppressed: 0 },
    obligations: {
      total: 0,
      released: 0,
      handedOver: { total: 0, byReason: {} },
      unknown: { total: 0, byReason: {} },
      reported: { total: 0, byConfidence: { certain: 0, likely: 0, possible: 0 } },
    },
    failures: [],
  };
  for (const file of files) addFile(statistics, file, nameOf(file.result.filePath));
  return statistics;
}

function addFile(statistics: Statistics, { result, facts, parseError }: AuditedFile, file: string): void {
  const { files, findings } = statistics;
  if (parseError) files.notParsed.push({ file, line: parseError.line ?? 1, message: parseError.message });

  findings.total += result.messages.length;
  findings.suppressed += result.suppressedMessages.length;
  for (const { ruleId } of result.messages) increment(findings.byRule, ruleId ?? '');

  for (const { skipped, typed, failures, obligations } of facts) {
    if (skipped) files.skipped.push({ file, reason: skipped });
    else {
      files.analysed += 1;
      if (typed) files.typed += 1;
    }
    for (const { place, message } of failures) statistics.failures.push({ file, line: place.line, message });
    for (const { outcome } of obligations) addOutcome(statistics.obligations, outcome);
  }
}

function addOutcome(counts: Statistics['obligations'], outcome: OutcomeFacts): void {
  counts.total += 1;
  switch (outcome.kind) {
    case 'released':
      counts.released += 1;
      break;
    case 'handedOver':
    case 'unknown':
      counts[outcome.kind].total += 1;
      increment(counts[outcome.kind].byReason, outcome.reason);
      break;
    case 'reported':
      counts.reported.total += 1;
      increment(counts.reported.byConfidence, outcome.confidence);
      break;
  }
}

function increment(counts: Record<string, number | undefined>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}
