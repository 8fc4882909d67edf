/**
 * What a listener on the caller's signal does to a service whose requests all get the signal of its shutdown. Every
 * request succeeds. Run with `--expose-gc`; the argument is the form, `lossy` or `repaired`. Prints the figures as JSON.
 */
import { getEventListeners, setMaxListeners } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';

const requestCount = 1_000;
const bytesPerRequest = 10_000;

const shutdown = new AbortController();
setMaxListeners(0, shutdown.signal);

/** `once` takes the listener off when the signal aborts, and it never does. */
async function lossy(request, signal) {
  const controller = new AbortController();
  // eslint-disable-next-line thread-hygiene/no-strong-listener-backref -- the defect that this program measures
  signal.addEventListener('abort', () => controller.abort(request.id), { once: true });
  return await send(request, controller.signal);
}

async function repaired(request, signal) {
  const controller = new AbortController();
  const onAbort = () => controller.abort(request.id);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await send(request, controller.signal);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

const handle = { lossy, repaired }[process.argv[2]];
const before = heapInUse();
for (let id = 0; id < requestCount; id++) await handle({ id, body: uploadFor(id) }, shutdown.signal);
const listeners = getEventListeners(shutdown.signal, 'abort').length;
const kilobytesHeld = Math.round((heapInUse() - before) / 1_000);

process.stdout.write(JSON.stringify({ finished: requestCount, listeners, kilobytesHeld }));

async function send(request, signal) {
  await turn();
  return request.body.length > 0 && !signal.aborted;
}

/** An object of its own of about 10 kB. */
function uploadFor(id) {
  return Array.from({ length: bytesPerRequest / 8 }, (_, index) => id + index + 0.5);
}

/** The bytes that are in use after a full collection. */
function heapInUse() {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
