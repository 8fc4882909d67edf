/**
 * Downloads the packages that the corpora of `draws.json` pin, each into its own sub-folder.
 *
 *   node fetch-corpus.mjs <folder>
 *
 * A package that is there already is left alone. Where the corpus reads the originals in source
 * maps, they are written to `recovered-sources` inside the package. Which files of which package make
 * a draw is written to `<draw>.json` in the folder.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { forEachConcurrently, unpackedPackage } from './registry.mjs';
import { families, recoverSources, wantedFiles } from './sources.mjs';

/**
 * @typedef {object} PinnedPackage
 * @property {string} package
 * @property {string} version
 * @property {string} integrity
 * @property {string} sources
 * @property {string[]} [paths] the files to read; all readable ones where there are none
 *
 * @typedef {object} Draw
 * @property {string} name
 * @property {string} corpus
 * @property {keyof typeof families} family
 * @property {string} [frozen]
 */

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2];
  if (folder === undefined) {
    console.error('Usage: node fetch-corpus.mjs <folder>');
    process.exit(2);
  }
  /** @type {Draw[]} */
  const draws = await readJson('draws.json');
  for (const draw of draws) {
    const packages = await fetchCorpus(draw, path.resolve(folder));
    await writeFile(path.join(folder, `${draw.name}.json`), JSON.stringify(packages));
    console.log(`${draw.name}: ${packages.length} packages in ${folder}.`);
  }
}

/**
 * The packages of one draw, fetched.
 *
 * @param {Draw} draw
 * @param {string} folder
 * @returns {Promise<(PinnedPackage & { paths: string[] })[]>}
 */
export async function fetchCorpus({ corpus, family }, folder) {
  await mkdir(folder, { recursive: true });
  /** @type {{ packages: PinnedPackage[] }} */
  const { packages } = await readJson(corpus);
  /** @type {Map<PinnedPackage, string[]>} */
  const found = new Map();
  await forEachConcurrently(packages, 4, async (pinned) => {
    const own = await unpackedPackage(pinned, folder, pinned.sources === 'source maps' ? recoverSources : undefined);
    const paths = pinned.paths ?? (await wantedFiles(own, families[family]))?.files.map((file) => file.path);
    found.set(pinned, paths ?? []);
  });
  return packages.map((pinned) => ({ ...pinned, paths: found.get(pinned) ?? [] }));
}

/**
 * @param {string} name
 * @returns {Promise<any>}
 */
async function readJson(name) {
  return JSON.parse(await readFile(new URL(name, import.meta.url), 'utf8'));
}
