/**
 * Measures a draw with the rules as they were at a commit, and writes its `frozen` file of `draws.json`.
 *
 *   node freeze.mjs <draw> <commit> <corpus folder>
 *
 * The corpus folder is the one of `fetch-corpus.mjs`. Nothing of the working tree but this measuring takes part.
 */
import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { fetchCorpus } from './fetch-corpus.mjs';

const [name, commit, folder] = process.argv.slice(2);
/** @type {import('./fetch-corpus.mjs').Draw[]} */
const draws = JSON.parse(await readFile(new URL('draws.json', import.meta.url), 'utf8'));
const last = draws.findIndex((draw) => draw.name === name);
const frozenFile = draws[last]?.frozen;
if (commit === undefined || folder === undefined || frozenFile === undefined) {
  console.error('Usage: node freeze.mjs <draw> <commit> <corpus folder>');
  process.exit(2);
}
process.env['THREAD_HYGIENE_STRICT'] = '1';
const root = fileURLToPath(new URL('../..', import.meta.url));
// Inside the package, so that its dependencies resolve.
const frozen = path.join(root, 'node_modules/.cache/thread-hygiene-frozen', commit);
const { measure, measuredRules } = await frozenMeasuring();
/** @type {import('./measure.js').ReportedFunctions} */
const seen = [];
/** @type {import('./measure.js').Measurement | undefined} */
let measurement;
// What the earlier draws of the family have reported counts as seen.
for (const draw of draws.slice(0, last + 1).filter(({ family }) => family === draws[last]?.family)) {
  measurement = measure(await fetchCorpus(draw, path.resolve(folder)), folder, measuredRules[draw.family], seen);
}
await writeFile(new URL(frozenFile, import.meta.url), `${JSON.stringify({ commit, ...measurement }, null, 2)}\n`);
console.log(`${measurement?.reports.length} reports in ${measurement?.files} files.`);

/**
 * @returns {Promise<typeof import('./measure.js')>}
 */
async function frozenMeasuring() {
  const measuring = path.join(frozen, 'tests/precision');
  await mkdir(measuring, { recursive: true });
  const sources = execFileSync('git', ['archive', commit, 'src', 'rules'], { cwd: root, maxBuffer: 1e8 });
  execFileSync('tar', ['-x', '-C', frozen], { input: sources });
  for (const file of ['copies.ts', 'measure.ts']) {
    await cp(new URL(file, import.meta.url), path.join(measuring, file));
  }
  const bundle = await rolldown({
    input: path.join(measuring, 'measure.ts'),
    platform: 'node',
    external: /^(?:eslint|typescript|ts-api-utils|@typescript-eslint\/|@eslint|fastest-levenshtein|ignore)/u,
  });
  const file = path.join(frozen, 'measure.js');
  await bundle.write({ file });
  return import(pathToFileURL(file).href);
}
