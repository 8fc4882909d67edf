import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is released in finally',
      code: `
        import { AsyncQueue } from '@sapphire/async-queue';
        const queue = new AsyncQueue();
        export async function request(url: string, signal: AbortSignal): Promise<Response> {
          await queue.wait({ signal });
          try {
            return await fetch(url, { signal });
          } finally {
            queue.shift();
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is lost when a call throws',
      code: `
        import { AsyncQueue } from '@sapphire/async-queue';
        const queue = new AsyncQueue();
        export async function request(url: string): Promise<Response> {
          await queue.wait();
                ~~~~~~~~~~~~ [missedOnException {"release": "\`queue.shift\`", "witness": "fetch(url)"}]
          const response = await fetch(url);
          queue.shift();
          return response;
        }
      `,
      output: `
        import { AsyncQueue } from '@sapphire/async-queue';
        const queue = new AsyncQueue();
        export async function request(url: string): Promise<Response> {
          await queue.wait();
          try {
            const response = await fetch(url);
            return response;
          } finally {
            queue.shift();
          }
        }
      `,
    },
  ],
});
