import { noUnreleasedHandle } from '../../../rules/no-unreleased-handle.js';
import { testRule } from '../../support/rule-tester.js';

testRule(noUnreleasedHandle, {
  valid: [
    {
      name: 'is an object URL that is shown',
      code: `
        export function show(image: HTMLImageElement, blob: Blob): void {
          image.src = URL.createObjectURL(blob);
        }
      `,
    },
    {
      name: 'is an object URL that is downloaded and revoked later',
      code: `
        export function download(blob: Blob, name: string): void {
          const url = URL.createObjectURL(blob);
          const link = document.createElement('a');
          link.href = url;
          link.download = name;
          link.click();
          setTimeout(() => URL.revokeObjectURL(url), 1000);
        }
      `,
    },
    {
      name: 'is an object URL that is returned',
      code: `
        export function preview(blob: Blob): { url: string } {
          const url = URL.createObjectURL(blob);
          return { url };
        }
      `,
    },
    {
      name: 'is an object URL that the user gets in a new window',
      code: `
        export function show(blob: Blob): void {
          window.open(URL.createObjectURL(blob));
        }
      `,
    },
    {
      name: 'is an object URL that a subclass offers',
      code: `
        export class Downloads {
          download(blob: Blob): void {
            const url = URL.createObjectURL(blob);
            this.offer(url);
          }
          offer(url: string): void {
            throw new Error('Not implemented.');
          }
        }
      `,
    },
    {
      name: 'is the object URL of an inline worker that is revoked',
      code: `
        export function start(source: string): Worker {
          const url = URL.createObjectURL(new Blob([source]));
          try {
            return new Worker(url);
          } finally {
            URL.revokeObjectURL(url);
          }
        }
      `,
    },
    {
      name: 'is the object URL of an inline worker of the module',
      code: `
        const url = URL.createObjectURL(new Blob(['onmessage = () => postMessage(1)']));
        export const start = (): Worker => new Worker(url);
      `,
    },
    {
      name: 'is the object URL of an inline worker that is cached',
      code: `
        let url: string | undefined;
        export function start(source: string): Worker {
          url ??= URL.createObjectURL(new Blob([source]));
          return new Worker(url);
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is the object URL of every inline worker',
      code: `
        export function start(source: string): Worker {
          const url = URL.createObjectURL(new Blob([source]));
                      ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [neverReleased]
          return new Worker(url);
        }
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            export function start(source: string): Worker {
              const url = URL.createObjectURL(new Blob([source]));
              try {
                return new Worker(url);
              } finally {
                URL.revokeObjectURL(url);
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is the object URL of a blob that is read back',
      code: `
        export async function bytes(blob: Blob): Promise<ArrayBuffer> {
          const url = URL.createObjectURL(blob);
                      ~~~~~~~~~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "fetch(url)"}]
          const response = await fetch(url);
          const buffer = await response.arrayBuffer();
          URL.revokeObjectURL(url);
          return buffer;
        }
      `,
      output: `
        export async function bytes(blob: Blob): Promise<ArrayBuffer> {
          const url = URL.createObjectURL(blob);
          try {
            const response = await fetch(url);
            const buffer = await response.arrayBuffer();
            return buffer;
          } finally {
            URL.revokeObjectURL(url);
          }
        }
      `,
    },
  ],
});
