import { noLeakedObserver } from '../../../rules/no-leaked-observer.js';
import { testRule } from '../../support/rule-tester.js';

// Observers of pages and processes.
testRule(noLeakedObserver, {
  valid: [
    {
      name: 'is disconnected by the disposer',
      code: `
        export class Panel {
          #observer: ResizeObserver;
          constructor(element: Element, report: () => void) {
            this.#observer = new ResizeObserver(() => { report(); });
            this.#observer.observe(element);
          }
          destroy() {
            this.#observer.disconnect();
          }
        }
      `,
    },
    {
      name: 'is exchanged by a callback of a reference',
      code: `
        declare const slot: { current: ResizeObserver | null };
        export function attach(element: Element | null, report: () => void) {
          if (slot.current) slot.current.disconnect();
          slot.current = new ResizeObserver(() => { report(); });
          if (element) slot.current.observe(element);
        }
      `,
    },
    {
      name: 'observes an element of its own, which it goes away with',
      code: `
        export class Badge {
          #width = 0;
          constructor() {
            const element = document.createElement('span');
            const observer = new ResizeObserver(() => { this.#width += 1; });
            observer.observe(element);
          }
          destroy() {
            this.#width = 0;
          }
        }
      `,
    },
    {
      name: 'observes the host itself',
      code: `
        export class Field extends HTMLElement {
          count = 0;
          connectedCallback() {
            new MutationObserver(() => { this.count += 1; }).observe(this, { attributes: true });
          }
          disconnectedCallback() {
            this.count = 0;
          }
        }
      `,
    },
    {
      name: 'observes nothing',
      code: `
        export class Panel {
          #observer: ResizeObserver;
          #count = 0;
          constructor() {
            this.#observer = new ResizeObserver(() => { this.#count += 1; });
          }
          destroy() {
            this.#count = 0;
          }
        }
      `,
    },
    {
      name: 'disconnects itself',
      code: `
        export class Timing {
          #first = 0;
          constructor() {
            new PerformanceObserver((list, observer) => {
              this.#first = list.getEntries().length;
              observer.disconnect();
            }).observe({ type: 'paint' });
          }
          destroy() {
            this.#first = 0;
          }
        }
      `,
    },
    {
      name: 'is a mutation observer of a query library',
      code: `
        import { MutationObserver } from './query.js';
        export class Form {
          #count = 0;
          constructor(client: object) {
            new MutationObserver(client, () => { this.#count += 1; }).observe(document);
          }
          destroy() {
            this.#count = 0;
          }
        }
      `,
      unresolvedImports: 'the library is not shown',
    },
    {
      name: 'is the one of the module',
      code: `
        let observer: ResizeObserver | undefined;
        export function watch(element: Element, report: () => void) {
          observer ??= new ResizeObserver(() => { report(); });
          observer.observe(element);
        }
      `,
    },
    {
      name: 'runs in a page that a driver controls',
      code: `
        interface Page { evaluate(run: () => void): Promise<void>; }
        export class Driver {
          #page: Page;
          constructor(page: Page) {
            this.#page = page;
          }
          async record() {
            await this.#page.evaluate(() => {
              const entries: unknown[] = [];
              new PerformanceObserver(list => { entries.push(list); }).observe({ type: 'paint' });
            });
          }
          close() {
            void this.#page;
          }
        }
      `,
    },
    {
      name: 'is disconnected by what an effect returns',
      code: `
        import { useEffect } from 'react';
        export function useChanges(report: () => void) {
          useEffect(() => {
            const observer = new MutationObserver(report);
            observer.observe(document.body, { childList: true });
            return () => { observer.disconnect(); };
          }, [report]);
        }
      `,
      unresolvedImports: 'react is not installed',
    },
  ],
  invalid: [
    {
      name: 'is kept in a field that the disposer forgets',
      code: `
        export class Panel {
          #observer: ResizeObserver;
          #count = 0;
          constructor(element: Element) {
            this.#observer = new ResizeObserver(() => { this.#count += 1; });
                             ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [skippedByDisposer {"noun": "resize observer", "disposer": "destroy"}]
            this.#observer.observe(element);
          }
          destroy() {
            this.#count = 0;
          }
        }
      `,
      suggestions: [
        {
          messageId: 'stopInDisposer',
          output: `
            export class Panel {
              #observer: ResizeObserver;
              #count = 0;
              constructor(element: Element) {
                this.#observer = new ResizeObserver(() => { this.#count += 1; });
                this.#observer.observe(element);
              }
              destroy() {
                this.#observer.disconnect();
                this.#count = 0;
              }
            }
          `,
        },
      ],
    },
    {
      name: 'is dropped, and observes the page',
      code: `
        export class Panel {
          #count = 0;
          constructor() {
            new MutationObserver(() => { this.#count += 1; }).observe(document.body, { childList: true });
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [skippedByDisposer {"disposer": "dispose"}]
          }
          dispose() {
            this.#count = 0;
          }
        }
      `,
      suggestions: [],
    },
    {
      name: 'belongs to an effect that returns nothing',
      code: `
        import { useEffect } from 'react';
        export function useChanges(report: () => void) {
          useEffect(() => {
            const observer = new MutationObserver(report);
                             ~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [missingCleanup {"noun": "mutation observer"}]
            observer.observe(document.body, { childList: true });
          }, [report]);
        }
      `,
      unresolvedImports: 'react is not installed',
      suggestions: [
        {
          messageId: 'returnCleanup',
          output: `
            import { useEffect } from 'react';
            export function useChanges(report: () => void) {
              useEffect(() => {
                const observer = new MutationObserver(report);
                observer.observe(document.body, { childList: true });
                return () => {
                  observer.disconnect();
                };
              }, [report]);
            }
          `,
        },
      ],
    },
    {
      name: 'is imported from node, and kept in a field that nothing reads',
      options: [{ report: 'possible' }],
      code: `
        import { PerformanceObserver } from 'node:perf_hooks';
        export class Timings {
          #observer: PerformanceObserver;
          #count = 0;
          constructor() {
            this.#observer = new PerformanceObserver(list => { this.#count += list.getEntries().length; });
                             ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [neverStopped {"holder": "this.#observer"}]
            this.#observer.observe({ entryTypes: ['gc'] });
          }
        }
      `,
      suggestions: [],
    },
  ],
});
