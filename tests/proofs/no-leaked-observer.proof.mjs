/**
 * What an observer does that nobody disconnects: a thousand recorders of garbage collections come and go, each with about
 * 10 kB of its own. Run with `--expose-gc`; the argument is the form, `lossy` or `repaired`. Prints the figures as JSON.
 */
import { PerformanceObserver } from 'node:perf_hooks';

const recorderCount = 1_000;
const bytesPerRecorder = 10_000;

let calls = 0;

/** `close` forgets the observer, which holds the recorder. */
class LossyRecorder {
  #samples = samplesOfRecorder();

  constructor() {
    // eslint-disable-next-line thread-hygiene/no-leaked-observer -- the defect that this program measures
    const observer = new PerformanceObserver(() => this.#record());
    observer.observe({ entryTypes: ['mark'] });
  }

  #record() {
    calls += this.#samples.length > 0 ? 1 : 0;
  }

  close() {
    return this.#samples.length;
  }
}

class RepairedRecorder {
  #samples = samplesOfRecorder();
  #observer;

  constructor() {
    this.#observer = new PerformanceObserver(() => this.#record());
    this.#observer.observe({ entryTypes: ['mark'] });
  }

  #record() {
    calls += this.#samples.length > 0 ? 1 : 0;
  }

  close() {
    this.#observer.disconnect();
    return this.#samples.length;
  }
}

const Recorder = { lossy: LossyRecorder, repaired: RepairedRecorder }[process.argv[2]];

const before = heapInUse();
for (let recorder = 0; recorder < recorderCount; recorder += 1) new Recorder().close();
const kilobytesHeld = Math.round((heapInUse() - before) / 1_000);
performance.mark('one');
await new Promise(resolve => {
  setTimeout(resolve, 100);
});

process.stdout.write(JSON.stringify({ kilobytesHeld, callsForOneMark: calls }));
process.exit();

function samplesOfRecorder() {
  return Array.from({ length: bytesPerRecorder / 8 }, (_, index) => index + 0.5);
}

/** The bytes that are in use after a full collection. */
function heapInUse() {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
