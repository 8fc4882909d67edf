import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

import threadHygiene from '../../src/index.js';
import { repository } from '../support/repository.js';

// Every rule has a program in a lossy and a repaired form. The figures are on the rule's page; here the bounds are wide.

describe('no-unreleased-lock', () => {
  it('is about tasks that wait for ever and keep what they hold', () => {
    const lossy = runProof('no-unreleased-lock', 'lossy');

    expect(lossy).toMatchObject({ firstFailure: 'SyntaxError', finished: 0, waiting: 1_000 });
    expect(lossy['kilobytesHeld']).toBeGreaterThan(8_000);
  });

  it('is about nothing when the lock is released in finally', () => {
    const repaired = runProof('no-unreleased-lock', 'repaired');

    expect(repaired).toMatchObject({ firstFailure: 'SyntaxError', finished: 1_000, waiting: 0 });
    expect(repaired['kilobytesHeld']).toBeLessThan(2_000);
  });
});

describe('no-unjoined-worker', () => {
  it('is about workers that live on after their promise is rejected', () => {
    expect(runProof('no-unjoined-worker', 'lossy')).toMatchObject({ liveWorkers: 10 });
  });

  it('is about nothing when the timeout ends the worker too', () => {
    expect(runProof('no-unjoined-worker', 'repaired')).toMatchObject({ liveWorkers: 0 });
  });
});

describe('no-unreleased-handle', () => {
  it('is about a pool that runs dry and a query that waits for ever', () => {
    expect(runProof('no-unreleased-handle', 'lossy')).toMatchObject({
      failures: ['QueryFailedError', 'QueryFailedError'],
      outcome: 'no answer in 1000 ms',
      connections: 2,
      idle: 0,
      waiting: 1,
    });
  });

  it('is about nothing when the query runner is released in finally', () => {
    expect(runProof('no-unreleased-handle', 'repaired')).toMatchObject({
      failures: ['QueryFailedError', 'QueryFailedError'],
      outcome: '1 row',
      waiting: 0,
    });
  });
});

describe('no-unbounded-container', () => {
  it('is about a map that keeps what every session had', () => {
    const lossy = runProof('no-unbounded-container', 'lossy');

    expect(lossy).toMatchObject({ requests: 2_000, kept: 2_000 });
    expect(lossy['kilobytesHeld']).toBeGreaterThan(10_000);
  });

  it('is about nothing when the entry is deleted in finally', () => {
    const repaired = runProof('no-unbounded-container', 'repaired');

    expect(repaired).toMatchObject({ requests: 2_000, kept: 0 });
    expect(repaired['kilobytesHeld']).toBeLessThan(2_000);
  });
});

describe('no-large-capture', () => {
  it('is about targets that their own cleanup keeps', () => {
    const lossy = runProof('no-large-capture', 'lossy');

    expect(lossy).toMatchObject({ handles: 200, cleanedUp: 0 });
    expect(lossy['kilobytesHeld']).toBeGreaterThan(10_000);
  });

  it('is about nothing when the cleanup does not know its target', () => {
    const repaired = runProof('no-large-capture', 'repaired');

    expect(repaired['cleanedUp']).toBeGreaterThan(150);
    expect(repaired['kilobytesHeld']).toBeLessThan(6_000);
  });
});

describe('no-large-clone', () => {
  it('is about a second copy of what nobody reads', () => {
    expect(runProof('no-large-clone', 'lossy')['peakMegabytes']).toBeGreaterThan(230);
  });

  it('is about nothing when the buffers are transferred', () => {
    expect(runProof('no-large-clone', 'repaired')['peakMegabytes']).toBeLessThan(225);
  });
});

describe('no-nested-acquire', () => {
  it('is about a section that waits for itself, and everybody behind it', () => {
    expect(runProof('no-nested-acquire', 'lossy')).toMatchObject({ finished: 0, waiting: 101 });
  });

  it('is about nothing when the section does the work without acquiring again', () => {
    expect(runProof('no-nested-acquire', 'repaired')).toMatchObject({ finished: 101, waiting: 0 });
  });
});

describe('no-retained-local', () => {
  it('is about what suspended functions keep, in whatever block, until they are optimised', () => {
    for (const form of ['lossy', 'block'] as const) {
      const held = runProof('no-retained-local', form);

      expect(held['coldMegabytesHeld']).toBeGreaterThan(120);
      expect(held['hotMegabytesHeld']).toBeLessThan(40);
    }
  });

  it('is about nothing when another function has made it', () => {
    expect(runProof('no-retained-local', 'repaired')['coldMegabytesHeld']).toBeLessThan(40);
  });
});

describe('no-race-leak', () => {
  it('is about a pending promise that keeps what each race was won with', () => {
    expect(runProof('no-race-leak', 'lossy')['kilobytesHeld']).toBeGreaterThan(10_000);
  });

  it('is about nothing when the loop registers on it once', () => {
    expect(runProof('no-race-leak', 'repaired')['kilobytesHeld']).toBeLessThan(2_000);
  });
});

describe('no-unclosed-port', () => {
  it('is about channels that stay open, and get every later message', () => {
    const lossy = runProof('no-unclosed-port', 'lossy');

    expect(lossy).toMatchObject({ messages: 1_000, portsOpen: 1_000 });
    expect(lossy['kilobytesHeld']).toBeGreaterThan(1_500);
  });

  it('is about nothing when the channel is closed in finally', () => {
    const repaired = runProof('no-unclosed-port', 'repaired');

    expect(repaired).toMatchObject({ messages: 1_000, portsOpen: 0 });
    expect(repaired['kilobytesHeld']).toBeLessThan(1_000);
  });
});

