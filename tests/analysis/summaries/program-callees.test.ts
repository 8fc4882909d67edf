import { describe, expect, it } from 'vitest';

import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { analyseFile } from '../../../src/file-analysis.js';
import type { ThreadHygieneSettings } from '../../../src/settings.js';
import { testRule } from '../../support/rule-tester.js';
import { inRule, toyFiles, toyResources } from '../../support/toy.js';

/** What becomes of the obligations of a file, with the exit that loses them. */
function outcomesOf(code: string, files: Record<string, string>, settings: ThreadHygieneSettings = {}): string[] {
  return inRule(
    code,
    context =>
      analyseFile(context)
        .outcomes(['handle', 'lock'])
        .map(outcome => {
          switch (outcome.kind) {
            case 'reported':
              return `${outcome.finding.kind} ${outcome.finding.confidence}`;
            case 'handedOver':
              return outcome.reason;
            default:
              return outcome.kind;
          }
        }),
    { parser: 'with types', files: { ...toyFiles, ...files }, settings: { resources: toyResources, ...settings } },
  );
}

describe('what another file does', () => {
  const caller = `
    import { open } from 'toy';
    import { Service, create, inspect, finish, keep } from './callee.js';
    declare const service: Service;
  `;
  const files = {
    'base.ts': `
      export class Base {
        protected readonly names: string[];
        constructor(names: string[]) { this.names = names; }
        count() { return this.names.length; }
        check() { if (this.count() > 3) throw new Error('too many'); }
        prepare() {}
        connect(): void { throw new Error('not implemented'); }
      }
      export class Checked extends Base {
        constructor(names: string[]) { super(names); this.check(); }
      }
    `,
    'callee.ts': `
      import type { Handle } from 'toy';
      import { Base, Checked } from './base.js';
      export class Service extends Base {
        readonly created = Date.now();
        constructor(public readonly label: string, names: string[] = []) { super(names); }
        overloaded(value: string): void;
        overloaded(value: number): void;
        overloaded(value: unknown) { this.names.push(String(value)); }
        inspect(handle: Handle) { return handle.read(); }
        get size() { throw new Error('none'); }
        measure() { return this.size; }
      }
      export class Plain { label = 'plain'; }
      export class Nested extends Plain {}
      export class Strict { constructor(text = '') { if (text === '') throw new Error('empty'); } }
      export const create = (label: string) => new Service(label);
      export const createChecked = () => new Checked([]);
      export function inspect(handle: Handle) { console.log(handle.read()); }
      export function finish(handle: Handle) { handle.close(); }
      export const kept: Handle[] = [];
      export function keep(handle: Handle) { kept.push(handle); }
      export class Lease { constructor(private readonly handle: Handle) {} }
      export class Reading { text: string; constructor(handle: Handle) { this.text = handle.read(); } }
    `,
  };

  function between(work: string, imports = ''): string[] {
    return outcomesOf(
      `${caller}${imports} export function run() { const handle = open(); ${work}; handle.close(); }`,
      files,
    );
  }

  it('decides whether a call in the gap may throw', () => {
    expect(between('create("a")')).toEqual(['released']);
    expect(between('createChecked()', "import { createChecked } from './callee.js';")).toEqual([
      'missedOnException possible',
    ]);
  });

  it('decides whether a method of a typed object may throw', () => {
    expect(between('service.overloaded("a")')).toEqual(['released']);
    expect(between('service.count()')).toEqual(['released']);
    expect(between('service.check()')).toEqual(['missedOnException certain']);
    expect(between('service.measure()')).toEqual(['missedOnException possible']);
  });

  it('says nothing where a method is there to be overridden', () => {
    expect(between('service.prepare()')).toEqual(['missedOnException possible']);
    expect(between('service.connect()')).toEqual(['missedOnException possible']);
  });

  it('decides whether a constructor may throw', () => {
    expect(between('new Service("a")')).toEqual(['released']);
    expect(between('new Nested()', "import { Nested } from './callee.js';")).toEqual(['released']);
    expect(between('new Strict()', "import { Strict } from './callee.js';")).toEqual(['missedOnException certain']);
    expect(between('new Checked([])', "import { Checked } from './base.js';")).toEqual(['missedOnException possible']);
    expect(between('new Missing("a")', "import { Missing } from './missing.js';")).toEqual(['missedOnException possible']);
  });

  it('decides who releases', () => {
    expect(outcomesOf(`${caller} export function run() { const handle = open(); inspect(handle); }`, files)).toEqual([
      'neverReleased certain',
    ]);
    expect(outcomesOf(`${caller} export function run() { const handle = open(); finish(handle); }`, files)).toEqual([
      'released',
    ]);
    expect(outcomesOf(`${caller} export function run() { const handle = open(); keep(handle); }`, files)).toEqual([
      'passedToCall',
    ]);
    expect(
      outcomesOf(`${caller} export function run() { const handle = open(); service.inspect(handle); }`, files),
    ).toEqual(['neverReleased certain']);
  });

  it('decides what a constructor does with its argument', () => {
    const imports = "import { Lease, Reading } from './callee.js';";
    expect(outcomesOf(`${caller} ${imports} export function run() { return new Lease(open()); }`, files)).toEqual([
      'passedToCall',
    ]);
    expect(outcomesOf(`${caller} ${imports} export function run() { return new Reading(open()); }`, files)).toEqual([
      'neverReleased certain',
    ]);
  });

  it('is followed five calls deep', () => {
    const chain = (length: number) => ({
      'callee.ts': [
        'export const read0 = (handle: { read(): string }) => handle.read();',
        ...Array.from({ length }, (_, index) => {
          const [name, next] = [`read${String(index + 1)}`, `read${String(index)}`];
          return `export const ${name} = (handle: { read(): string }) => ${next}(handle);`;
        }),
      ].join('\n'),
    });
    const using = (name: string) => `
      import { open } from 'toy';
      import { ${name} } from './callee.js';
      export function run() { ${name}(open()); }
    `;
    expect(outcomesOf(using('read4'), chain(4))).toEqual(['neverReleased certain']);
    expect(outcomesOf(using('read5'), chain(5))).toEqual(['passedToCall']);
  });

  it('does not count where only this file does', () => {
    const code = `${caller} export function run() { const handle = open(); inspect(handle); }`;
    expect(outcomesOf(code, files, { scope: 'file' })).toEqual(['passedToCall']);
    expect(outcomesOf(code, files, { types: 'off' })).toEqual(['passedToCall']);
  });

  it('follows the tags of the callee against its body', () => {
    const tagged = {
      'callee.ts': `
        import type { Handle } from 'toy';
        /** @borrows handle */
        export function inspect(handle: Handle) { kept.push(handle); }
        const kept: Handle[] = [];
        /** @owns handle */
        export function finish(handle: Handle) {}
      `,
    };
    const imports = "import { open } from 'toy'; import { inspect, finish } from './callee.js';";
    expect(outcomesOf(`${imports} export function run() { inspect(open()); }`, tagged)).toEqual([
      'neverReleased certain',
    ]);
    expect(outcomesOf(`${imports} export function run() { finish(open()); }`, tagged)).toEqual(['passedToCall']);
  });
});

