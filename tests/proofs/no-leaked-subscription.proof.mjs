/**
 * What a subscription does whose remover is dropped: a thousand requests, each with about 10 kB of its own, listen to one
 * signal of their caller and succeed. Run with `--expose-gc`; the argument is the form, `lossy` or `repaired`. Prints the
 * figures as JSON.
 */
import { getEventListeners } from 'node:events';

const requestCount = 1_000;
const bytesPerRequest = 10_000;

/** Node's own warning about the listeners is what the figures say. */
process.removeAllListeners('warning');

/** The remover is dropped, so the listener stays until the caller aborts, which it never does. */
async function lossy(signal) {
  const body = bodyOfRequest();
  // eslint-disable-next-line thread-hygiene/no-leaked-subscription -- the defect that this program measures
  addAbortListener(signal, () => body.fill(0));
  return send(body);
}

async function repaired(signal) {
  const body = bodyOfRequest();
  const removeListener = addAbortListener(signal, () => body.fill(0));
  try {
    return await send(body);
  } finally {
    removeListener();
  }
}

function addAbortListener(signal, listener) {
  signal.addEventListener('abort', listener, { once: true });
  return () => signal.removeEventListener('abort', listener);
}

const request = { lossy, repaired }[process.argv[2]];

const { signal } = new AbortController();
const before = heapInUse();
for (let count = 0; count < requestCount; count += 1) await request(signal);
const kilobytesHeld = Math.round((heapInUse() - before) / 1_000);

process.stdout.write(JSON.stringify({ kilobytesHeld, listeners: getEventListeners(signal, 'abort').length }));
process.exit();

async function send(body) {
  await null;
  return body.length;
}

function bodyOfRequest() {
  return Array.from({ length: bytesPerRequest / 8 }, (_, index) => index + 0.5);
}

/** The bytes that are in use after a full collection. */
function heapInUse() {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
