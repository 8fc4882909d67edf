import { describe } from 'vitest';

import { testEffects, testFailures, testFreshResults } from './twins.js';

const never = { call: 'impossible', await: 'impossible' } as const;
const doubtful = { call: 'doubtful', await: 'doubtful' } as const;
const shown = { call: 'shown', await: 'shown' } as const;

describe('a call of a function', () => {
  testFailures([
    { name: 'that does nothing cannot fail', code: 'export function f() {}', expected: never },
    { name: 'that throws fails', code: "export function f() { throw new Error('no'); }", expected: shown },
    {
      name: 'that may throw fails',
      code: "export function f(a?: number) { if (a === 1) throw new Error('no'); }",
      expected: shown,
    },
    { name: 'that parses fails', code: 'export const f = (text = "") => { JSON.parse(text); };', expected: shown },
    {
      name: 'that calls nobody knows what is doubted',
      code: 'declare function work(): void; export function f() { work(); }',
      expected: doubtful,
    },
    { name: 'that only logs cannot fail', code: "export function f() { console.log('done'); }", expected: never },
    {
      name: 'that calls a function which throws is doubted',
      code: 'function g() { throw 1; } export function f() { g(); }',
      expected: doubtful,
    },
    {
      name: 'that catches what it calls cannot fail',
      code: 'declare function work(): void; export function f() { try { work(); } catch { console.warn(1); } }',
      expected: never,
    },
    {
      name: 'that cleans up after a failure fails',
      code: 'export function f() { try { throw 1; } finally { console.log(1); } }',
      expected: shown,
    },
    {
      name: 'that only makes a function which throws cannot fail',
      code: 'export function f() { return () => { throw 1; }; }',
      expected: never,
    },
    {
      name: 'that maps with a function which throws fails',
      code: 'export function f() { [1].forEach(() => { throw 1; }); }',
      expected: shown,
    },
    {
      name: 'that is async fails in its promise only',
      code: 'export async function f() { throw 1; }',
      expected: { call: 'impossible', await: 'shown' },
    },
    {
      name: 'that returns the promise of a failing function fails in its promise',
      code: 'async function g() { throw 1; } export async function f() { return g(); }',
      expected: { call: 'impossible', await: 'shown' },
    },
    {
      name: 'that gives on the promise of a failing function fails in its promise',
      code: 'async function g() { throw 1; } export const f = () => g();',
      expected: { call: 'impossible', await: 'shown' },
    },
    {
      name: 'that waits for what it does not know fails in its promise',
      code: 'declare function load(): Promise<void>; export async function f() { await load(); }',
      expected: { call: 'impossible', await: 'promised' },
    },
    {
      name: 'that waits for a while cannot fail',
      code: 'export async function f() { await new Promise(resolve => setTimeout(resolve, 10)); }',
      expected: never,
    },
    {
      name: 'that handles the failure of a promise cannot fail',
      code: 'async function g() { throw 1; } export async function f() { await g().catch(() => {}); }',
      expected: never,
    },
    {
      name: 'that parses a default fails',
      code: "export function f(_: number, a = JSON.parse('')) {}",
      expected: shown,
    },
    { name: 'that calls itself is doubted', code: 'export function f() { f(); }', expected: doubtful },
  ]);
});

const released = { handle: 'release', releaser: 'release' } as const;
const taken = { handle: 'take', releaser: 'take' } as const;
const borrowed = { handle: 'borrow', releaser: 'borrow' } as const;

describe('an argument of a function', () => {
  testEffects([
    { name: 'that ignores it is borrowed', code: 'export function f(it: any) {}', expected: borrowed },
    { name: 'that reads it is borrowed', code: 'export function f(it: any) { return it.read(); }', expected: borrowed },
    {
      name: 'that tests it is borrowed',
      code: 'export function f(it: any) { if (it && it.size > 0) return 1; return 2; }',
      expected: borrowed,
    },
    { name: 'that logs it is borrowed', code: 'export function f(it: any) { console.log(it); }', expected: borrowed },
    {
      name: 'that releases it is released by the right means only',
      code: 'export function f(it: any) { it.close(); }',
      expected: { handle: 'release', releaser: 'borrow' },
    },
    {
      name: 'that calls it is released by the right means only',
      code: 'export const f = (it: any) => it();',
      expected: { handle: 'borrow', releaser: 'release' },
    },
    {
      name: 'that releases it in a callback is released',
      code: 'export function f(it: any) { setTimeout(() => { it.close(); it(); }, 1); }',
      expected: released,
    },
    { name: 'that returns it is taken', code: 'export function f(it: any) { return it; }', expected: taken },
    { name: 'that returns it after all is taken', code: 'export const f = (it: any) => it ?? null;', expected: taken },
    {
      name: 'that stores it in a container is taken',
      code: 'const all: any[] = []; export function f(it: any) { all.push(it); }',
      expected: taken,
    },
    {
      name: 'that stores it in a variable is taken',
      code: 'let last: any; export function f(it: any) { last = it; }',
      expected: taken,
    },
    {
      name: 'that stores it in an object is taken',
      code: 'declare function keep(it: any): void; export function f(it: any) { keep({ it }); }',
      expected: taken,
    },
    {
      name: 'that gives it another name is taken',
      code: 'export function f(it: any) { const other = it; }',
      expected: taken,
    },
    { name: 'that takes it apart is taken', code: 'export function f({ close }: any) { close(); }', expected: taken },
    { name: 'that collects the rest is taken', code: 'export function f(...all: any[]) {}', expected: taken },
    { name: 'that replaces it is taken', code: 'export function f(it: any) { it = undefined; }', expected: taken },
    {
      name: 'that passes it to nobody knows whom is taken',
      code: 'declare function g(it: any): void; export function f(it: any) { g(it); }',
      expected: taken,
    },
    {
      name: 'that passes it to a borrower is borrowed',
      code: 'function g(a: number, it: any) { it.read(); } export function f(it: any) { g(1, it); }',
      expected: borrowed,
    },
    {
      name: 'that passes it to a releaser is released',
      code: 'function g(it: any) { it.close(); it(); } export function f(it: any) { g(it); }',
      expected: released,
    },
    { name: 'that passes it to itself is taken', code: 'export function f(it: any) { f(it); }', expected: taken },
    {
      name: 'that is declared to borrow it is borrowed',
      code: '/** @borrows it */ export function f(it: any) { keep(it); } declare function keep(it: any): void;',
      expected: borrowed,
    },
    {
      name: 'that is declared to own it is taken',
      code: '/**\n * @param {object} it - the handle. @owns\n */\nexport const f = (it: any) => {};',
      expected: taken,
    },
  ]);
});

