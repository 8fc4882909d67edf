/**
 * What workers that nobody ends do to a running service: 20 requests, each of which lets a worker of its own work and
 * waits for its answer for a while. One worker in two never answers. The argument is the form, `lossy` or `repaired`.
 * Prints the figures as JSON.
 */
import { readdirSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

const requests = 20;
const patience = 1_500;

/** It listens for messages, so that it never ends by itself. */
const script = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', n => { if (n % 2 === 0) parentPort.postMessage(n * n); });
`;

/** The worker is ended when it answers, and not when it does not. */
function lossy(n) {
  return new Promise((resolve, reject) => {
    // eslint-disable-next-line thread-hygiene/no-unjoined-worker -- the defect that this program measures
    const worker = new Worker(script, { eval: true });
    const timer = setTimeout(() => {
      reject(new Error('no answer'));
    }, patience);
    worker.once('error', reject);
    worker.once('message', square => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(square);
    });
    worker.postMessage(n);
  });
}

function repaired(n) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { eval: true });
    const timer = setTimeout(() => {
      void worker.terminate();
      reject(new Error('no answer'));
    }, patience);
    worker.once('error', reject);
    worker.once('message', square => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(square);
    });
    worker.postMessage(n);
  });
}

const square = { lossy, repaired }[process.argv[2]];

const settled = [];
for (let n = 0; n < requests; n += 5) {
  const batch = [0, 1, 2, 3, 4].map(offset => square(n + offset));
  settled.push(...(await Promise.allSettled(batch)));
}
await after(500);

process.stdout.write(
  JSON.stringify({
    answered: settled.filter(({ status }) => status === 'fulfilled').length,
    failed: settled.filter(({ status }) => status === 'rejected').length,
    liveWorkers: process.getActiveResourcesInfo().filter(name => name === 'MessagePort').length,
    threads: threadCount(),
    megabytes: Math.round(process.memoryUsage.rss() / 1e6),
  }),
);
process.exit();

/** The threads of this process, where the system tells. */
function threadCount() {
  try {
    return readdirSync('/proc/self/task').length;
  } catch {
    return null;
  }
}
