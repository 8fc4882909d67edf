/**
 * What becomes of those who wait for workers that fail: twelve jobs, of which four answer, four throw and four end
 * without an answer. An exception that nobody listens for would end this process; it is counted instead. The argument is
 * the form, `lossy` or `repaired`. Prints the figures as JSON.
 */
import { setTimeout as after } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

const jobs = 12;
const patience = 5_000;
const script = `
  const { parentPort, workerData } = require('node:worker_threads');
  if (workerData % 3 === 1) throw new Error('The job failed.');
  if (workerData % 3 === 2) process.exit(1);
  parentPort.postMessage(workerData);
`;

function lossy(job) {
  return new Promise(resolve => {
    const worker = new Worker(script, { eval: true, workerData: job });
    // eslint-disable-next-line thread-hygiene/require-worker-error-handler -- the defect that this program measures
    worker.once('message', resolve);
  });
}

function repaired(job) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { eval: true, workerData: job });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => {
      reject(new Error('The worker ended without an answer.'));
    });
  });
}

const outcomes = { answered: 0, rejected: 0 };
let crashes = 0;
process.on('uncaughtException', () => {
  crashes++;
});

const run = { lossy, repaired }[process.argv[2]];
const all = Array.from({ length: jobs }, (_, job) =>
  run(job).then(
    () => outcomes.answered++,
    () => outcomes.rejected++,
  ),
);
await Promise.race([Promise.all(all), after(patience)]);

const { answered, rejected } = outcomes;
process.stdout.write(JSON.stringify({ answered, rejected, waiting: jobs - answered - rejected, crashes, milliseconds: patience }));
process.exit();
