/**
 * What a cleanup that captures its own target does: the registry holds it, it holds the target, so the target is never
 * collected and the cleanup never runs. Two hundred handles are made and dropped. Run with `--expose-gc`; the argument
 * is the form, `lossy` or `repaired`. Prints the figures as JSON.
 */
import { setTimeout as after } from 'node:timers/promises';

const handleCount = 200;
const bytesPerHandle = 100_000;

let cleanedUp = 0;
const registry = new FinalizationRegistry(cleanUp => cleanUp());

/** The cleanup closes the handle, and so keeps it. */
function lossy(id) {
  const handle = createHandle(id);
  // eslint-disable-next-line thread-hygiene/no-large-capture -- the defect that this program measures
  registry.register(handle, () => handle.close());
}

/** The cleanup knows what there is to close, and not the handle. */
function repaired(id) {
  const handle = createHandle(id);
  registry.register(handle, closeOf(id));
}

const open = { lossy, repaired }[process.argv[2]];

const before = heapInUse();
for (let id = 0; id < handleCount; id += 1) open(id);
for (let round = 0; round < 5; round += 1) {
  globalThis.gc();
  await after(10);
}
const kilobytesHeld = Math.round((heapInUse() - before) / 1_000);

process.stdout.write(JSON.stringify({ handles: handleCount, cleanedUp, kilobytesHeld }));

function createHandle(id) {
  return { pixels: Array.from({ length: bytesPerHandle / 8 }, (_, index) => id + index + 0.5), close: closeOf(id) };
}

function closeOf() {
  return () => {
    cleanedUp += 1;
  };
}

/** The bytes that are in use after a full collection. */
function heapInUse() {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
