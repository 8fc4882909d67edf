/**
 * Measures what importing the plugin costs beyond importing ESLint, in pairs of fresh processes.
 *
 *   node tests/benchmarks/import-cost.mjs [pairs] [--check]
 *
 * With `--check` it fails above the budget.
 */
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const budget = 60;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { check: { type: 'boolean' } } });
const pairs = Number(positionals[0] ?? 15);

const eslint = import.meta.resolve('eslint');
const plugin = import.meta.resolve('../../dist/src/index.js');

timeOf([eslint, plugin]); // Warms the file system's cache.
const samples = Array.from({ length: pairs }, () => ({ without: timeOf([eslint]), within: timeOf([eslint, plugin]) }));

const cost = median(samples.map(({ without, within }) => within - without));
console.log(`ESLint alone     ${milliseconds(median(samples.map(({ without }) => without)))}`);
console.log(`with the plugin  ${milliseconds(median(samples.map(({ within }) => within)))}`);
console.log(`the plugin       ${milliseconds(cost)} (budget ${budget} ms)`);
console.log(`ratio            ${median(samples.map(({ without, within }) => within / without)).toFixed(2)}`);
console.log(`medians of ${pairs} pairs of processes, Node ${process.versions.node}`);
if (values.check && cost > budget) process.exitCode = 1;

/**
 * How long a fresh process takes to start and import these modules, in milliseconds.
 *
 * @param {string[]} urls
 */
function timeOf(urls) {
  const script = `for (const url of ${JSON.stringify(urls)}) await import(url); console.log(performance.now());`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }));
}

/** @param {number[]} numbers */
function median(numbers) {
  const sorted = numbers.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** @param {number} value */
function milliseconds(value) {
  return `${value.toFixed(0).padStart(4)} ms`;
}
