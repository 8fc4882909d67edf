import type { CandidateFacts, ExitFacts, ObligationFacts, Place } from './facts.js';
import type { LintMessage } from './eslint-api.js';
import type { Paint } from './paint.js';
import type { AuditedFile } from './results.js';
import { assumptionLabels, escapeLabels, exitLabels, stepLabels, unknownLabels } from './words.js';

type Row = [label: string, content: string];

/** What `explain` says of one obligation. */
export function explanationText(name: string, obligation: ObligationFacts, file: AuditedFile, paint: Paint): string {
  const { acquire, noun, text, key, source, docs, through, owner, binding, releases, outcome } = obligation;
  const uses = binding && binding.uses.length > 0 ? `, used on ${linesOf(binding.uses)}` : '';
  const rows: Row[] = [
    ['acquire', `\`${text}\` in ${owner}`],
    ['is a', `${noun} (${key}): ${source}${through ? `, by way of \`${through}\`` : ''}`],
    ...(docs === undefined ? [] : [['facts from', docs] satisfies Row]),
    ['held by', binding ? `\`${binding.name}\` (line ${binding.line})${uses}` : 'no single variable'],
    ['released', releases.length === 0 ? 'nowhere in sight' : `on ${linesOf(releases.map(({ line }) => line))}`],
  ];
  if (outcome.kind === 'handedOver') {
    rows.push(['escapes', `${escapeLabels[outcome.reason]} on line ${outcome.place.line}: \`${outcome.text}\``]);
  }
  if (outcome.kind === 'reported') {
    const exits = new Set(outcome.exits.map(exitText));
    rows.push(...[...exits].map(exit => ['exit', exit] satisfies Row));
  }
  rows.push(['verdict', verdict(obligation, file)]);
  const body = rows.map(([label, content]) => `  ${paint('dim', label.padEnd(11))}${content}`);
  return `${paint('underline', `${name}:${acquire.line}:${acquire.column}`)}\n${body.join('\n')}\n`;
}

/** What `explain` says if nothing is acquired on the line. */
export function nothingOnLineText(
  name: string,
  line: number,
  obligations: readonly ObligationFacts[],
  candidates: readonly CandidateFacts[],
): string {
  const lines = [`Nothing that the analysis knows is acquired on line ${line} of ${name}.`];
  for (const { text, nouns } of candidates) {
    lines.push(
      `\`${text}\` has the name of an acquire (${nouns.join(', ')}), but what it is called on could not be traced to ` +
        'a known package, global or type.',
    );
  }
  lines.push(
    obligations.length === 0
      ? 'Nothing is acquired in this file.'
      : `Acquires in this file:\n${obligations.map(({ acquire, text }) => `  ${acquire.line}: ${text}`).join('\n')}`,
  );
  return `${lines.join('\n')}\n`;
}

function exitText({ kind, witness, text, assumptions, path }: ExitFacts): string {
  const steps = path.map(step => {
    const line = step.kind === 'ends' ? step.place.endLine : step.place.line;
    return `${line} ${stepLabels[step.kind]}`;
  });
  const assumed = assumptions.map(assumption =>
    assumption.line === undefined
      ? assumptionLabels[assumption.kind]
      : `${assumptionLabels[assumption.kind]} (line ${assumption.line})`,
  );
  return [
    // The witness of an end is the whole function.
    kind === 'missedOnEnd'
      ? `${exitLabels[kind]} (line ${witness.endLine})`
      : `${exitLabels[kind]}: \`${text}\` on line ${witness.line}`,
    ...(steps.length === 0 ? [] : [`by lines ${steps.join(' → ')}`]),
    ...(assumed.length === 0 ? [] : [`assumes that ${assumed.join(', ')}`]),
  ].join('\n             ');
}

function verdict({ acquire, outcome }: ObligationFacts, { result }: AuditedFile): string {
  switch (outcome.kind) {
    case 'released':
      return 'silent: released on every path.';
    case 'handedOver':
      return 'silent: somebody else owns it from there on.';
    case 'unknown':
      return `silent: ${unknownLabels[outcome.reason]}.`;
    case 'reported':
      break;
  }
  const isHere = at(acquire);
  const message = result.messages.find(isHere);
  if (message) return `reported as ${outcome.confidence} by ${message.ruleId}: ${message.message}`;
  if (result.suppressedMessages.some(isHere)) {
    return `silent: ${outcome.confidence}, but a disable comment or eslint-suppressions.json silences it.`;
  }
  return `silent: ${outcome.confidence}, which is less than --report asks for, or its rule is off.`;
}

function at(place: Place): (message: LintMessage) => boolean {
  return ({ line, column }) => line === place.line && column === place.column;
}

function linesOf(lines: readonly number[]): string {
  return `${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}`;
}
