import { noUnreleasedHandle } from './no-unreleased-handle.js';
import { noUnreleasedLock } from './no-unreleased-lock.js';

export const rules = {
  'no-unreleased-handle': noUnreleasedHandle,
  'no-unreleased-lock': noUnreleasedLock,
};
