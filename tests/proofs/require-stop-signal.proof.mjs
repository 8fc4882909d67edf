/**
 * What a loop does that its instance's `close` forgets: 500 sessions, each with a loop that sends a sign of life and with
 * what it has loaded, all of them closed. The argument is the form, `lossy` or `repaired`. Prints the figures as JSON.
 */
import { setTimeout as sleep } from 'node:timers/promises';

const sessions = 500;
const pause = 20;
const patience = 300;
let signs = 0;

class Lossy {
  #closed = false;
  #data = new Array(2_000).fill(0);

  async run() {
    // eslint-disable-next-line thread-hygiene/require-stop-signal -- the defect that this program measures
    while (true) {
      await sleep(pause);
      this.#send();
    }
  }

  get isClosed() {
    return this.#closed;
  }

  close() {
    this.#closed = true;
  }

  #send() {
    signs += this.#data.length > 0 ? 1 : 0;
  }
}

class Repaired {
  #closed = false;
  #data = new Array(2_000).fill(0);

  async run() {
    while (!this.#closed) {
      await sleep(pause);
      this.#send();
    }
  }

  close() {
    this.#closed = true;
  }

  #send() {
    signs += this.#data.length > 0 ? 1 : 0;
  }
}

const Session = { lossy: Lossy, repaired: Repaired }[process.argv[2]];

globalThis.gc();
const before = process.memoryUsage().heapUsed;
for (let index = 0; index < sessions; index++) {
  const session = new Session();
  void session.run();
  session.close();
}
await sleep(patience);
signs = 0;
await sleep(patience);
globalThis.gc();
const after = process.memoryUsage().heapUsed;

process.stdout.write(
  JSON.stringify({ sessions, signsAfterClose: signs, milliseconds: patience, kilobytesHeld: Math.round((after - before) / 1024) }),
);
process.exit();
