import { noIneffectiveRemoval } from '../../../rules/no-ineffective-removal.js';
import { testRule } from '../../support/rule-tester.js';

// The capture flag is part of what a listener is told apart by.
testRule(noIneffectiveRemoval, {
  valid: [
    {
      name: 'is removed with the same flag in another spelling',
      code: `
        export function watch(onKey: () => void) {
          document.addEventListener('keydown', onKey, { capture: true, passive: true });
          return () => { document.removeEventListener('keydown', onKey, true); };
        }
      `,
    },
    {
      name: 'is removed without the options that do not count',
      code: `
        export function watch(onKey: () => void) {
          document.addEventListener('keydown', onKey, { passive: true, once: true });
          return () => { document.removeEventListener('keydown', onKey); };
        }
      `,
    },
    {
      name: 'is removed once with each flag',
      code: `
        export function watch(onKey: () => void) {
          document.addEventListener('keydown', onKey, true);
          return () => {
            document.removeEventListener('keydown', onKey);
            document.removeEventListener('keydown', onKey, true);
          };
        }
      `,
    },
    {
      name: 'is removed with options that nobody can see into',
      code: `
        export function watch(onKey: () => void, options: AddEventListenerOptions) {
          document.addEventListener('keydown', onKey, true);
          return () => { document.removeEventListener('keydown', onKey, options); };
        }
      `,
    },
    {
      name: 'is removed with options that are kept in a constant',
      code: `
        const options = { capture: true };
        export function watch(onKey: () => void) {
          document.addEventListener('keydown', onKey, { ...options, passive: true });
          return () => { document.removeEventListener('keydown', onKey, options); };
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is added with capture and removed without',
      code: `
        export function watch(onKey: () => void) {
          document.addEventListener('keydown', onKey, true);
          return () => {
            document.removeEventListener('keydown', onKey);
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [otherCapture {"line": "2"}]
          };
        }
      `,
      output: `
        export function watch(onKey: () => void) {
          document.addEventListener('keydown', onKey, true);
          return () => {
            document.removeEventListener('keydown', onKey, true);
          };
        }
      `,
    },
    {
      name: 'is added without capture and removed with it',
      code: `
        export class Keys {
          readonly #onKey = () => {};
          open() {
            document.addEventListener('keydown', this.#onKey);
          }
          close() {
            document.removeEventListener('keydown', this.#onKey, { capture: true });
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [otherCapture]
          }
        }
      `,
      output: `
        export class Keys {
          readonly #onKey = () => {};
          open() {
            document.addEventListener('keydown', this.#onKey);
          }
          close() {
            document.removeEventListener('keydown', this.#onKey);
          }
        }
      `,
    },
  ],
});
