import { noIneffectiveRemoval } from './no-ineffective-removal.js';
import { noLargeCapture } from './no-large-capture.js';
import { noLargeClone } from './no-large-clone.js';
import { noLeakedObserver } from './no-leaked-observer.js';
import { noLeakedSubscription } from './no-leaked-subscription.js';
import { noLeakedTimer } from './no-leaked-timer.js';
import { noNestedAcquire } from './no-nested-acquire.js';
import { noRaceLeak } from './no-race-leak.js';
import { noRetainedLocal } from './no-retained-local.js';
import { noStrongListenerBackref } from './no-strong-listener-backref.js';
import { noUnboundedContainer } from './no-unbounded-container.js';
import { noUnclosedPort } from './no-unclosed-port.js';
import { noUnjoinedWorker } from './no-unjoined-worker.js';
import { noUnreleasedHandle } from './no-unreleased-handle.js';
import { noUnreleasedLock } from './no-unreleased-lock.js';
import { requireStopSignal } from './require-stop-signal.js';
import { requireWorkerErrorHandler } from './require-worker-error-handler.js';

export const rules = {
  'no-ineffective-removal': noIneffectiveRemoval,
  'no-large-capture': noLargeCapture,
  'no-large-clone': noLargeClone,
  'no-leaked-observer': noLeakedObserver,
  'no-leaked-subscription': noLeakedSubscription,
  'no-leaked-timer': noLeakedTimer,
  'no-nested-acquire': noNestedAcquire,
  'no-race-leak': noRaceLeak,
  'no-retained-local': noRetainedLocal,
  'no-strong-listener-backref': noStrongListenerBackref,
  'no-unbounded-container': noUnboundedContainer,
  'no-unclosed-port': noUnclosedPort,
  'no-unjoined-worker': noUnjoinedWorker,
  'no-unreleased-handle': noUnreleasedHandle,
  'no-unreleased-lock': noUnreleasedLock,
  'require-stop-signal': requireStopSignal,
  'require-worker-error-handler': requireWorkerErrorHandler,
};
