/**
 * What an unreleased lock does to a running service. All requests take turns at one lock; the first brings a text that
 * does not parse, the thousand after it are sound. Run with `--expose-gc`; the argument is the form, `lossy` or
 * `repaired`. Prints the figures as JSON.
 */
import { setTimeout as after } from 'node:timers/promises';

import { Mutex } from 'async-mutex';

const patience = 1_000;
const requestCount = 1_000;
const bytesPerRequest = 10_000;

const mutex = new Mutex();
let finished = 0;

/** The release is skipped when the text does not parse. */
async function lossy(request) {
  // eslint-disable-next-line thread-hygiene/no-unreleased-lock -- the defect that this program measures
  const release = await mutex.acquire();
  const value = JSON.parse(request.text);
  finished += 1;
  release();
  return value;
}

async function repaired(request) {
  const release = await mutex.acquire();
  try {
    const value = JSON.parse(request.text);
    finished += 1;
    return value;
  } finally {
    release();
  }
}

const handle = { lossy, repaired }[process.argv[2]];

const firstFailure = await handle({ text: '{"cut o' }).catch(error => error.name);
const before = heapInUse();
const requests = Array.from({ length: requestCount }, (_, id) => handle({ text: '{}', body: uploadFor(id) }));
await Promise.race([Promise.all(requests), after(patience)]);
requests.length = 0;
const kilobytesHeld = Math.round((heapInUse() - before) / 1_000);

process.stdout.write(JSON.stringify({ firstFailure, finished, waiting: requestCount - finished, kilobytesHeld }));
process.exit();

/** What a request has in its hands while it waits: an object of its own of about 10 kB. */
function uploadFor(id) {
  return Array.from({ length: bytesPerRequest / 8 }, (_, index) => id + index + 0.5);
}

/** The bytes that are in use after a full collection. */
function heapInUse() {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
