import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { callsOf } from '../../../src/analysis/obligations/acquires.js';
import type { ScriptEnd } from '../../../src/analysis/obligations/worker-script.js';
import { scriptEndOf } from '../../../src/analysis/obligations/worker-script.js';
import { createVariables } from '../../../src/analysis/scope/variables.js';
import type { Script } from '../../../src/analysis/specification.js';
import { inRule } from '../../support/toy.js';

const listening = `parentPort.on('message', text => { console.log(text); });`;

describe('the script of a worker is found', () => {
  it('by a URL relative to the file', () => {
    expect(endOf(`new Worker(new URL('./job.js', import.meta.url))`)).toBe('staysAlive');
  });

  it('by a constant that holds that URL', () => {
    expect(endOf(`const url = new URL('job.js', import.meta.url); new Worker(url)`)).toBe('staysAlive');
  });

  it('by a path that is joined to the directory of the file', () => {
    expect(endOf(`new Worker(path.join(__dirname, 'job.js'))`)).toBe('staysAlive');
  });

  it('by a template with the directory of the file', () => {
    expect(endOf('new Worker(`${__dirname}/job.js`)')).toBe('staysAlive');
  });

  it('by what `require` resolves', () => {
    expect(endOf(`new Worker(require.resolve('./job'))`)).toBe('staysAlive');
  });

  it('by its source, where the compiled file is named', () => {
    expect(endOf(`new Worker('./job.mjs')`, { 'job.mts': listening })).toBe('staysAlive');
  });

  it('in the argument itself, if that is evaluated', () => {
    expect(endOf(`new Worker("setInterval(work, 1000)", { eval: true })`)).toBe('staysAlive');
  });
});

describe('the script of a worker is not found', () => {
  it('where a parameter names it', () => {
    expect(endOf(`function start(file) { new Worker(file); }`)).toBe('unknown');
  });

  it('where there is no such file', () => {
    expect(endOf(`new Worker(new URL('./other.js', import.meta.url))`)).toBe('unknown');
  });

  it('where a file starts itself', () => {
    expect(endOf(`new Worker(__filename)`)).toBe('unknown');
  });
});

describe('a worker of Node', () => {
  it('stays alive while it listens on a port', () => {
    expect(endOf(`new Worker('./job.js')`, { 'job.js': `server.listen(80);` })).toBe('staysAlive');
  });

  it('ends when its script has nothing left to do', () => {
    expect(endOf(`new Worker('./job.js')`, { 'job.js': `parentPort.postMessage(1);` })).toBe('ends');
  });

  it('ends when its script closes the port', () => {
    expect(endOf(`new Worker('./job.js')`, { 'job.js': `${listening} parentPort.close();` })).toBe('ends');
  });
});

describe('a worker of a browser', () => {
  it('stays alive when its script has nothing left to do', () => {
    expect(endOf(`new Worker('./job.js')`, { 'job.js': `postMessage(1);` }, 'collected')).toBe('staysAlive');
  });

  it('ends when its script closes itself', () => {
    expect(endOf(`new Worker('./job.js')`, { 'job.js': `postMessage(1); self.close();` }, 'collected')).toBe('ends');
  });

  it('does not end when its script closes something else', () => {
    expect(endOf(`new Worker('./job.js')`, { 'job.js': `database.close();` }, 'collected')).toBe('staysAlive');
  });
});

/** How the worker ends that the last construction of `Worker` in `code` starts; `files` stand beside the file. */
function endOf(
  code: string,
  files: Readonly<Record<string, string>> = { 'job.js': listening },
  endsWhen: Script['endsWhen'] = 'idle',
): ScriptEnd {
  return inRule(code, ({ sourceCode, filename }) => {
    const start = callsOf(sourceCode).findLast(({ callee }) => callee.type === 'Identifier' && callee.name === 'Worker');
    if (start === undefined) throw new Error('The code starts no worker.');
    const directory = path.dirname(path.resolve(filename));
    return scriptEndOf(
      start,
      { argument: 0, endsWhen },
      {
        filename,
        variables: createVariables(sourceCode),
        readFile: file => (path.dirname(file) === directory ? files[path.basename(file)] : undefined),
      },
    );
  });
}
