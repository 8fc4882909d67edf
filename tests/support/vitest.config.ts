import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['tests/**/*.test.ts'],
    env: { THREAD_HYGIENE_STRICT: '1' },
    // The first typed case of a file loads all declarations, which takes seconds on a busy machine.
    testTimeout: 30_000,
    reporters: ['default', './tests/support/excuses-reporter.ts'],
  },
});
