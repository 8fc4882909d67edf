import { defineConfig } from 'vitest/config';

import config from './vitest.config.js';

/** What takes longer than the gate allows: real installations, the corpus, fuzzing. */
export default defineConfig({
  test: { ...config.test, include: ['tests/**/*.nightly.ts'], testTimeout: 1_200_000, hookTimeout: 1_200_000 },
});
