/**
 * What a loop leaves on a promise that it races in each round: 50,000 rounds, each with a result of its own, against one
 * promise that tells of the end. The argument is the form, `lossy` or `repaired`. Prints the figures as JSON.
 */
const rounds = 50_000;

let end;
const stopped = new Promise(resolve => {
  end = resolve;
});
let index = 0;

async function next() {
  index++;
  return { index, text: `message ${index}` };
}

async function lossy() {
  for (;;) {
    // eslint-disable-next-line thread-hygiene/no-race-leak -- the defect that this program measures
    await Promise.race([next(), stopped]);
    if (index >= rounds) break;
  }
}

/** Registers on the promise once, and makes what a round waits for anew. */
async function repaired() {
  let stop = () => undefined;
  void stopped.then(() => stop());
  for (;;) {
    await new Promise((resolve, reject) => {
      stop = resolve;
      next().then(resolve, reject);
    });
    if (index >= rounds) break;
  }
}

globalThis.gc();
const before = process.memoryUsage().heapUsed;
await { lossy, repaired }[process.argv[2]]();
globalThis.gc();
const after = process.memoryUsage().heapUsed;
end();

process.stdout.write(JSON.stringify({ rounds, kilobytesHeld: Math.round((after - before) / 1024) }));