describe('no-ineffective-removal', () => {
  it('is about one more listener, and one more call for each event, with every retry', () => {
    expect(runProof('no-ineffective-removal', 'lossy')).toMatchObject({ listeners: 1_000, loadsPerEvent: 1_000 });
  });

  it('is about nothing when one function is added and removed', () => {
    expect(runProof('no-ineffective-removal', 'repaired')).toMatchObject({ listeners: 1, loadsPerEvent: 1 });
  });
});

describe('no-strong-listener-backref', () => {
  it('is about requests that a long-lived signal keeps when they are answered', () => {
    const lossy = runProof('no-strong-listener-backref', 'lossy');

    expect(lossy).toMatchObject({ finished: 1_000, listeners: 1_000 });
    expect(lossy['kilobytesHeld']).toBeGreaterThan(8_000);
  });

  it('is about nothing when the listener is removed in finally', () => {
    const repaired = runProof('no-strong-listener-backref', 'repaired');

    expect(repaired).toMatchObject({ finished: 1_000, listeners: 0 });
    expect(repaired['kilobytesHeld']).toBeLessThan(2_000);
  });
});

describe('no-leaked-timer', () => {
  it('is about closed sessions that go on working', () => {
    const lossy = runProof('no-leaked-timer', 'lossy');

    expect(lossy).toMatchObject({ timers: 1_000 });
    expect(lossy['ticksAfterClose']).toBeGreaterThan(900);
    expect(lossy['kilobytesHeld']).toBeGreaterThan(8_000);
  });

  it('is about nothing when the interval is cleared', () => {
    const repaired = runProof('no-leaked-timer', 'repaired');

    expect(repaired).toMatchObject({ timers: 0, ticksAfterClose: 0 });
    expect(repaired['kilobytesHeld']).toBeLessThan(2_000);
  });
});

describe('no-leaked-observer', () => {
  it('is about closed recorders that go on recording', () => {
    const lossy = runProof('no-leaked-observer', 'lossy');

    expect(lossy).toMatchObject({ callsForOneMark: 1_000 });
    expect(lossy['kilobytesHeld']).toBeGreaterThan(8_000);
  });

  it('is about nothing when the observer is disconnected', () => {
    const repaired = runProof('no-leaked-observer', 'repaired');

    expect(repaired).toMatchObject({ callsForOneMark: 0 });
    expect(repaired['kilobytesHeld']).toBeLessThan(2_000);
  });
});

describe('no-leaked-subscription', () => {
  it('is about requests that have succeeded and stay', () => {
    const lossy = runProof('no-leaked-subscription', 'lossy');

    expect(lossy).toMatchObject({ listeners: 1_000 });
    expect(lossy['kilobytesHeld']).toBeGreaterThan(8_000);
  });

  it('is about nothing when the listener is removed', () => {
    const repaired = runProof('no-leaked-subscription', 'repaired');

    expect(repaired).toMatchObject({ listeners: 0 });
    expect(repaired['kilobytesHeld']).toBeLessThan(2_000);
  });
});

describe('require-worker-error-handler', () => {
  it('is about callers that wait for ever, and exceptions that end the process', () => {
    expect(runProof('require-worker-error-handler', 'lossy')).toMatchObject({ answered: 4, rejected: 0, waiting: 8, crashes: 4 });
  });

  it('is about nothing when the promise is rejected on error and exit', () => {
    expect(runProof('require-worker-error-handler', 'repaired')).toMatchObject({ answered: 4, rejected: 8, waiting: 0, crashes: 0 });
  });
});

describe('require-stop-signal', () => {
  it('is about closed sessions whose loops go on', () => {
    const lossy = runProof('require-stop-signal', 'lossy');

    expect(lossy['signsAfterClose']).toBeGreaterThan(500);
    expect(lossy['kilobytesHeld']).toBeGreaterThan(6_000);
  });

  it('is about nothing when the loop asks whether it is closed', () => {
    const repaired = runProof('require-stop-signal', 'repaired');

    expect(repaired).toMatchObject({ signsAfterClose: 0 });
    expect(repaired['kilobytesHeld']).toBeLessThan(2_000);
  });
});

describe.each(Object.keys(threadHygiene.rules))('the proof of %s', name => {
  it('is reported in its lossy form alone', async () => {
    const file = proofOf(name);
    const lines = readFileSync(file, 'utf8').split('\n');
    const directive = lines.findIndex(line => line.includes('eslint-disable-next-line'));
    const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: threadHygiene.configs.strict, cwd: repository });

    const [result] = await eslint.lintText(lines.with(directive, '').join('\n'), { filePath: file });

    expect(result?.messages.map(({ ruleId, line }) => `${line}: ${ruleId ?? ''}`)).toEqual([
      `${directive + 2}: thread-hygiene/${name}`,
    ]);
  });
});

/** The figures that the proof of a rule prints for one form, in a process of its own. */
function runProof(name: string, form: 'block' | 'lossy' | 'repaired'): Record<string, unknown> {
  const { stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', proofOf(name), form], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect(stderr).toBe('');
  const figures: Record<string, unknown> = JSON.parse(stdout);
  return figures;
}

function proofOf(name: string): string {
  return path.join(repository, 'tests/proofs', `${name}.proof.mjs`);
}
