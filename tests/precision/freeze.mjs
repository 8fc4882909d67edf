/**
 * Measures the fresh corpus with the rule as it was at a commit, and writes `fresh-frozen.json`.
 *
 *   node freeze.mjs <commit> <corpus folder>
 *
 * The corpus folder is the one of `fetch-corpus.mjs`. Nothing of the working tree but this measuring takes part.
 */
import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const [commit, folder] = process.argv.slice(2);
if (commit === undefined || folder === undefined) {
  console.error('Usage: node freeze.mjs <commit> <corpus folder>');
  process.exit(2);
}
process.env['THREAD_HYGIENE_STRICT'] = '1';
const root = fileURLToPath(new URL('../..', import.meta.url));
// Inside the package, so that its dependencies resolve.
const frozen = path.join(root, 'node_modules/.cache/thread-hygiene-frozen', commit);
const { measure } = await frozenMeasuring();
/** @type {import('./measure.js').ReportedFunctions} */
const seen = [];
measure((await corpus('corpus.json')).packages, folder, seen);
const measurement = measure((await corpus('fresh-corpus.json')).packages, folder, seen);
const record = new URL('fresh-frozen.json', import.meta.url);
await writeFile(record, `${JSON.stringify({ commit, ...measurement }, null, 2)}\n`);
console.log(`${measurement.reports.length} reports in ${measurement.files} files.`);

/**
 * @returns {Promise<typeof import('./measure.js')>}
 */
async function frozenMeasuring() {
  const measuring = path.join(frozen, 'tests/precision');
  await mkdir(measuring, { recursive: true });
  const sources = execFileSync('git', ['archive', commit, 'src'], { cwd: root, maxBuffer: 1e8 });
  execFileSync('tar', ['-x', '-C', frozen], { input: sources });
  for (const file of ['copies.ts', 'measure.ts']) {
    await cp(new URL(file, import.meta.url), path.join(measuring, file));
  }
  const bundle = await rolldown({
    input: path.join(measuring, 'measure.ts'),
    platform: 'node',
    external: /^(?:eslint|typescript|@typescript-eslint\/|@eslint|fastest-levenshtein|ignore)/u,
  });
  const file = path.join(frozen, 'measure.js');
  await bundle.write({ file });
  return import(pathToFileURL(file).href);
}

/**
 * @param {string} name
 * @returns {Promise<{ packages: import('./measure.js').CorpusPackage[] }>}
 */
async function corpus(name) {
  return JSON.parse(await readFile(new URL(name, import.meta.url), 'utf8'));
}
