import { noLeakedTimer } from '../../../rules/no-leaked-timer.js';
import { testRule } from '../../support/rule-tester.js';

// Timers that are started while an earlier one runs, and functions that start themselves.
testRule(noLeakedTimer, {
  valid: [
    {
      name: 'is cleared before it is started again',
      code: `
        export class Poller {
          #timer: ReturnType<typeof setInterval> | undefined;
          #seen = 0;
          setPeriod(period: number) {
            clearInterval(this.#timer);
            this.#timer = setInterval(() => { this.#seen += 1; }, period);
          }
          close() {
            clearInterval(this.#timer);
          }
        }
      `,
    },
    {
      name: 'is cleared by a method that runs before it is started again',
      code: `
        export class Poller {
          #timer: ReturnType<typeof setInterval> | undefined;
          #seen = 0;
          setPeriod(period: number) {
            this.close();
            this.#timer = setInterval(() => { this.#seen += 1; }, period);
          }
          close() {
            clearInterval(this.#timer);
          }
        }
      `,
    },
    {
      name: 'is started only if none runs',
      code: `
        export class Poller {
          #timer: ReturnType<typeof setInterval> | undefined;
          #seen = 0;
          schedule(period: number) {
            if (this.#timer) return;
            this.#timer = setInterval(() => { this.#seen += 1; }, period);
          }
          close() {
            clearInterval(this.#timer);
          }
        }
      `,
    },
    {
      name: 'is started by a method that its callers call once',
      code: `
        export class Poller {
          #timer: ReturnType<typeof setInterval> | undefined;
          #seen = 0;
          start() {
            this.#timer = setInterval(() => { this.#seen += 1; }, 1000);
          }
          close() {
            clearInterval(this.#timer);
          }
        }
      `,
    },
    {
      name: 'is started by a function that it does not run',
      options: [{ report: 'possible' }],
      code: `
        export function wait(milliseconds: number): Promise<void> {
          return new Promise(resolve => { setTimeout(resolve, milliseconds); });
        }
      `,
    },
    {
      name: 'is started again only as long as it is needed',
      options: [{ report: 'possible' }],
      code: `
        export class Loop {
          #isClosed = false;
          #frames = 0;
          step() {
            this.#frames += 1;
            if (this.#isClosed) return;
            setTimeout(() => { this.step(); }, 16);
          }
          close() {
            this.#isClosed = true;
          }
        }
      `,
    },
    {
      name: 'is started again, and kept for the disposer',
      options: [{ report: 'possible' }],
      code: `
        export class Loop {
          #timer: ReturnType<typeof setTimeout> | undefined;
          #frames = 0;
          step() {
            this.#frames += 1;
            this.#timer = setTimeout(() => { this.step(); }, 16);
          }
          close() {
            clearTimeout(this.#timer);
          }
        }
      `,
    },
    {
      name: 'is started again by a loop of the program',
      options: [{ report: 'possible' }],
      code: `
        let frames = 0;
        step();
        function step() {
          frames += 1;
          setTimeout(step, 16);
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is started by every call of a method',
      code: `
        export class Poller {
          #timer: ReturnType<typeof setInterval> | undefined;
          #seen = 0;
          setPeriod(period: number) {
            this.#timer = setInterval(() => { this.#seen += 1; }, period);
                          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [startedAgain {"holder": "this.#timer"}]
          }
          close() {
            clearInterval(this.#timer);
          }
        }
      `,
      suggestions: [
        {
          messageId: 'stopBefore',
          output: `
            export class Poller {
              #timer: ReturnType<typeof setInterval> | undefined;
              #seen = 0;
              setPeriod(period: number) {
                clearInterval(this.#timer);
                this.#timer = setInterval(() => { this.#seen += 1; }, period);
              }
              close() {
                clearInterval(this.#timer);
              }
            }
          `,
        },
      ],
    },
    {
      name: 'starts itself in a class whose disposer cannot end it',
      code: `
        export class Loop {
          #frames = 0;
          step() {
            this.#frames += 1;
            setTimeout(() => { this.step(); }, 16);
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [rearmedForever {"host": "the instance"}]
          }
          close() {
            this.#frames = 0;
          }
        }
      `,
      suggestions: [],
    },
    {
      name: 'starts itself for each frame',
      code: `
        export class Scene {
          #frames = 0;
          animate = () => {
            requestAnimationFrame(this.animate);
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [rearmedForever]
            this.#frames += 1;
          };
          destroy() {
            this.#frames = 0;
          }
        }
      `,
      suggestions: [],
    },
    {
      name: 'starts itself in a function that may be called again',
      options: [{ report: 'possible' }],
      code: `
        export function follow(report: () => void) {
          const step = () => {
            report();
            setTimeout(step, 1000);
            ~~~~~~~~~~~~~~~~~~~~~~ [rearmedForever {"host": "the function"}]
          };
          step();
        }
      `,
      suggestions: [],
    },
  ],
});
