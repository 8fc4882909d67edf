import { createObligationRule } from '../src/obligation-rule.js';

export const noUnclosedPort = createObligationRule({
  name: 'no-unclosed-port',
  description: 'Require every message port, message channel and broadcast channel to be closed or handed over',
  recommended: 'strict',
  kinds: ['port'],
});
