import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Code at the top of a file, around which there is no function and no class.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is released in finally of a function that calls a method of an unknown this',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export const save = async (text: string) => {
          const release = await mutex.acquire();
          try {
            this.write(text);
          } finally {
            release();
          }
        };
      `,
    },
    {
      name: 'has a releaser in a variable of the file',
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        let release: () => void;
        export async function begin() {
          release = await mutex.acquire();
        }
        export function end() {
          release();
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is lost by a function that calls a method of an unknown this',
      options: [{ report: 'possible' }],
      code: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export const save = async (text: string) => {
          const release = await mutex.acquire();
                                ~~~~~~~~~~~~~~~ [missedOnException {"witness": "this.write(text)", "line": "5"}]
          this.write(text);
          release();
        };
      `,
      output: `
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export const save = async (text: string) => {
          const release = await mutex.acquire();
          try {
            this.write(text);
          } finally {
            release();
          }
        };
      `,
    },
  ],
});
