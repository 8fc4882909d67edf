/**
 * What a broadcast channel of every call does to a running service: no channel is collected as garbage, each gets every
 * later message, and all of them keep the process alive. The argument is the form, `lossy` or `repaired`. Prints the
 * figures as JSON.
 */
import { setImmediate as turn, setTimeout as after } from 'node:timers/promises';

const messages = 1_000;

function lossy(message) {
  // eslint-disable-next-line thread-hygiene/no-unclosed-port -- the defect that this program measures
  const channel = new BroadcastChannel('updates');
  channel.postMessage(message);
}

function repaired(message) {
  const channel = new BroadcastChannel('updates');
  try {
    channel.postMessage(message);
  } finally {
    channel.close();
  }
}

const publish = { lossy, repaired }[process.argv[2]];

/** What is still alive when nothing refers to it any more. */
async function heapUsed() {
  for (let round = 0; round < 3; round++) {
    globalThis.gc();
    await after(10);
  }
  return process.memoryUsage().heapUsed;
}

const before = await heapUsed();
const start = performance.now();
for (let sent = 0; sent < messages; sent++) {
  publish(sent);
  await turn();
}
const milliseconds = Math.round(performance.now() - start);
const kilobytesHeld = Math.round(((await heapUsed()) - before) / 1024);
const portsOpen = process.getActiveResourcesInfo().filter(name => name === 'MessagePort').length;

process.stdout.write(JSON.stringify({ messages, milliseconds, kilobytesHeld, portsOpen }));
process.exit();
