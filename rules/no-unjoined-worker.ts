import { createObligationRule } from '../src/obligation-rule.js';

export const noUnjoinedWorker = createObligationRule({
  name: 'no-unjoined-worker',
  description: 'Require every worker, thread and pool to be joined or terminated by its owner',
  recommended: 'recommended',
  kinds: ['worker', 'pool'],
});
