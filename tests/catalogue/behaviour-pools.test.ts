import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { Piscina } from 'piscina';
import { FixedThreadPool } from 'poolifier';
import { Tinypool } from 'tinypool';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pool as createWorkerpool } from 'workerpool';

// What declarations cannot say of pools: what a task does that comes after the release.

describe('the pools of threads', () => {
  let folder: string;
  let job: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pools-'));
    job = join(folder, 'job.cjs');
    await writeFile(job, 'module.exports = () => 1;');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('of Piscina start new threads by a task after the release', async () => {
    const pool = new Piscina({ filename: job, maxThreads: 1 });
    await pool.destroy();
    await expect(pool.run(null)).resolves.toBe(1);
    expect(pool.threads).toHaveLength(1);
    await pool.destroy();
  });

  it('of Tinypool start new threads by a task after the release', async () => {
    const pool = new Tinypool({ filename: pathToFileURL(job).href, maxThreads: 1 });
    await pool.destroy();
    await expect(pool.run(null)).resolves.toBe(1);
    expect(pool.threads).toHaveLength(1);
    await pool.destroy();
  });

  it('of workerpool start new threads by a task after the release', async () => {
    const pool = createWorkerpool({ workerType: 'thread', maxWorkers: 1 });
    await pool.terminate();
    await expect(pool.exec(() => 1, [])).resolves.toBe(1);
    expect(pool.stats().totalWorkers).toBe(1);
    await pool.terminate();
  });

  it('of poolifier reject a task after the release', async () => {
    const script = join(folder, 'worker.cjs');
    await writeFile(script, `const { ThreadWorker } = require(${JSON.stringify(createRequire(import.meta.url).resolve('poolifier'))});\nmodule.exports = new ThreadWorker(() => 1);`);
    const pool = new FixedThreadPool(1, script);
    await pool.destroy();
    await expect(pool.execute()).rejects.toThrow('not started');
  });
});
