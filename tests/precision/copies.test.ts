import { describe, expect, it } from 'vitest';

import { isCopy, wordsOf } from './copies.js';

const original = wordsOf(`async function save(path, text) {
  const release = await lock(path, { retries: 5 });
  await writeFile(path, text, 'utf8');
  await release();
}`);

describe('a copy of a function', () => {
  it('is known whatever its layout and its comments', () => {
    const compiled = wordsOf(`async function save(path, text) { /* keep */
        const release = await (0, lock)(path, {retries: 5}); await fs.writeFile(path, text, "utf8"); await release(); }`);
    expect(isCopy(original, compiled)).toBe(true);
  });

  it('is not what only has the same shape', () => {
    const other = wordsOf(`async function load(file) {
      const unlock = await lock(file, { retries: 5 });
      const content = await readFile(file, 'utf8');
      await unlock();
      return content;
    }`);
    expect(isCopy(original, other)).toBe(false);
  });
});
