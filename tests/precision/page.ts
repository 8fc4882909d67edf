import type { Confidence } from '../../src/analysis/findings.js';
import type { Measurement, Report } from './measure.js';
import { otherRules } from './other-rules.js';

/** What two readings said of one report. It counts as true only if both say so. */
export interface Judgement {
  readonly package: string;
  readonly file: string;
  readonly line: number;
  readonly author: boolean;
  readonly reader: boolean;
  /** The sequence of calls that loses the lock, or why there is none. */
  readonly reason: string;
}

/** How and when the packages of a draw were found. */
export interface Corpus {
  readonly drawn: string;
  readonly ranks: readonly [number, number];
  readonly procedure: readonly string[];
  readonly packages: readonly unknown[];
}

/** The packages of one draw and what a rule said of them. */
export interface Draw {
  readonly corpus: Corpus;
  readonly measurement: Measurement;
}

/** A draw that was measured once, with the rule of a commit, before anybody read its reports. */
export interface FrozenDraw extends Draw {
  readonly commit: string;
  /** What the rule says of it today. */
  readonly today: Measurement;
}

/** Finds the judgement of a report. */
export function judgementOf(report: Report, judgements: readonly Judgement[]): Judgement | undefined {
  return judgements.find(judgement => isSamePlace(judgement, report));
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
export function precisionPage(first: Draw, fresh: FrozenDraw, judgements: readonly Judgement[]): string {
  return [
    '# Precision',
    '',
    'How often a report is true, measured on code that was drawn before it was linted. The fresh draw is the honest',
    'figure: the rule had never seen that code. `npm run precision` fetches the pinned packages of both draws, lints them,',
    'and fails on a report that nobody has judged.',
    '',
    '## The draws',
    '',
    '| draw | date | ranks by downloads | packages | files | lines | the rule |',
    '|---|---|---|---|---|---|---|',
    `${drawRow('first', first)} as it is today, mended on these reports |`,
    `${drawRow('fresh', fresh)} frozen at commit \`${fresh.commit.slice(0, 7)}\` |`,
    '',
    'The files are those that use a lock library, linted without types, as their dependencies are not installed.',
    '',
    ...fresh.corpus.procedure.map((step, index) => `${String(index + 1)}. ${step}`),
    '',
    '## How a report is judged',
    '',
    "True: a sequence of calls exists, by the file's public entry points, after which the lock is unreachable and",
    'unreleased, or the code waits for ever. Everything else, and everything debatable, is false. Two readers judge each',
    'report: the author of the rule, and one who sees the source and the place but neither the rule nor the verdict. Where',
    'they differ the report is false. In the fresh draw they differ on five, all of which the author called false. What only',
    'a later version of the rule reports of that draw is judged once.',
    '',
    'A function that an earlier package of either draw has too (at least four fifths of the words of both are the same)',
    `counts once. Under ${String(leastForShare)} judged reports there is no share. \`recommended\` shows \`certain\` and \`likely\`.`,
    '',
    '## no-unreleased-lock, fresh draw',
    '',
    ...sharesOf(fresh.measurement, judgements),
    '',
    'All reports of the frozen rule are judged. One file of njodb has 7 of those that are `certain`, all true, so the interval,',
    'which takes the reports for independent, is too narrow. That copies inside a package count once was settled after the',
    'reports had been read; it took 5 `certain` reports away, all true at first reading.',
    ...mendedSince(fresh, judgements),
    '',
    ...outcomesOf(fresh.measurement),
    '',
    ...reportsOf(fresh.measurement, judgements, fresh.today),
    '',
    '## no-unreleased-lock, first draw',
    '',
    'These reports were read while the rule was made, and what they taught went into it: they flatter.',
    '',
    ...sharesOf(first.measurement, judgements),
    '',
    ...outcomesOf(first.measurement),
    '',
    ...reportsOf(first.measurement, judgements),
    '',
    ...otherRules,
    '',
  ].join('\n');
}

function drawRow(name: string, { corpus, measurement: { files, lines } }: Draw): string {
  const [from, to] = corpus.ranks;
  const counts = [corpus.packages.length, files, lines].map(String).join(' | ');
  return `| ${name} | ${corpus.drawn} | ${String(from)} to ${String(to)} | ${counts} |`;
}

function sharesOf({ reports }: Measurement, judgements: readonly Judgement[]): string[] {
  return [
    '| confidence | reports | copies | judged | true | share (95 % interval) |',
    '|---|---|---|---|---|---|',
    ...(['certain', 'likely', 'possible'] as const).map(confidence =>
      shareRow(
        confidence,
        reports.filter(report => report.confidence === confidence),
        judgements,
      ),
    ),
  ];
}

function shareRow(confidence: Confidence, reports: readonly Report[], judgements: readonly Judgement[]): string {
  const originals = reports.filter(({ copyOf }) => copyOf === undefined);
  const judged = originals.map(report => judgementOf(report, judgements)).filter(judgement => judgement !== undefined);
  const count = judged.filter(isTrue).length;
  const numbers = [originals.length, reports.length - originals.length, judged.length, count].map(String).join(' | ');
  return `| ${confidence} | ${numbers} | ${shareOf(count, judged.length)} |`;
}

function shareOf(count: number, total: number): string {
  if (total < leastForShare) return '–';
  const [low, high] = wilsonInterval(count, total);
  return `${((100 * count) / total).toFixed(0)} % (${low.toFixed(0)} to ${high.toFixed(0)} %)`;
}

/** What became of the false reports that users saw. The figures above stay those of the frozen rule. */
function mendedSince({ measurement, today }: FrozenDraw, judgements: readonly Judgement[]): string[] {
  const isShown = ({ confidence, copyOf }: Report): boolean => confidence !== 'possible' && copyOf === undefined;
  const isFalse = (report: Report): boolean => {
    const judgement = judgementOf(report, judgements);
    return judgement !== undefined && !isTrue(judgement);
  };
  const wrong = measurement.reports.filter(report => isShown(report) && isFalse(report));
  const left = wrong.filter(report => today.reports.some(other => isShown(other) && isSamePlace(other, report)));
  const mended = wrong.length - left.length;
  return [
    `Of the ${String(wrong.length)} false reports that \`recommended\` showed, ${String(mended)} are mended since (silent, or \`possible\`); the figures above stay as they were.`,
    '',
    'What the rule says of this draw today, mended on these very reports, and so no measure of precision:',
    '',
    ...sharesOf(today, judgements),
  ];
}

function outcomesOf({ outcomes }: Measurement): string[] {
  return [
    '### What the analysis saw and did not report',
    '',
    '| outcome | locks |',
    '|---|---|',
    ...Object.entries(outcomes)
      .sort(([left], [right]) => left.localeCompare(right))
      .map(([label, count]) => `| ${label} | ${String(count)} |`),
  ];
}

function reportsOf({ reports }: Measurement, judgements: readonly Judgement[], today?: Measurement): string[] {
  return [
    '### Every report',
    '',
    '| package | place | report | confidence | verdict | why |',
    '|---|---|---|---|---|---|',
    ...reports.map(report => reportRow(report, judgementOf(report, judgements), today)),
  ];
}

function reportRow(report: Report, judgement: Judgement | undefined, today: Measurement | undefined): string {
  const { package: name, file, line, kind, confidence, copyOf } = report;
  const verdict = copyOf === undefined ? verdictOf(judgement) : `copy of ${copyOf}`;
  const since = today === undefined ? '' : changeSince(report, today);
  const why = (judgement?.reason ?? '').replaceAll('|', '\\|');
  return `| ${name} | ${file}:${String(line)} | ${kind} | ${confidence}${since} | ${verdict} | ${why} |`;
}

function verdictOf(judgement: Judgement | undefined): string {
  if (judgement === undefined) return 'not judged';
  if (isTrue(judgement)) return 'true';
  return judgement.author === judgement.reader ? 'false' : 'false (disputed)';
}

function changeSince(report: Report, today: Measurement): string {
  const confidence = today.reports.find(other => isSamePlace(other, report))?.confidence ?? 'silent';
  return confidence === report.confidence ? '' : `, today ${confidence}`;
}

function isTrue({ author, reader }: Judgement): boolean {
  return author && reader;
}

type Place = Pick<Report, 'package' | 'file' | 'line'>;

function isSamePlace(left: Place, right: Place): boolean {
  return left.package === right.package && left.file === right.file && left.line === right.line;
}