describe('a resource that another file hands over', () => {
  const files = {
    'index.ts': "export { connect as dial, default } from './connect.js'; export * from './pool.js';",
    'connect.ts': `
      import { open } from 'toy';
      export function connect() { return open(); }
      export default function opened() { return connect(); }
    `,
    'pool.ts': `
      import { open, type Handle } from 'toy';
      export abstract class Source { abstract handle(): Handle; }
      export class Pool extends Source {
        handle() { return open(); }
        async later() { return this.handle(); }
        static handle = () => open();
      }
    `,
  };

  function dropping(call: string, imports: string): string[] {
    return outcomesOf(`${imports} export async function run() { const handle = ${call}; }`, files);
  }

  it('is one of the caller', () => {
    expect(dropping('connect()', "import { connect } from './connect.js';")).toEqual(['neverReleased certain']);
  });

  it('is known through other files and under other names', () => {
    expect(dropping('call()', "import { dial as call } from './index.js';")).toEqual(['neverReleased certain']);
    expect(dropping('anything()', "import anything from './connect.js';")).toEqual(['neverReleased certain']);
  });

  it('is known by methods', () => {
    const imports = "import { Pool } from './index.js'; declare const pool: Pool;";
    expect(dropping('pool.handle()', imports)).toEqual(['neverReleased certain']);
    expect(dropping('await pool.later()', imports)).toEqual(['neverReleased certain']);
    expect(dropping('Pool.handle()', imports)).toEqual(['neverReleased certain']);
  });

  it('is not known where no body can be read', () => {
    expect(
      dropping('source.handle()', "import type { Source } from './index.js'; declare const source: Source;"),
    ).toEqual([]);
  });

  it('is known by its import where the package is not installed', () => {
    const lock = `
      import { Mutex } from 'not-installed';
      export class Guard { private readonly mutex = new Mutex(); lock() { return this.mutex.acquire(); } }
    `;
    const resources = {
      mutex: {
        ...toyResources.acquire,
        from: { package: 'not-installed', export: 'Mutex' },
        acquire: [{ how: 'method' as const, name: 'acquire', awaited: true, obligation: 'result' as const }],
      },
    };
    const code = "import { Guard } from './guard.js'; export async function run(guard: Guard) { await guard.lock(); }";
    expect(outcomesOf(code, { 'guard.ts': lock }, { resources })).toEqual(['handleDropped certain']);
  });

  it('does not count where only this file does', () => {
    const code = "import { connect } from './connect.js'; export function run() { const handle = connect(); }";
    expect(outcomesOf(code, files, { scope: 'file' })).toEqual([]);
    expect(outcomesOf(code, files, { types: 'off' })).toEqual([]);
  });
});

const flow = `
  import { Mutex } from '@livekit/mutex';
  export class Flow {
    private readonly mutex = new Mutex();
    lockHeadroom() {
      return this.mutex.lock();
    }
  }
`;

testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is handed over by another file and released by the caller',
      files: { 'flow.ts': flow },
      code: `
        import type { Flow } from './flow.js';
        export async function send(flow: Flow, text: string) {
          const unlock = await flow.lockHeadroom();
          try {
            return JSON.parse(text);
          } finally {
            unlock();
          }
        }
      `,
    },
    {
      name: 'is handed over by another file and handed on',
      files: { 'flow.ts': flow },
      code: `
        import type { Flow } from './flow.js';
        export function headroom(flow: Flow) {
          return flow.lockHeadroom();
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is handed over by another file and dropped by the caller',
      files: { 'flow.ts': flow },
      onlyTyped: 'the acquire is in another file',
      suggestions: [
        {
          messageId: 'addRelease',
          output: `
            import type { Flow } from './flow.js';
            export async function send(flow: Flow) {
              const release = await flow.lockHeadroom();
              release();
            }
          `,
        },
      ],
      code: `
        import type { Flow } from './flow.js';
        export async function send(flow: Flow) {
          await flow.lockHeadroom();
                ~~~~~~~~~~~~~~~~~~~ [handleDropped]
        }
      `,
    },
  ],
});
