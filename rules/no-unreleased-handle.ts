import { createObligationRule } from '../src/obligation-rule.js';

export const noUnreleasedHandle = createObligationRule({
  name: 'no-unreleased-handle',
  description: 'Require every acquired handle and pooled connection to be released on every path',
  recommended: 'recommended',
  kinds: ['handle'],
});
