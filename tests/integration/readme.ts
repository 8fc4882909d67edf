import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { codeBlocksOf } from '../docs/markdown.js';
import { repository } from '../support/repository.js';

const blocks = codeBlocksOf(readFileSync(path.join(repository, 'README.md'), 'utf8'));

/** The line that the README prints for installing the plugin in a project of this kind: "typescript", "javascript". */
export function printedInstallLine(kind: string): string {
  return printed('install', kind).trim();
}

/** Writes the README's configuration of this kind to the file that its first line names. */
export function writePrintedConfiguration(kind: string, folder: string): void {
  const text = printed('config', kind);
  const name = /^\/\/ (?<name>eslint\.config\.\w+)$/mu.exec(text)?.groups?.['name'];
  if (name === undefined) throw new Error(`The README's configuration for ${kind} does not say its file name.`);
  writeFileSync(path.join(folder, name), text);
}

function printed(role: string, kind: string): string {
  const block = blocks.find(candidate => candidate.role === role && candidate.detail === kind);
  if (block === undefined) throw new Error(`The README has no code block "${role} ${kind}".`);
  return block.text;
}
