/**
 * What a message with a buffer costs that is copied rather than transferred: the time of the copy in the thread that
 * sends, and the memory of a second one. A worker is sent four buffers of 32 MB, which the sender does not read again. The argument
 * is the form, `lossy` or `repaired`. Prints the figures as JSON.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const bufferCount = 4;
const megabyte = 1_000_000;

const worker = new Worker(
  `const { parentPort } = require('node:worker_threads');
   const kept = [];
   parentPort.on('message', data => { kept.push(data); parentPort.postMessage(kept.length); });`,
  { eval: true },
);
await once(worker, 'online');

function lossy() {
  const data = new Uint8Array(32 * megabyte);
  data.fill(1);
  const start = performance.now();
  // eslint-disable-next-line thread-hygiene/no-large-clone -- the defect that this program measures
  worker.postMessage(data);
  return performance.now() - start;
}

function repaired() {
  const data = new Uint8Array(32 * megabyte);
  data.fill(1);
  const start = performance.now();
  worker.postMessage(data, [data.buffer]);
  return performance.now() - start;
}

const send = { lossy, repaired }[process.argv[2]];

let milliseconds = 0;
for (let index = 0; index < bufferCount; index += 1) milliseconds += send();
await once(worker, 'message');
await worker.terminate();
const peakMegabytes = Math.round((process.resourceUsage().maxRSS * 1_024) / megabyte);

process.stdout.write(JSON.stringify({ sent: bufferCount, milliseconds: Math.round(milliseconds), peakMegabytes }));
