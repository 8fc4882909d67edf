import { createObligationRule } from '../src/obligation-rule.js';

export const noUnreleasedLock = createObligationRule({
  name: 'no-unreleased-lock',
  description: 'Require every acquired lock, permit and lease to be released on every path',
  recommended: 'recommended',
  kinds: ['lock'],
});
