import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { repository } from '../support/repository.js';
import { runNames } from '../support/runs.js';
import { codeBlocksOf, type CodeBlock } from './markdown.js';
import { fixedText, messagesIn, readPage, suggestedTexts, userPages } from './pages.js';

/**
 * What the second word of a code fence may be. `fixed` and `suggested` are correct, and what the edits make of the
 * incorrect block above them.
 */
const roles = ['incorrect', 'correct', 'fixed', 'suggested', 'config', 'settings', 'file', 'source'];
const correctRoles = ['correct', 'fixed', 'suggested'];

describe.each([...userPages, 'docs/contributing.md', 'docs/analysis.md'])('%s', page => {
  const blocks = codeBlocksOf(readPage(page));
  const code = blocks.filter(({ language }) => ['ts', 'js'].includes(language));

  it('says what each of its code blocks is', () => {
    expect(code.filter(({ role }) => !roles.includes(role ?? '')).map(({ line }) => line)).toEqual([]);
  });

  it.for(code.filter(({ role }) => role === 'incorrect'))('is right that line $line is incorrect', block => {
    const [first, ...others] = runNames.map(run => messagesIn(page, block, run));
    expect(first).not.toEqual([]);
    for (const messages of others) expect(block.detail === 'typed' ? [first, []] : [first]).toContainEqual(messages);
    const pageRule = /docs\/rules\/(?<name>.*)\.md$/u.exec(page)?.groups?.['name'];
    if (pageRule !== undefined) expect([...new Set(first?.map(({ rule }) => rule))]).toEqual([pageRule]);
  });

  it.for(code.filter(({ role = '' }) => correctRoles.includes(role)))('is right that line $line is correct', block => {
    expect(runNames.flatMap(run => messagesIn(page, block, run))).toEqual([]);
  });

  it.for(code.filter(({ role }) => role === 'fixed'))('is right that line $line is the fix', block => {
    expect(fixedText(page, incorrectBefore(block))).toBe(block.text);
  });

  it.for(code.filter(({ role }) => role === 'suggested'))('is right that line $line is suggested', block => {
    expect(suggestedTexts(page, incorrectBefore(block))).toContain(block.text);
  });

  it.for(blocks.filter(({ role }) => role === 'source'))('shows what $detail has', ({ detail = '', text }) => {
    expect(readFileSync(path.join(repository, detail), 'utf8')).toContain(text);
  });

  function incorrectBefore({ line }: CodeBlock): CodeBlock {
    const found = code.findLast(block => block.role === 'incorrect' && block.line < line);
    if (found === undefined) throw new Error(`No incorrect block stands above line ${line}.`);
    return found;
  }
});
