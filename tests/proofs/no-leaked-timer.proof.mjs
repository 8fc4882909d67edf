/**
 * What an interval does that its owner does not clear: a thousand sessions come and go, each with an interval and about
 * 10 kB of its own. Run with `--expose-gc`; the argument is the form, `lossy` or `repaired`. Prints the figures as JSON.
 */
const sessionCount = 1_000;
const bytesPerSession = 10_000;

let ticks = 0;

/** `close` forgets the interval, which holds the session. */
class LossySession {
  #upload = uploadOfSession();

  constructor() {
    // eslint-disable-next-line thread-hygiene/no-leaked-timer -- the defect that this program measures
    setInterval(() => this.#report(), 50);
  }

  #report() {
    ticks += this.#upload.length > 0 ? 1 : 0;
  }

  close() {
    return this.#upload.length;
  }
}

class RepairedSession {
  #upload = uploadOfSession();
  #interval;

  constructor() {
    this.#interval = setInterval(() => this.#report(), 50);
  }

  #report() {
    ticks += this.#upload.length > 0 ? 1 : 0;
  }

  close() {
    clearInterval(this.#interval);
    return this.#upload.length;
  }
}

const Session = { lossy: LossySession, repaired: RepairedSession }[process.argv[2]];

const before = heapInUse();
for (let session = 0; session < sessionCount; session += 1) new Session().close();
const kilobytesHeld = Math.round((heapInUse() - before) / 1_000);
await new Promise(resolve => {
  setTimeout(resolve, 120);
});

process.stdout.write(JSON.stringify({ kilobytesHeld, ticksAfterClose: ticks, timers: timersOf() }));
process.exit();

/** The timers that keep the process alive. */
function timersOf() {
  return process.getActiveResourcesInfo().filter(kind => kind === 'Timeout').length;
}

function uploadOfSession() {
  return Array.from({ length: bytesPerSession / 8 }, (_, index) => index + 0.5);
}

/** The bytes that are in use after a full collection. */
function heapInUse() {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
