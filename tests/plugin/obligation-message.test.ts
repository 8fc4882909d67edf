import { describe, expect, it } from 'vitest';

import type { ResourceSpecification } from '../../src/analysis/specification.js';
import { analyseFile } from '../../src/file-analysis.js';
import { messageData, messages } from '../../src/obligation-message.js';
import { unfilledPlaceholders } from '../support/message-template.js';
import { inRule, toyResources } from '../support/toy.js';

const imports = "import { acquire, borrow, Lock, open } from 'toy'; const lock = new Lock();";

/** The message about the first finding in the body of an async function. */
function messageOf(body: string, changes: Partial<ResourceSpecification> = {}): string {
  const resources = Object.fromEntries(
    Object.entries(toyResources).map(([key, specification]) => [key, { ...specification, ...changes }]),
  );
  const message = inRule(
    `${imports} export async function run(text, items) { ${body} }`,
    context => {
      const [finding] = analyseFile(context)
        .outcomes(['handle', 'lock'])
        .flatMap(outcome => (outcome.kind === 'reported' ? outcome.finding : []));
      if (finding === undefined) return '';
      const data = messageData(context.sourceCode, finding);
      return messages[finding.kind].replaceAll(/\{\{(\w+)\}\}/gu, (placeholder, name: string) => data[name] ?? placeholder);
    },
    { parser: 'JavaScript', settings: { resources } },
  );
  expect(Object.values(messages).flatMap(template => unfilledPlaceholders(template, message))).toEqual([]);
  return message;
}

describe('the message says what is missing and the remedy', () => {
  it.each([
    [
      'when a call throws',
      'const release = await acquire(); JSON.parse(text); release();',
      '`release` is not called when `JSON.parse(text)` throws (line 1). Call it in `finally`.',
    ],
    [
      'when the code itself throws',
      "const release = await acquire(); if (text === '') throw new Error('empty'); release();",
      "`release` is not called when `throw new Error('empty');` is reached (line 1). Call it in `finally`.",
    ],
    [
      'when the function returns',
      "const handle = open(); if (text === '') return; handle.close();",
      '`handle.close` is not called before `return;` leaves (line 1). Call it in `finally`.',
    ],
    [
      'when the function ends',
      'const release = await acquire(); if (text) release();',
      '`release` is not called on a path to the end of the function (line 1). Call it in `finally`.',
    ],
    [
      'when nothing releases a value with a name',
      'const handle = open(); handle.read();',
      'The handle of `open()` is never released. Call `handle.close` in `finally`.',
    ],
    [
      'when nothing releases a part of a value with a name',
      'const [, done] = await borrow(); text.trim();',
      'The loan of `borrow()` is never released. Call `done` in `finally`.',
    ],
    [
      'when nothing releases what has no name',
      'const size = open().read().length; return size;',
      'The handle of `open()` is never released. Call `close` of the handle in `finally`.',
    ],
    [
      'when the releaser is dropped',
      'await acquire();',
      'Only the result of `acquire()` can release the lock, and it is dropped. Keep the result and call it in `finally`.',
    ],
    [
      'when a value that releases is dropped',
      'open();',
      'Only the result of `open()` can release the handle, and it is dropped. Keep the result and call its `close` in `finally`.',
    ],
    [
      'when the variable gets another value',
      'let release = await acquire(); release = await acquire(); release();',
      '`release` is assigned anew while it holds the lock of `acquire()` (line 1). Release it first.',
    ],
    [
      'when a loop acquires again',
      'let release; for (const item of items) { release = await acquire(); } release();',
      'The next round of the loop acquires the lock again while it is held. Call `release` in every round.',
    ],
    [
      'when a callback leaves',
      'const release = await acquire(); send(text, error => { if (error) return; release(); });',
      '`release` is not called when its callback leaves at `return;` (line 1). Call it on every path of the callback.',
    ],
    [
      'when a promise is released too early',
      'const release = await acquire(); try { return Promise.all(items); } finally { release(); }',
      '`finally` releases the lock before the promise of `return Promise.all(items);` settles (line 1). Await the promise first.',
    ],
    [
      'when a failed acquire is released',
      "try { if (!text) throw new Error('no'); await lock.take(); } finally { lock.drop(); }",
      "`finally` releases the lock even when `throw new Error('no');` is reached before it is acquired (line 1). Acquire it before `try`.",
    ],
  ])('%s', (_, body, message) => {
    expect(messageOf(body)).toBe(message);
  });
});

describe('the remedy follows the specification', () => {
  const lossy = 'const handle = open(); JSON.parse(text); handle.close();';

  it('where the release takes the error', () => {
    expect(messageOf(lossy, { releaseAfterFailure: { argument: 'error' } })).toContain('Call it with the error in `catch`.');
  });

  it('where work has to be undone', () => {
    expect(messageOf(lossy, { releaseAfterFailure: 'different' })).toContain(
      'Undo in `catch` what was begun, and call it in `finally`.',
    );
  });

  it('where the release gives a promise', () => {
    expect(messageOf(lossy, { awaitRelease: true })).toContain('Await it in `finally`.');
  });

  it('where there is a form with a callback', () => {
    expect(messageOf('await acquire();', { scopedForm: { method: 'during', callback: 0 } })).toContain(
      'Keep the result and call it in `finally`, or use `during`.',
    );
  });
});
