import { describe, expect, it } from 'vitest';

import type { LintMessage } from '../../src/cli/eslint-api.js';
import type { AuditedFile } from '../../src/cli/results.js';
import { applySuggestions } from '../../src/cli/suggestions.js';
import { createTestProject } from './support/test-project.js';

/**
 * Lints like a rule that forbids the letters of `forbidden` and suggests `replacement` for each.
 */
function linter(filePath: string, forbidden: RegExp, replacement: string) {
  const texts: string[] = [];
  const lint = (text: string): AuditedFile => {
    texts.push(text);
    const messages = [...text.matchAll(forbidden)].map(({ index }): LintMessage => {
      const fix = { range: [index, index + 1] satisfies [number, number], text: replacement };
      return {
        ruleId: 'thread-hygiene/letters',
        severity: 2,
        message: 'No.',
        line: 1,
        column: index + 1,
        endLine: 1,
        endColumn: index + 2,
        fix: undefined,
        suggestions: [{ desc: 'Replace.', fix }],
      };
    });
    const counts = { errorCount: messages.length, warningCount: 0, fatalErrorCount: 0 };
    return {
      facts: [],
      result: {
        filePath,
        messages,
        suppressedMessages: [],
        ...counts,
        fixableErrorCount: 0,
        fixableWarningCount: 0,
        usedDeprecatedRules: [],
      },
    };
  };
  return { lint, texts };
}

describe('suggestions', () => {
  it('are applied one at a time, each after the file has been linted again', async () => {
    using project = createTestProject({ 'a.js': 'aba' });
    const { lint, texts } = linter(`${project.folder}/a.js`, /a/g, 'b');

    const file = await applySuggestions(lint('aba'), text => Promise.resolve(lint(text)));

    expect(texts).toEqual(['aba', 'bba', 'bbb']);
    expect(project.read('a.js')).toBe('bbb');
    expect(file.result.messages).toEqual([]);
  });

  it('are taken back if they leave as many findings', async () => {
    using project = createTestProject({ 'a.js': 'aba' });
    const { lint } = linter(`${project.folder}/a.js`, /[ac]/g, 'c');

    const file = await applySuggestions(lint('aba'), text => Promise.resolve(lint(text)));

    expect(project.read('a.js')).toBe('aba');
    expect(file.result.messages).toHaveLength(2);
  });

  it('are taken back if the file does not parse any more', async () => {
    using project = createTestProject({ 'a.js': 'a' });
    const { lint } = linter(`${project.folder}/a.js`, /a/g, '(');

    const [parseError] = lint('a').result.messages;
    const file = await applySuggestions(lint('a'), text =>
      Promise.resolve({ ...lint(text), ...(parseError && { parseError }) }),
    );

    expect(project.read('a.js')).toBe('a');
    expect(file.result.messages).toHaveLength(1);
  });

  it('keep a byte order mark', async () => {
    using project = createTestProject({ 'a.js': '\uFEFFa' });
    const { lint } = linter(`${project.folder}/a.js`, /a/g, 'b');

    await applySuggestions(lint('a'), text => Promise.resolve(lint(text.replace('\uFEFF', ''))));

    expect(project.read('a.js')).toBe('\uFEFFb');
  });
});
