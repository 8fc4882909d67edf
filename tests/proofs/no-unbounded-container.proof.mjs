/**
 * What a map that only grows does to a running service: it keeps what every visitor ever had. Each request comes from
 * another session and is over when it is answered. Run with `--expose-gc`; the argument is the form, `lossy` or
 * `repaired`. Prints the figures as JSON.
 */
const requestCount = 2_000;
const bytesPerSession = 10_000;

// eslint-disable-next-line thread-hygiene/no-unbounded-container -- the defect that this program measures
const drafts = new Map();
const requests = new Map();

/** The draft of a session stays when the session is over. */
function lossy({ sessionId }) {
  drafts.set(sessionId, { sessionId, pixels: pixelsOf(sessionId) });
  return drafts.get(sessionId).pixels.length;
}

function repaired({ sessionId }) {
  requests.set(sessionId, { sessionId, pixels: pixelsOf(sessionId) });
  try {
    return requests.get(sessionId).pixels.length;
  } finally {
    requests.delete(sessionId);
  }
}

const handle = { lossy, repaired }[process.argv[2]];

const before = heapInUse();
for (let sessionId = 0; sessionId < requestCount; sessionId += 1) handle({ sessionId });
const kilobytesHeld = Math.round((heapInUse() - before) / 1_000);

process.stdout.write(JSON.stringify({ requests: requestCount, kept: drafts.size + requests.size, kilobytesHeld }));

function pixelsOf(id) {
  return Array.from({ length: bytesPerSession / 8 }, (_, index) => id + index + 0.5);
}

/** The bytes that are in use after a full collection. */
function heapInUse() {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
