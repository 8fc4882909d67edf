import { createRunningRule } from '../src/running-rule.js';

export const noLeakedObserver = createRunningRule({
  name: 'no-leaked-observer',
  description: 'Require every observer to be disconnected when its owner is done',
  recommended: 'strict',
  kind: 'observer',
});
