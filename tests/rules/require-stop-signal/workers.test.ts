import { requireStopSignal } from '../../../rules/require-stop-signal.js';
import { testRule } from '../../support/rule-tester.js';

testRule(requireStopSignal, {
  valid: [
    {
      name: 'runs in no worker, whatever the path says',
      settings: { report: 'possible' },
      filename: 'worker.ts',
      code: `
        declare function sleep(delay: number): Promise<void>;
        export async function run(): Promise<void> {
          for (;;) await sleep(1000);
        }
      `,
    },
    {
      name: 'runs in the half of the main thread',
      settings: { report: 'possible' },
      code: `
        import { isMainThread, parentPort } from 'node:worker_threads';
        declare function sleep(delay: number): Promise<void>;
        if (isMainThread) {
          for (;;) await sleep(1000);
        } else {
          parentPort?.postMessage('started');
        }
      `,
    },
    {
      name: 'is ended by a message that ends the worker',
      settings: { report: 'possible' },
      code: `
        import { parentPort } from 'node:worker_threads';
        declare function sleep(delay: number): Promise<void>;
        parentPort?.on('message', () => { process.exit(); });
        for (;;) await sleep(1000);
      `,
    },
    {
      name: 'is ended by a flag that a message sets',
      settings: { report: 'possible' },
      code: `
        import { parentPort } from 'node:worker_threads';
        declare function sleep(delay: number): Promise<void>;
        let stopped = false;
        parentPort?.on('message', () => { stopped = true; });
        while (!stopped) await sleep(1000);
      `,
    },
    {
      name: 'is only terminated, which many workers are',
      code: `
        import { parentPort } from 'node:worker_threads';
        declare function sleep(delay: number): Promise<void>;
        for (;;) {
          await sleep(1000);
          parentPort?.postMessage('alive');
        }
      `,
    },
    {
      name: 'looks for messages itself',
      code: `
        import { parentPort, receiveMessageOnPort } from 'node:worker_threads';
        parentPort?.on('message', message => { console.log(message); });
        for (;;) {
          if (parentPort !== null) console.log(receiveMessageOnPort(parentPort));
        }
      `,
    },
    {
      name: 'calls what may change its flag',
      code: `
        declare function work(): void;
        let running = true;
        self.onmessage = () => { running = false; };
        export function run(): void {
          while (running) work();
        }
      `,
    },
    {
      name: 'changes its flag itself',
      code: `
        let running = true;
        self.onmessage = () => { running = false; };
        function round(): void {
          if (Math.random() > 0.9) running = false;
        }
        export function run(): void {
          while (running) round();
        }
      `,
    },
    {
      name: 'belongs to a page of which self is the window, and goes on under a condition',
      settings: { report: 'possible' },
      code: `
        let frames = 0;
        function draw(): void {
          frames++;
          requestAnimationFrame(draw);
        }
        draw();
        export const count = (): number => frames;
      `,
    },
    {
      name: 'is a timer that somebody clears',
      settings: { report: 'possible' },
      code: `
        import { parentPort } from 'node:worker_threads';
        let timer: ReturnType<typeof setTimeout>;
        function tick(): void {
          parentPort?.postMessage('alive');
          timer = setTimeout(tick, 1000);
        }
        parentPort?.on('message', () => { clearTimeout(timer); });
        tick();
      `,
    },
  ],
  invalid: [
    {
      name: 'never sees the flag that a message sets',
      code: `
        let running = true;
        let count = 0;
        self.onmessage = () => { running = false; };
        export function run(): number {
          while (running) count += Math.random();
          ~~~~~~~~~~~~~~~ [neverSeen {"name": "running", "line": "3"}]
          return count;
        }
      `,
      suggestions: [],
    },
    {
      name: 'calls a function that does not change its flag',
      code: `
        let running = true;
        let count = 0;
        self.onmessage = () => { running = false; };
        function round(): void {
          if (Math.random() > 0.9) count++;
        }
        export function run(): number {
          while (running) round();
          ~~~~~~~~~~~~~~~ [neverSeen]
          return count;
        }
      `,
      suggestions: [],
    },
    {
      name: 'keeps the worker from all of its messages',
      code: `
        import { parentPort } from 'node:worker_threads';
        let count = 0;
        parentPort?.on('message', () => { parentPort.postMessage(count); });
        for (;;) {
        ~~~~~~~~ [blocksListener {"line": "3"}]
          count += Math.random();
        }
      `,
      suggestions: [],
    },
    {
      name: 'keeps its own listener from the next message',
      code: `
        self.addEventListener('message', event => {
          if (event.data === 'stop') self.close();
          while (true) {
          ~~~~~~~~~~~~ [blocksListener {"line": "1"}]
            console.log('working');
          }
        });
      `,
      suggestions: [],
    },
    {
      name: 'keeps the handler of the global object from the next message',
      settings: { report: 'possible' },
      code: `
        onmessage = () => { work(); };
        function work(): void {
          const start = Date.now();
          while (true) {
          ~~~~~~~~~~~~ [blocksListener {"line": "1"}]
            if (Date.now() - start > 1000) postMessage('late');
          }
        }
      `,
      suggestions: [],
    },
    {
      name: 'is ended from outside only',
      settings: { report: 'possible' },
      code: `
        import { parentPort } from 'node:worker_threads';
        declare function sleep(delay: number): Promise<void>;
        for (;;) {
        ~~~~~~~~ [onlyTerminated]
          await sleep(1000);
          parentPort?.postMessage('alive');
        }
      `,
      suggestions: [],
    },
    {
      name: 'runs in the half of the worker',
      settings: { report: 'possible' },
      code: `
        import { isMainThread, parentPort } from 'node:worker_threads';
        declare function sleep(delay: number): Promise<void>;
        if (!isMainThread) {
          for (;;) await sleep(1000);
          ~~~~~~~~ [onlyTerminated]
        } else {
          console.log(parentPort);
        }
      `,
      suggestions: [],
    },
    {
      name: 'reads an own generator without an end',
      settings: { report: 'possible' },
      code: `
        import { workerData } from 'node:worker_threads';
        declare function sleep(delay: number): Promise<void>;
        async function* beats(): AsyncGenerator<number> {
          for (;;) {
            await sleep(1000);
            yield Date.now();
          }
        }
        console.log(workerData);
        for await (const beat of beats()) console.log(beat);
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [onlyTerminated]
      `,
      suggestions: [],
    },
    {
      name: 'is a timer that starts itself again',
      settings: { report: 'possible' },
      code: `
        import { parentPort } from 'node:worker_threads';
        function tick(): void {
          parentPort?.postMessage('alive');
          setTimeout(tick, 1000);
          ~~~~~~~~~~~~~~~~~~~~~~ [rearmed]
        }
        tick();
      `,
      suggestions: [],
    },
    {
      name: 'serves a comlink proxy',
      settings: { report: 'possible' },
      code: `
        import { expose } from 'comlink';
        declare function sleep(delay: number): Promise<void>;
        expose({
          async watch(): Promise<void> {
            for (;;) await sleep(1000);
            ~~~~~~~~ [onlyTerminated]
          },
        });
      `,
      suggestions: [],
    },
  ],
});
