import type { Confidence } from '../../src/analysis/findings.js';
import type { Measurement, Report } from './measure.js';
import { knownDefects } from './known-defects.js';

/** What two readings said of one report. It counts as true only if both say so. */
export interface Judgement {
  readonly rule: string;
  readonly package: string;
  readonly file: string;
  readonly line: number;
  readonly author: boolean;
  readonly reader: boolean;
  /** The sequence of calls that loses the resource, or why there is none. */
  readonly reason: string;
}

/** How and when the packages of a draw were found. */
export interface Corpus {
  readonly drawn: string;
  readonly ranks: readonly [number, number];
  readonly libraries: readonly string[];
  readonly procedure: readonly string[];
  readonly packages: readonly unknown[];
}

/** The packages of one draw and what the rules said of them. */
export interface Draw {
  readonly name: string;
  readonly family: 'locks' | 'rules';
  readonly corpus: Corpus;
  /** What the rules say of it today. */
  readonly today: Measurement;
  /** Measured once, with the rules of a commit, before anybody read its reports. */
  readonly frozen?: Measurement & { readonly commit: string };
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

const confidences = ['certain', 'likely', 'possible'] as const satisfies readonly Confidence[];

/** The page `docs/precision.md`. The newest draw of the lock rule comes first. */
export function precisionPage(draws: readonly Draw[], judgements: readonly Judgement[]): string {
  const locks = draws.filter(({ family }) => family === 'locks').toReversed();
  const rules = draws.filter(({ family }) => family === 'rules');
  return [
    '# Precision',
    '',
    'How often a report is true, measured on code that was drawn before it was linted. Where a draw is frozen, the rules',
    'had never seen that code: those are the honest figures. `npm run precision` fetches the pinned packages of all draws,',
    'lints them, and fails on a report that nobody has judged.',
    '',
    '## The draws',
    '',
    '| draw | date | ranks by downloads | packages | files | lines | the rules |',
    '|---|---|---|---|---|---|---|',
    ...draws.map(drawRow),
    '',
    'The files are linted without types, as their dependencies are not installed.',
    '',
    ...[locks[0], rules[0]].filter(draw => draw !== undefined).flatMap(procedureOf),
    '## How a report is judged',
    '',
    "True: a sequence of calls exists, by the file's public entry points, after which the resource is unreachable and",
    'unreleased, or outlives its owner, or the code waits for ever. Everything else, and everything debatable, is false.',
    'Two readers judge each report: the author of the rule, and one who sees the source and the place but not the verdict.',
    'Where they differ the report is false. What only a later version of a rule reports of a draw is judged once.',
    '',
    'A function that an earlier package has too (at least four fifths of the words of both are the same) counts once.',
    `Under ${String(leastForShare)} judged reports there is no share. Presets show \`certain\` and \`likely\`, \`strict\` shows all.`,
    '',
    ...locks.flatMap(draw => [`## no-unreleased-lock, ${draw.name} draw`, '', ...sectionOf(draw, judgements)]),
    ...rules.flatMap(draw => ['## The other rules', '', ...sectionOf(draw, judgements)]),
    ...knownDefects,
    '',
  ].join('\n');
}

function drawRow({ name, corpus, frozen, today }: Draw): string {
  const [from, to] = corpus.ranks;
  const { files, lines } = frozen ?? today;
  const counts = [corpus.packages.length, files, lines].map(String).join(' | ');
  const state = frozen === undefined ? 'as they are today, mended on these reports' : `frozen at commit \`${frozen.commit.slice(0, 7)}\``;
  return `| ${name} | ${corpus.drawn} | ${String(from)} to ${String(to)} | ${counts} | ${state} |`;
}

function procedureOf({ family, corpus }: Draw): string[] {
  const libraries = corpus.libraries.map(library => `\`${library}\``).join(', ');
  return [
    family === 'locks' ? 'For the lock rule:' : 'For the other rules:',
    '',
    ...corpus.procedure.map((step, index) => `${String(index + 1)}. ${step}`),
    '',
    `Libraries: ${libraries}.`,
    '',
  ];
}

function sectionOf(draw: Draw, judgements: readonly Judgement[]): string[] {
  const { frozen, today } = draw;
  const measurement = frozen ?? today;
  const disputed = originalsOf(measurement)
    .map(report => judgementOf(report, judgements))
    .filter(judgement => judgement !== undefined && judgement.author !== judgement.reader);
  return [
    ...sharesOf(measurement, judgements),
    '',
    `The two readers differ on ${String(disputed.length)}.`,
    '',
    ...(frozen === undefined
      ? ['These reports were read while the rule was made, and what they taught went into it: they flatter.', '']
      : mendedSince(frozen, today, judgements)),
    ...outcomesOf(measurement),
    ...reportsOf(measurement, judgements, frozen === undefined ? undefined : today),
    '',
  ];
}

function originalsOf({ reports }: Measurement): readonly Report[] {
  return reports.filter(({ copyOf }) => copyOf === undefined);
}

function rulesOf({ reports, outcomes }: Measurement): string[] {
  return [...new Set([...Object.keys(outcomes), ...reports.map(({ rule }) => rule)])].sort();
}

function sharesOf(measurement: Measurement, judgements: readonly Judgement[]): string[] {
  return [
    '| rule | confidence | reports | copies | judged | true | share (95 % interval) |',
    '|---|---|---|---|---|---|---|',
    ...rulesOf(measurement).flatMap(rule =>
      confidences.map(confidence => {
        const reports = measurement.reports.filter(report => report.rule === rule && report.confidence === confidence);
        return shareRow(rule, confidence, reports, judgements);
      }),
    ),
  ];
}

function shareRow(
  rule: string,
  confidence: Confidence,
  reports: readonly Report[],
  judgements: readonly Judgement[],
): string {
  const originals = reports.filter(({ copyOf }) => copyOf === undefined);
  const judged = originals.map(report => judgementOf(report, judgements)).filter(judgement => judgement !== undefined);
  const count = judged.filter(isTrue).length;
  const numbers = [originals.length, reports.length - originals.length, judged.length, count].map(String).join(' | ');
  return `| \`${rule}\` | ${confidence} | ${numbers} | ${shareOf(count, judged.length)} |`;
}

function shareOf(count: number, total: number): string {
  if (total < leastForShare) return '–';
  const [low, high] = wilsonInterval(count, total);
  return `${((100 * count) / total).toFixed(0)} % (${low.toFixed(0)} to ${high.toFixed(0)} %)`;
}

/** What became of the false reports that users saw. The figures above stay those of the frozen rules. */
function mendedSince(frozen: Measurement, today: Measurement, judgements: readonly Judgement[]): string[] {
  const shown = (measurement: Measurement): readonly Report[] =>
    originalsOf(measurement).filter(({ confidence }) => confidence !== 'possible');
  const isFalse = (report: Report): boolean => {
    const judgement = judgementOf(report, judgements);
    return judgement !== undefined && !isTrue(judgement);
  };
  const wrong = shown(frozen).filter(isFalse);
  const left = wrong.filter(report => shown(today).some(other => isSamePlace(other, report)));
  return [
    `Of the ${String(wrong.length)} false reports that are \`certain\` or \`likely\`, ${String(wrong.length - left.length)} are mended since (silent, or \`possible\`); the figures above stay as they were.`,
    '',
    'What is said of this draw today, mended on these very reports, and so no measure of precision:',
    '',
    ...sharesOf(today, judgements),
    '',
  ];
}

function outcomesOf({ outcomes }: Measurement): string[] {
  const rules = Object.keys(outcomes).sort();
  const labels = [...new Set(rules.flatMap(rule => Object.keys(outcomes[rule] ?? {})))].sort();
  return [
    '### What the analysis saw and did not report',
    '',
    `| outcome | ${rules.map(rule => `\`${rule}\``).join(' | ')} |`,
    `|---|${'---|'.repeat(rules.length)}`,
    ...labels.map(label => `| ${label} | ${rules.map(rule => String(outcomes[rule]?.[label] ?? 0)).join(' | ')} |`),
    '',
  ];
}

function reportsOf({ reports }: Measurement, judgements: readonly Judgement[], today?: Measurement): string[] {
  return [
    '### Every report',
    '',
    '| package | place | rule | report | confidence | verdict | why |',
    '|---|---|---|---|---|---|---|',
    ...reports.map(report => reportRow(report, judgementOf(report, judgements), today)),
  ];
}

function reportRow(report: Report, judgement: Judgement | undefined, today: Measurement | undefined): string {
  const { package: name, file, line, rule, kind, confidence, copyOf } = report;
  const verdict = copyOf === undefined ? verdictOf(judgement) : `copy of ${copyOf}`;
  const since = today === undefined ? '' : changeSince(report, today);
  const why = (judgement?.reason ?? '').replaceAll('|', '\\|');
  return `| ${name} | ${file}:${String(line)} | ${rule} | ${kind} | ${confidence}${since} | ${verdict} | ${why} |`;
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

type Place = Pick<Report, 'package' | 'file' | 'line'> & { readonly rule: string };

function isSamePlace(left: Place, right: Place): boolean {
  return (
    left.rule === right.rule && left.package === right.package && left.file === right.file && left.line === right.line
  );
}
