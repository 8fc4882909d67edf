import type { Confidence } from '../../src/analysis/findings.js';
import type { Measurement, Report } from './measure.js';

/** What two readers said of one report. It counts as true only if both say so. */
export interface Judgement {
  readonly package: string;
  readonly file: string;
  readonly line: number;
  readonly author: boolean;
  readonly reader: boolean;
  /** The sequence of calls that loses the lock, or why there is none. */
  readonly reason: string;
}

/** Finds the judgement of a report. */
export function judgementOf(report: Report, judgements: readonly Judgement[]): Judgement | undefined {
  return judgements.find(
    ({ package: name, file, line }) => name === report.package && file === report.file && line === report.line,
  );
}

/**
 * The 95 % score interval of a share (E. B. Wilson, "Probable inference, the law of succession, and statistical
 * inference", Journal of the American Statistical Association 22, 1927), in per cent.
 */
export function wilsonInterval(count: number, total: number): [number, number] {
  const z = 1.96;
  const share = count / total;
  const centre = share + z ** 2 / (2 * total);
  const spread = z * Math.sqrt((share * (1 - share)) / total + z ** 2 / (4 * total ** 2));
  const scale = 1 + z ** 2 / total;
  return [(100 * (centre - spread)) / scale, (100 * (centre + spread)) / scale];
}

const leastForShare = 20;

/** The page `docs/precision.md`. */
export function precisionPage(
  corpus: { procedure: readonly string[]; drawn: string; packages: readonly unknown[] },
  measurement: Measurement,
  judgements: readonly Judgement[],
): string {
  return [
    '# Precision',
    '',
    'How often a report is true, measured on code that was drawn before it was linted. `npm run precision` fetches the',
    'pinned packages, lints them, and fails on a report that nobody has judged.',
    '',
    '## The corpus',
    '',
    `Drawn on ${corpus.drawn}: ${String(corpus.packages.length)} packages, with ${String(measurement.files)} files of`,
    `${String(measurement.lines)} lines that use a lock library. They are linted without types, as their dependencies are not`,
    'installed.',
    '',
    ...corpus.procedure.map((step, index) => `${String(index + 1)}. ${step}`),
    '',
    '## How a report is judged',
    '',
    "True: a sequence of calls exists, by the file's public entry points, after which the lock is unreachable and",
    'unreleased, or the code waits for ever. Everything else, and everything debatable, is false. Two readers judge each',
    'report: the author of the rule, and one who sees the report and the source but not the rule. Where they differ, the',
    'report is false.',
    '',
    '## no-unreleased-lock',
    '',
    '| confidence | reports | true | share (95 % interval) |',
    '|---|---|---|---|',
    ...(['certain', 'likely', 'possible'] as const).map(confidence => shareRow(confidence, measurement, judgements)),
    '',
    'Under 20 reports there is no share. `recommended` shows `certain` and `likely`.',
    '',
    'Read the figures with three things in mind. The reports on this corpus were read while the rule was made, and what',
    'they taught went into it, so a fresh draw will come out lower. Several packages ship the same code (the three',
    'teamsfx packages), and the packages of livekit-client, gemini-cli, libp2p, lodestar and MetaMask had been read for',
    'the design. And a report that `finally` releases what was never acquired counts as false here, as no lock is lost.',
    '',
    '### What the analysis saw and did not report',
    '',
    '| outcome | locks |',
    '|---|---|',
    ...[...measurement.outcomes].sort(([left], [right]) => left.localeCompare(right)).map(([label, count]) => `| ${label} | ${String(count)} |`),
    '',
    '### Every report',
    '',
    '| package | place | report | confidence | verdict | why |',
    '|---|---|---|---|---|---|',
    ...measurement.reports.map(report => reportRow(report, judgementOf(report, judgements))),
    '',
  ].join('\n');
}

function shareRow(confidence: Confidence, { reports }: Measurement, judgements: readonly Judgement[]): string {
  const own = reports.filter(report => report.confidence === confidence);
  const count = own.filter(report => isTrue(judgementOf(report, judgements))).length;
  const [low, high] = own.length === 0 ? [0, 0] : wilsonInterval(count, own.length);
  const share =
    own.length < leastForShare
      ? '–'
      : `${((100 * count) / own.length).toFixed(0)} % (${low.toFixed(0)} to ${high.toFixed(0)} %)`;
  return `| ${confidence} | ${String(own.length)} | ${String(count)} | ${share} |`;
}

function isTrue(judgement: Judgement | undefined): boolean {
  return judgement?.author === true && judgement.reader;
}

function reportRow({ package: name, file, line, kind, confidence }: Report, judgement: Judgement | undefined): string {
  const verdict = isTrue(judgement) ? 'true' : judgement?.author === judgement?.reader ? 'false' : 'false (disputed)';
  return `| ${name} | ${file}:${String(line)} | ${kind} | ${confidence} | ${verdict} | ${(judgement?.reason ?? 'not judged').replaceAll('|', '\\|')} |`;
}
