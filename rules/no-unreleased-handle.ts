import { createObligationRule } from '../src/obligation-rule.js';

export const noUnreleasedHandle = createObligationRule({
  name: 'no-unreleased-handle',
  description: 'Require every acquired handle, pooled connection and object URL to be released on every path',
  recommended: 'recommended',
  kinds: ['handle', 'url'],
});
