import { createRunningRule } from '../src/running-rule.js';

export const noLeakedTimer = createRunningRule({
  name: 'no-leaked-timer',
  description: 'Require every interval to be stopped when its owner is done',
  recommended: 'strict',
  kind: 'timer',
});
