import { readFile, writeFile } from 'node:fs/promises';

import type { LintMessage } from './eslint-api.js';
import type { AuditedFile } from './results.js';

type Edit = NonNullable<LintMessage['suggestions']>[number]['fix'];

/**
 * Applies the suggestions of one file, one at a time: after each the file is linted again, and the suggestion stays
 * only if it leaves fewer findings. Writes the file.
 *
 * @param lint lints a text as that file's.
 * @returns the file as it is in the end.
 */
export async function applySuggestions(
  file: AuditedFile,
  lint: (text: string, filePath: string) => Promise<AuditedFile>,
): Promise<AuditedFile> {
  const { filePath } = file.result;
  let current = file;
  let text = await readFile(filePath, 'utf8');
  for (;;) {
    const better = await firstImprovement(current, text, lint);
    if (better === undefined) return current;
    ({ file: current, text } = better);
    await writeFile(filePath, text);
  }
}

interface Improvement {
  file: AuditedFile;
  text: string;
}

async function firstImprovement(
  file: AuditedFile,
  text: string,
  lint: (text: string, filePath: string) => Promise<AuditedFile>,
): Promise<Improvement | undefined> {
  for (const { suggestions = [] } of file.result.messages) {
    for (const { fix } of suggestions) {
      const edited = applyEdit(text, fix);
      const outcome = await lint(edited, file.result.filePath);
      const isBetter = !outcome.parseError && outcome.result.messages.length < file.result.messages.length;
      if (isBetter) return { file: outcome, text: outcome.result.output ?? edited };
    }
  }
  return undefined;
}

/** ESLint counts from after a byte order mark. */
function applyEdit(text: string, { range: [start, end], text: inserted }: Edit): string {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(mark.length);
  return mark + body.slice(0, start) + inserted + body.slice(end);
}
