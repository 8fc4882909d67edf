import { Linter } from '@typescript-eslint/utils/ts-eslint';
import { expect, it } from 'vitest';

import { noUnreleasedLock } from '../../rules/no-unreleased-lock.js';

const depth = 40;

/** Functions of which each calls the next two, so that there are millions of ways from the first to the last. */
const layers = Array.from(
  { length: depth },
  (_, index) => `  step${String(index)}() { this.step${String(index + 1)}(); this.step${String(index + 2)}(); }`,
).join('\n');

/** @param last what the last of them does */
const machine = (last: string, stop: string) => `import { Mutex } from 'async-mutex';
const mutex = new Mutex();
export class Machine {
  async run() {
    await mutex.acquire();
    this.step0();
  }
${layers}
  step${String(depth)}() { ${last} }
  step${String(depth + 1)}() {}
  stop() { ${stop} }
}
`;

it.each([
  ['that release in the end', machine('mutex.release();', ''), []],
  ['that do not release, while another does', machine('', 'mutex.release();'), []],
  ['none of which releases', machine('', ''), ['handleDropped 5']],
])('follows functions in millions of ways, %s', { timeout: 20_000 }, (_, code, expected) => {
  const messages = new Linter().verify(code, {
    plugins: { test: { rules: { lock: noUnreleasedLock } } },
    rules: { 'test/lock': ['error', { report: 'possible' }] },
  });

  expect(messages.map(({ messageId, message, line }) => `${messageId ?? message} ${String(line)}`)).toEqual(expected);
});
