import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import threadHygiene from '../../src/index.js';
import type { ThreadHygieneSettings } from '../../src/settings.js';
import { repository } from '../support/repository.js';
import { applyFix, createRun, lint, lintAndFix, type RunName } from '../support/runs.js';
import { codeBlocksOf, type CodeBlock } from './markdown.js';

/** The pages for users that show code, by path in the repository. */
export const userPages = [
  'README.md',
  ...readdirSync(path.join(repository, 'docs/rules')).map(name => `docs/rules/${name}`),
];

/** The text of a page. */
export function readPage(page: string): string {
  return readFileSync(path.join(repository, page), 'utf8');
}

/** What the plugin says of a code block, with the settings and the other files of the section that it stands in. */
export function messagesIn(page: string, block: CodeBlock, runName: RunName = 'with types'): LintedMessage[] {
  const { run, text, config } = setupOf(page, block, runName);
  return lint(run, text, config).map(({ ruleId, message, line }) => ({
    rule: ruleId?.replace('thread-hygiene/', '') ?? 'the parser',
    line,
    message,
  }));
}

export interface LintedMessage {
  rule: string;
  line: number;
  message: string;
}

/** The code block after the automatic fixes. */
export function fixedText(page: string, block: CodeBlock): string {
  const { run, text, config } = setupOf(page, block, 'with types');
  return lintAndFix(run, text, config).output;
}

/** The code block after each of the suggestions alone. */
export function suggestedTexts(page: string, block: CodeBlock): string[] {
  const { run, text, config } = setupOf(page, block, 'with types');
  return lint(run, text, config).flatMap(({ suggestions = [] }) => suggestions.map(({ fix }) => applyFix(text, fix)));
}

function setupOf(page: string, block: CodeBlock, runName: RunName) {
  const section = codeBlocksOf(readPage(page)).filter(({ heading }) => heading === block.heading);
  const files = section.flatMap(({ role, detail, text }) =>
    role === 'file' && detail !== undefined ? [[detail, text]] : [],
  );
  const run = createRun(runName, {
    filename: block.detail?.includes('.') === true ? block.detail : `example.${block.language}`,
    files: Object.fromEntries(files),
  });
  const settingsBlock = section.find(({ role }) => role === 'settings');
  const settings: ThreadHygieneSettings = settingsBlock === undefined ? {} : JSON.parse(settingsBlock.text);
  const config = {
    plugins: { 'thread-hygiene': { rules: threadHygiene.rules } },
    rules: threadHygiene.configs.strict.rules,
    settings: { 'thread-hygiene': settings },
  };
  return { run, text: run.show(block.text), config };
}