const imports = "import { open, acquire, borrow, Lock } from 'toy';";

describe('the result of a function', () => {
  testFreshResults([
    {
      name: 'that returns an acquire is fresh',
      code: `${imports} export function f() { return open(); }`,
      expected: 'open',
    },
    { name: 'that is an arrow is fresh', code: `${imports} export const f = () => acquire();`, expected: 'acquire' },
    {
      name: 'that waits for the acquire is fresh',
      code: `${imports} export async function f() { return await acquire(); }`,
      expected: 'acquire',
    },
    {
      name: 'that names it first is fresh',
      code: `${imports} export function f() { const handle = open(); handle.read(); return handle; }`,
      expected: 'open',
    },
    {
      name: 'that closes it on a failure is fresh',
      code: `${imports} export function f() { const it = open(); try { it.read(); } catch (error) { it.close(); throw error; } return it; }`,
      expected: 'open',
    },
    {
      name: 'that returns the result of another is fresh',
      code: `${imports} function g() { return open(); } export function f() { return g(); }`,
      expected: 'open',
    },
    {
      name: 'that sometimes returns another thing is not',
      code: `${imports} export function f(other: any) { if (other) return other; return open(); }`,
      expected: undefined,
    },
    {
      name: 'that keeps it is not',
      code: `${imports} const all: any[] = []; export function f() { const it = open(); all.push(it); return it; }`,
      expected: undefined,
    },
    {
      name: 'that stores it is not',
      code: `${imports} let last: any; export function f() { const it = open(); last = it; return it; }`,
      expected: undefined,
    },
    {
      name: 'that hands it on is not',
      code: `${imports} declare function register(it: any): void; export function f() { const it = open(); register(it); return it; }`,
      expected: undefined,
    },
    {
      name: 'that returns a function is not',
      code: `${imports} export function f() { const it = open(); return () => it.close(); }`,
      expected: undefined,
    },
    {
      name: 'that returns what it read is not',
      code: `${imports} export function f() { return open().read(); }`,
      expected: undefined,
    },
    { name: 'that yields is not', code: `${imports} export function* f() { return open(); }`, expected: undefined },
    {
      name: 'that lends it is not',
      code: `${imports}\n/** @borrows */\nexport function f() { return open(); }`,
      expected: undefined,
    },
    {
      name: 'that constructs it is fresh',
      code: `${imports} export function f() { return new Lock(); }`,
      expected: 'Connection',
    },
    {
      name: 'that is declared to give it away is fresh',
      code: `${imports}\n/** @owns */\nexport function f(): Lock { return pool.get(1); }\nconst pool = new Map<number, any>();`,
      expected: 'Connection',
    },
    {
      name: 'that is declared to give it away in its returns is fresh',
      code: `${imports}\n/**\n * @returns {Lock} @owns\n */\nexport const f = (): Lock => pool.get(1);\nconst pool = new Map<number, any>();`,
      expected: 'Connection',
    },
    {
      name: 'that gives away something else is not',
      code: `${imports}\n/** @owns */\nexport function f(): string { return pool.get(1); }\nconst pool = new Map<number, any>();`,
      expected: undefined,
    },
    {
      name: 'that takes a lock without a handle is not',
      code: `${imports} const lock = new Lock(); export function f() { return lock.take(); }`,
      expected: undefined,
    },
    {
      name: 'that calls itself is not',
      code: `${imports} export function f(): any { return f() ?? open(); }`,
      expected: undefined,
    },
  ]);
});
