/**
 * What a suspended function keeps that is done with it: twenty calls read 8 MB each, use it and wait. The function has
 * run a few times before (cold), or often enough to be optimised (hot). Run with `--expose-gc`; the argument is the form:
 * `lossy`, `block` (the local stands in an inner block) or `repaired` (it is made and used in a function of its own).
 * Prints the figures as JSON.
 */
import { once, setMaxListeners } from 'node:events';

const calls = 20;
const elements = 1_000_000;
const warmUps = 30_000;

/** The local is dead before the wait. */
async function lossy(size, stop) {
  // eslint-disable-next-line thread-hygiene/no-retained-local -- the defect that this program measures
  const data = new Float64Array(size);
  const sum = sumOf(data);
  await once(stop, 'abort');
  return sum;
}

/** The local is dead, and out of scope. */
async function block(size, stop) {
  const sums = [];
  {
    const data = numbers(size);
    sums.push(sumOf(data));
  }
  await once(stop, 'abort');
  return sums;
}

/** The local was one of another function, which has returned. */
async function repaired(size, stop) {
  const sum = (() => {
    const data = new Float64Array(size);
    return sumOf(data);
  })();
  await once(stop, 'abort');
  return sum;
}

const wait = { lossy, block, repaired }[process.argv[2]];
const cold = await megabytesHeld();
for (let index = 0; index < warmUps; index += 1) {
  const stop = new AbortController();
  const waiting = wait(1, stop.signal);
  stop.abort();
  await waiting;
}
const hot = await megabytesHeld();

process.stdout.write(JSON.stringify({ calls, coldMegabytesHeld: cold, hotMegabytesHeld: hot }));

/** What the calls hold while they wait. */
async function megabytesHeld() {
  const stop = new AbortController();
  setMaxListeners(calls, stop.signal);
  const before = memoryInUse();
  const waiting = Array.from({ length: calls }, () => wait(elements, stop.signal));
  await new Promise(resolve => setTimeout(resolve, 10));
  const held = memoryInUse() - before;
  stop.abort();
  await Promise.all(waiting);
  return Math.round(held / 1_000_000);
}

function numbers(size) {
  return new Float64Array(size);
}

function sumOf(data) {
  let sum = 0;
  for (let index = 0; index < data.length; index += 1000) sum += data[index];
  return sum;
}

/** The bytes that are in use after a full collection: typed arrays lie outside of the heap. */
function memoryInUse() {
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
