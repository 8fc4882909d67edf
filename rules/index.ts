import { noUnreleasedLock } from './no-unreleased-lock.js';

export const rules = {
  'no-unreleased-lock': noUnreleasedLock,
};
