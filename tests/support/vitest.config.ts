import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['tests/**/*.test.ts'],
    // The cases share the declarations that their programs read: a worker of its own for each file takes three times as long.
    isolate: false,
    unstubEnvs: true,
    restoreMocks: true,
    env: { THREAD_HYGIENE_STRICT: '1' },
    // The first typed case of a file loads all declarations, which takes seconds on a busy machine.
    testTimeout: 30_000,
    reporters: ['default', './tests/support/excuses-reporter.ts'],
  },
});
