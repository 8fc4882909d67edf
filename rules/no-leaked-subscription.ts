import { createRunningRule } from '../src/running-rule.js';

export const noLeakedSubscription = createRunningRule({
  name: 'no-leaked-subscription',
  description: 'Require every subscription to be ended when its owner is done',
  recommended: 'strict',
  kind: 'subscription',
});
