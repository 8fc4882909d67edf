import path from 'node:path';

import { expect, it } from 'vitest';

import { repository } from '../support/repository.js';
import { withMessages, withParts } from './markdown.js';
import { messagesIn, readPage, userPages } from './pages.js';
import { auditOutput, catalogueTable, effectTable, optionList, ruleHeader, ruleTable, senderTable } from './parts.js';

// `npm run docs` runs this file with --update, which writes the pages.
it.for([...userPages, 'docs/catalogue.md'])('%s says what the sources say', async page => {
  const ruleName = path.basename(page, '.md');
  const audited = await auditOutput('src/original-store.ts');
  const parts: Record<string, () => string> = {
    audit: () => audited,
    catalogue: catalogueTable,
    effects: effectTable,
    header: () => ruleHeader(ruleName),
    options: () => optionList(ruleName),
    rules: ruleTable,
    senders: senderTable,
  };

  const complete = withParts(readPage(page), name => {
    const part = parts[name];
    if (part === undefined) throw new Error(`${page}: no part is named ${name}.`);
    return part();
  });
  const written = withMessages(complete, block => messagesIn(page, block).map(({ message }) => message));

  await expect(written).toMatchFileSnapshot(path.join(repository, page));
});
