import path from 'node:path';

import type { Acquire, Release, ResourceSpecification, Source } from '../../src/analysis/specification.js';
import type { AddingMethod, RemovingMethod, SenderSpecification } from '../../src/analysis/sender-specification.js';
import { effects } from '../../src/catalogue/effects.js';
import { builtInCatalogue } from '../../src/catalogue/index.js';
import { builtInSenders } from '../../src/catalogue/senders/index.js';
import { run } from '../../src/cli/run.js';
import threadHygiene from '../../src/index.js';
import { RecordedOutput } from '../cli/support/test-project.js';
import { repository } from '../support/repository.js';

type Rule = (typeof threadHygiene.rules)[keyof typeof threadHygiene.rules];

const rules: Rule[] = Object.values(threadHygiene.rules);
const presets = Object.entries(threadHygiene.configs);

/** The rules with their presets and edits. */
export function ruleTable(): string {
  const rows = rules.map(
    ({ name, meta }) =>
      `| [\`${name}\`](docs/rules/${name}.md) | ${meta.docs?.description ?? ''} | ${presetsOf(name)} | ${editsOf(meta)} |`,
  );
  return ['| Rule | What it asks for | Presets | Edits |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** The beginning of a rule's page. */
export function ruleHeader(name: string): string {
  const { meta } = ruleNamed(name);
  return `${meta.docs?.description ?? ''}.\n\nPresets: ${presetsOf(name)}. Edits: ${editsOf(meta)}.`;
}

/** The options of a rule. */
export function optionList(name: string): string {
  const [{ properties }]: [OptionsSchema] = JSON.parse(JSON.stringify(ruleNamed(name).meta.schema));
  return Object.entries(properties)
    .map(([option, { description, enum: values }]) => {
      return `- \`${option}\` (${values.map(value => `\`'${value}'\``).join(', ')}): ${description}`;
    })
    .join('\n');
}

/** The options that rules have today: words of a list. */
interface OptionsSchema {
  properties: Record<string, { description: string; enum: string[] }>;
}

/** Every resource of the built-in catalogue. */
export function catalogueTable(): string {
  const rows = Object.entries(builtInCatalogue).map(
    ([key, specification]) =>
      `| \`${key}\` | ${specification.noun} | ${sourceOf(specification.from)} | ${acquiresOf(specification)} | ${releasesOf(specification)} | ${callbackFormOf(specification)} | [source](${specification.docs ?? ''}) |`,
  );
  return [
    '| Key | Is a | From | Acquired by | Released by | Callback form | Facts |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** Everything that listeners can be registered on. */
export function senderTable(): string {
  const rows = Object.entries(builtInSenders).map(
    ([key, { noun, from, lifetime, add, remove, docs }]: [string, SenderSpecification]) =>
      `| \`${key}\` | ${noun} | ${sourceOf(from)} | \`${lifetime}\` | ${methodsOf(add)} | ${methodsOf(remove)} | [source](${docs ?? ''}) |`,
  );
  return [
    '| Key | Is a | From | Lives as | Added by | Taken off by | Facts |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** The calls whose function gives back what cleans up after it. */
export function effectTable(): string {
  return ['| Calls |', '| --- |', ...effects.map(effect => `| ${sourceOf(effect)} |`)].join('\n');
}

/** What the audit prints for files of the example program. */
export async function auditOutput(...files: string[]): Promise<string> {
  const [stdout, stderr] = [new RecordedOutput(), new RecordedOutput()];
  stdout.hasColors = () => false;
  await run(files, { cwd: path.join(repository, 'docs/examples'), stdout, stderr });
  if (stderr.text !== '') throw new Error(stderr.text);
  return ['```console', `$ npx eslint-plugin-thread-hygiene ${files.join(' ')}`, stdout.text.trimEnd(), '```'].join('\n');
}

function ruleNamed(name: string): Rule {
  const rule = rules.find(each => each.name === name);
  if (rule === undefined) throw new Error(`No rule is named ${name}.`);
  return rule;
}

function presetsOf(name: string): string {
  return presets
    .filter(([, config]) => Object.hasOwn(config.rules, `thread-hygiene/${name}`))
    .map(([preset]) => `\`${preset}\``)
    .join(', ');
}

function editsOf({ fixable, hasSuggestions }: Rule['meta']): string {
  const edits = [...(fixable === undefined ? [] : ['fixes']), ...(hasSuggestions === true ? ['suggestions'] : [])];
  return edits.length === 0 ? 'none' : edits.join(', ');
}

function sourceOf(source: Source): string {
  if ('global' in source) return `the global \`${source.global}\``;
  const names = [source.export].flat().map(name => `\`${name}\``);
  const origin = 'file' in source ? source.file : ['package' in source ? source.package : source.module].flat().join(', ');
  return `${names.join(', ')} of ${origin}`;
}

function acquiresOf({ acquire }: ResourceSpecification): string {
  return unique(acquire.map(entry => `${callOf(entry)} ${carrierOf(entry)}`));
}

function methodsOf(methods: readonly (AddingMethod | RemovingMethod)[]): string {
  return unique(methods.map(({ method }) => `\`.${method}()\``));
}

function callOf({ how, name = '' }: Acquire): string {
  return { new: '`new`', call: 'a call', method: `\`.${name}()\`` }[how];
}

function carrierOf({ obligation }: Acquire): string {
  if (obligation === 'result') return '(its result)';
  if (obligation === 'receiver' || obligation === 'object') return '(the object itself)';
  if ('argument' in obligation) return `(argument ${obligation.argument})`;
  if ('property' in obligation) return `(its ${[obligation.property].flat().map(name => `\`${name}\``).join(' or ')})`;
  if ('element' in obligation) return `(its element ${obligation.element})`;
  return `(parameter ${obligation.parameter} of its callback)`;
}

function releasesOf({ release }: ResourceSpecification): string {
  return unique(release.map(releaseOf));
}

function releaseOf(release: Release): string {
  if ('call' in release) return 'calling it';
  if ('method' in release) return `\`.${release.method}()\` of it`;
  if ('function' in release) return `\`${release.function}(…)\``;
  return `\`.${release.receiverMethod}(${release.argument === undefined ? '' : '…'})\` of the object`;
}

function callbackFormOf({ scopedForm }: ResourceSpecification): string {
  return scopedForm === undefined ? '' : `\`.${scopedForm.method}(…)\``;
}

function unique(texts: readonly string[]): string {
  return [...new Set(texts)].join(', ') || 'none';
}
