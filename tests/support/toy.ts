import type { FlatConfig, RuleContext } from '@typescript-eslint/utils/ts-eslint';

import type { ResourceSpecification } from '../../src/analysis/specification.js';
import type { ThreadHygieneSettings } from '../../src/settings.js';
import { createRun, lint, type RunName, type Surroundings } from './runs.js';

const docs = 'https://example.com/toy';

/**
 * Toy resources, one for each way in which a resource is held, so that the engine is tested without any real API:
 *
 * - `const handle = open(); handle.close();`
 * - `const release = await acquire(); release();`
 * - `const lock = new Lock(); await lock.take(); lock.drop();`, with `lock.during(callback)`
 * - `const gate = new Gate(); if (gate.tryEnter()) gate.leave();`
 * - `const [value, done] = await borrow(); done();`
 * - `reserve(key); free(key);`
 */
export const toyResources = {
  open: {
    kind: 'handle',
    noun: 'handle',
    from: { package: 'toy', export: 'open' },
    acquire: [{ how: 'call', obligation: 'result' }],
    release: [{ method: 'close' }],
    docs,
  },
  acquire: {
    kind: 'lock',
    noun: 'lock',
    from: { package: 'toy', export: 'acquire' },
    acquire: [{ how: 'call', awaited: true, obligation: 'result' }],
    release: [{ call: true }],
    docs,
  },
  Lock: {
    kind: 'lock',
    noun: 'lock',
    from: { package: 'toy', export: 'Lock' },
    acquire: [{ how: 'method', name: 'take', awaited: true, obligation: 'receiver' }],
    release: [{ receiverMethod: 'drop' }],
    scopedForm: { method: 'during', callback: 0 },
    docs,
  },
  Gate: {
    kind: 'lock',
    noun: 'gate',
    from: { package: 'toy', export: 'Gate' },
    acquire: [{ how: 'method', name: 'tryEnter', optional: true, obligation: 'receiver' }],
    release: [{ receiverMethod: 'leave' }],
    docs,
  },
  borrow: {
    kind: 'handle',
    noun: 'loan',
    from: { package: 'toy', export: 'borrow' },
    acquire: [{ how: 'call', awaited: true, obligation: { element: 1 } }],
    release: [{ call: true }],
    docs,
  },
  reserve: {
    kind: 'lock',
    noun: 'reservation',
    from: { package: 'toy', export: 'reserve' },
    acquire: [{ how: 'call', obligation: { argument: 0 } }],
    release: [{ function: 'free', argument: 0 }],
    docs,
  },
} as const satisfies Record<string, ResourceSpecification>;

/** The declarations of `toy`, for `files` of tests with types. */
export const toyFiles = {
  'node_modules/toy/package.json': '{ "name": "toy", "version": "1.0.0", "types": "index.d.ts" }',
  'node_modules/toy/index.d.ts': [
    'export interface Handle { read(): string; close(): void }',
    'export declare function open(path?: string): Handle;',
    'export declare function acquire(): Promise<() => void>;',
    'export declare class Lock {',
    '  take(): Promise<void>;',
    '  drop(): void;',
    '  during<T>(callback: () => T | Promise<T>): Promise<T>;',
    '}',
    'export declare class Gate { tryEnter(): boolean; leave(): void }',
    'export declare function borrow(): Promise<[value: string, done: () => void]>;',
    'export declare function reserve(key: string): void;',
    'export declare function free(key: string): void;',
  ].join('\n'),
} as const;

/** How `inRule` parses. */
export interface RuleSurroundings extends Surroundings {
  parser?: RunName;
  globals?: FlatConfig.LanguageOptions['globals'];
  settings?: ThreadHygieneSettings;
}

/** The four parsers under which identity must give the same answers. With types, `toy` resolves. */
export const parserSetups = [
  { name: 'espree', parser: 'JavaScript' },
  {
    name: 'espree with globals',
    parser: 'JavaScript',
    globals: { Worker: 'readonly', SharedWorker: 'readonly', navigator: 'readonly', setTimeout: 'readonly' },
  },
  { name: 'TypeScript without types', parser: 'TypeScript without types' },
  { name: 'TypeScript with types', parser: 'with types', files: toyFiles },
] as const satisfies readonly (RuleSurroundings & { name: string })[];

/**
 * What `read` answers in the context of a rule, at the end of a file with text `code`.
 *
 * @throws SyntaxError if the text does not parse; whatever `read` throws.
 */
export function inRule<Result>(
  code: string,
  read: (context: Readonly<RuleContext<string, []>>) => Result,
  { parser = 'TypeScript without types', globals = {}, settings = {}, ...surroundings }: RuleSurroundings = {},
): Result {
  const run = createRun(parser, surroundings);
  const answers: { value: Result }[] = [];
  const rule = {
    create: (context: Readonly<RuleContext<string, []>>) => ({
      'Program:exit'() {
        answers.push({ value: read(context) });
      },
    }),
  };
  const [fatal] = lint(run, run.show(code), {
    plugins: { toy: { rules: { rule } } },
    rules: { 'toy/rule': 'error' },
    languageOptions: { globals },
    settings: { 'thread-hygiene': settings },
  });
  const [answer] = answers;
  if (answer === undefined) throw new SyntaxError(fatal?.message);
  return answer.value;
}
