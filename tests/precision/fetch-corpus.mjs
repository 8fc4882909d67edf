/**
 * Downloads the packages that `corpus.json` and `fresh-corpus.json` pin, each into its own sub-folder.
 *
 *   node fetch-corpus.mjs <folder>
 *
 * A package that is there already is left alone. Where the corpus reads the originals in source
 * maps, they are written to `recovered-sources` inside the package.
 */
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { forEachConcurrently, unpackedPackage } from './registry.mjs';
import { recoverSources } from './sources.mjs';

const folder = process.argv[2];
if (folder === undefined) {
  console.error('Usage: node fetch-corpus.mjs <folder>');
  process.exit(2);
}
const draws = await Promise.all(['corpus.json', 'fresh-corpus.json'].map(readPackages));
const packages = draws.flat();
const target = path.resolve(folder);
await mkdir(target, { recursive: true });
await forEachConcurrently(packages, 4, async (pinned) => {
  await unpackedPackage(pinned, target, pinned.sources === 'source maps' ? recoverSources : undefined);
});
console.log(`${packages.length} packages in ${target}.`);

/**
 * @param {string} corpus
 * @returns {Promise<{ package: string, version: string, integrity: string, sources: string }[]>}
 */
async function readPackages(corpus) {
  return JSON.parse(await readFile(new URL(corpus, import.meta.url), 'utf8')).packages;
}
