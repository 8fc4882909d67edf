/**
 * Draws a precision corpus and writes it, next to this script.
 *
 *   node draw-corpus.mjs [--family locks] [--from 1] [--to 100000] [--apart-from <corpus>]... [--write corpus.json]
 *                        [--concurrency 16] [--cache <folder>]
 *
 * The first draw was made without arguments, the others with
 *
 *   --from 100001 --to 500000 --apart-from corpus.json --write fresh-corpus.json
 *   --from 500001 --to 700000 --apart-from corpus.json --apart-from fresh-corpus.json --write third-corpus.json
 *   --family rules --to 50000 --apart-from corpus.json --apart-from fresh-corpus.json --write rules-corpus.json
 *
 * The procedure is the text below; the drawn versions are pinned in the corpus, which
 * `fetch-corpus.mjs` downloads. A later draw finds later versions.
 */
import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { forEachConcurrently, latestManifest, unpackedPackage } from './registry.mjs';
import { families, librariesOf, wantedFiles, withoutLayout } from './sources.mjs';

/** The popularity list: monthly downloads of every package. */
const popularity = {
  package: 'download-counts',
  version: '2.20260301.0',
  integrity: 'sha512-WqcD98+fytHCwR+qP+dpEAg8zO34YTQC7B81oR4DIRQxN4TuiWu9r3zT052mm6tAi5MIGEb1q6CbXdBz2BuUhw==',
};

const { values: options } = parseArgs({
  options: {
    family: { type: 'string', default: 'locks' },
    from: { type: 'string', default: '1' },
    to: { type: 'string', default: '100000' },
    'apart-from': { type: 'string', multiple: true, default: [] },
    write: { type: 'string', default: 'corpus.json' },
    concurrency: { type: 'string', default: '16' },
    cache: { type: 'string', default: path.join(os.tmpdir(), 'thread-hygiene-draw') },
  },
});
if (options.family !== 'locks' && options.family !== 'rules') {
  throw new Error(`--family takes "locks" or "rules", not "${options.family}".`);
}
const family = families[options.family];
const procedure = procedureOf(options.family);
const from = positiveInteger('from', options.from);
const to = positiveInteger('to', options.to);
const concurrency = Math.min(20, positiveInteger('concurrency', options.concurrency));
const cache = options.cache;
const allLibraries = Object.values(families).flatMap(({ libraries }) => libraries);
const packageFolder = path.join(cache, 'packages');

await mkdir(cache, { recursive: true });
const ranked = (await popularPackages()).slice(from - 1, to);
const candidates = await drawnPackages(ranked);
const { packages, skipped } = await packagesWithSources(candidates, await earlierFiles(options['apart-from']));
await writeCorpus(packages, skipped);

/**
 * @typedef {object} Candidate
 * @property {string} package
 * @property {string} version
 * @property {string} integrity
 * @property {number} rank
 * @property {number} downloads
 */

/**
 * @typedef {object} Sources
 * @property {string} [repository] `owner/name` or a URL, to see which packages share a code base
 * @property {string[]} library the libraries that its files import
 * @property {'typescript' | 'source maps' | 'javascript'} sources
 * @property {string} [similarTo] an earlier package with at least four fifths of the same lines in these files
 * @property {number} files
 * @property {string[]} [paths]
 *
 * @typedef {Candidate & Sources} CorpusPackage
 */

/**
 * @returns {Promise<{ name: string, downloads: number }[]>}
 */
async function popularPackages() {
  const folder = await unpackedPackage(popularity, packageFolder);
  const counts = JSON.parse(await readFile(path.join(folder, 'counts.json'), 'utf8'));
  return Object.entries(counts)
    .map(([name, downloads]) => ({ name, downloads }))
    .sort((left, right) => right.downloads - left.downloads || (left.name < right.name ? -1 : 1));
}

/**
 * @param {{ name: string, downloads: number }[]} list
 * @returns {Promise<Candidate[]>}
 */
async function drawnPackages(list) {
  const file = path.join(cache, 'manifests.ndjson');
  /** @type {Map<string, Summary>} */
  const known = new Map();
  for (const line of (await readFile(file, 'utf8').catch(() => '')).split('\n')) {
    if (line.endsWith('}')) {
      const entry = JSON.parse(line);
      known.set(entry.name, entry);
    }
  }
  let done = 0;
  await forEachConcurrently(
    list.filter(({ name }) => !known.has(name)),
    concurrency,
    async ({ name }) => {
      const entry = summarize(name, await latestManifest(name));
      known.set(name, entry);
      await appendFile(file, `${JSON.stringify(entry)}\n`);
      if (++done % 5000 === 0) {
        console.log(`${done} manifests read`);
      }
    },
  );
  return list.flatMap(({ name, downloads }, index) => {
    const { version, integrity, libraries = [] } = known.get(name) ?? {};
    const rank = from + index;
    const isDrawn = libraries.some((library) => family.libraries.includes(library)) || isSampled(rank);
    return isDrawn && !allLibraries.includes(name) && version && integrity
      ? [{ package: name, version, integrity, rank, downloads }]
      : [];
  });
}

/**
 * @param {number} rank
 * @returns {boolean}
 */
function isSampled(rank) {
  return family.every !== undefined && rank % family.every === 0;
}

/**
 * @typedef {object} Summary
 * @property {string} name
 * @property {true} [missing]
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {string[]} [libraries]
 */

/**
 * @param {string} name
 * @param {Record<string, any> | undefined} manifest
 * @returns {Summary}
 */
function summarize(name, manifest) {
  if (manifest?.dist === undefined) {
    return { name, missing: true };
  }
  const needed = { ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.optionalDependencies };
  const { integrity, shasum } = manifest.dist;
  return {
    name,
    version: manifest.version,
    integrity: integrity ?? `sha1-${Buffer.from(shasum, 'hex').toString('base64')}`,
    libraries: allLibraries.filter((library) => Object.hasOwn(needed, library)),
  };
}

/**
 * The keys of the files of earlier corpora.
 *
 * @param {string[]} corpora file names, next to this script
 * @returns {Promise<Set<string>>}
 */
async function earlierFiles(corpora) {
  /** @type {Set<string>} */
  const keys = new Set();
  for (const corpus of corpora) {
    const { packages: earlier } = JSON.parse(await readFile(new URL(corpus, import.meta.url), 'utf8'));
    for (const pinned of earlier) {
      const match = await wantedFiles(await unpackedPackage(pinned, packageFolder), family);
      match?.files.forEach(({ text }) => keys.add(fileKey(text)));
    }
  }
  return keys;
}

/**
 * @param {Candidate[]} list
 * @param {Set<string>} seen keys of files that do not count again
 * @returns {Promise<{ packages: CorpusPackage[], skipped: Record<string, number> }>}
 */
async function packagesWithSources(list, seen) {
  /** @type {Map<string, { repository: string | undefined, match: Awaited<ReturnType<typeof wantedFiles>> }>} */
  const found = new Map();
  const skipped = {
    'tarball gone': 0,
    'no readable file of this family': 0,
    'same sources as an earlier package': 0,
  };
  await forEachConcurrently(list, Math.min(4, concurrency), async (candidate) => {
    let folder;
    try {
      folder = await unpackedPackage(candidate, packageFolder);
    } catch (error) {
      console.warn(error instanceof Error ? error.message : error);
      skipped['tarball gone']++;
      return;
    }
    found.set(candidate.package, { repository: await repositoryOf(folder), match: await wantedFiles(folder, family) });
  });
  /** @type {Map<string, Set<string>>} */
  const linesOf = new Map();
  const packages = [];
  for (const candidate of list) {
    const sources = found.get(candidate.package);
    if (sources === undefined) {
      continue;
    }
    if (sources.match === undefined) {
      skipped['no readable file of this family']++;
      continue;
    }
    const own = sources.match.files.filter(({ text }) => {
      const key = fileKey(text);
      return !seen.has(key) && seen.add(key);
    });
    if (own.length === 0) {
      skipped['same sources as an earlier package']++;
      continue;
    }
    const lines = longLines(own);
    packages.push({
      ...candidate,
      repository: sources.repository,
      library: [...new Set(own.flatMap(({ text }) => librariesOf(text)))].sort(),
      sources: sources.match.sources,
      similarTo: similarPackage(lines, linesOf),
      files: own.length,
      // Where all readable files count, `fetch-corpus.mjs` finds them again by itself.
      paths: options.family === 'locks' ? own.map((file) => file.path) : undefined,
    });
    linesOf.set(candidate.package, lines);
  }
  return { packages, skipped };
}

/**
 * What was done, in the words of the page.
 *
 * @param {keyof typeof families} name
 * @returns {string[]}
 */
function procedureOf(name) {
  const { every, mostFiles } = families[name];
  const needed = 'whose dependencies, peerDependencies or optionalDependencies name';
  const readable =
    'at most 2 MB, median line of at most 120 characters, at most a fifth of the text in lines above 500, ' +
    'async functions neither lowered nor obfuscated.';
  return [
    'Sort the packages of the popularity list by monthly downloads, ties by name; take those of the given ranks.',
    'Ask the registry for the latest manifest of each; skip what it no longer has.',
    name === 'locks'
      ? `Keep those ${needed} a library of the catalogue; leave out the libraries themselves.`
      : `Keep those ${needed} one of the libraries below, and every ${every}th by rank; leave out the libraries themselves.`,
    'Unpack their tarballs. Look at scripts only: no declaration files, nothing under node_modules, ' +
      'no tests, examples or benchmarks by path.',
    name === 'locks'
      ? `Keep the files that import or require a library of the catalogue and are readable: ${readable}`
      : `Keep the files that are readable, the first ${mostFiles} by path: ${readable}`,
    'Take one flavour per package: TypeScript if it ships any such file, otherwise the originals in its source maps, ' +
      'otherwise JavaScript (modules before CommonJS, one of each set of parallel builds, `src` first).',
    name === 'locks'
      ? 'Drop a file that an earlier package, or one of an earlier draw, has with the same text, white space aside; ' +
        'drop a package that has no file left.'
      : 'Drop a package of whose files earlier packages, or earlier draws, have each with the same text, white space aside.',
    'No step runs the rule, and no package is added or removed by hand.',
  ];
}

/**
 * @param {CorpusPackage[]} packages
 * @param {Record<string, number>} skipped
 */
async function writeCorpus(packages, skipped) {
  const files = packages.reduce((sum, entry) => sum + entry.files, 0);
  const corpus = {
    family: options.family,
    drawn: new Date().toISOString().slice(0, 10),
    popularity,
    ranks: [from, from + ranked.length - 1],
    procedure,
    libraries: family.libraries,
    counts: { candidates: candidates.length, skipped, packages: packages.length, files },
    packages,
  };
  await writeFile(new URL(options.write, import.meta.url), `${JSON.stringify(corpus, null, 2)}\n`);
  console.log(`${ranked.length} ranks:`, corpus.counts);
}

/**
 * The repository that a package names, `owner/name` where it is on GitHub.
 *
 * @param {string} folder
 * @returns {Promise<string | undefined>}
 */
async function repositoryOf(folder) {
  const { repository } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const url = typeof repository === 'string' ? repository : repository?.url;
  if (typeof url !== 'string' || url === '') {
    return undefined;
  }
  const short = /^(?:github:|.*github\.com[/:])?([-\w.]+\/[-\w.]+?)(?:\.git)?(?:[#/].*)?$/u.exec(url);
  return short?.[1] ?? url;
}

/**
 * @param {string} text
 * @returns {string}
 */
function fileKey(text) {
  return createHash('sha256').update(withoutLayout(text)).digest('hex');
}

/**
 * The lines that can tell two packages apart.
 *
 * @param {{ text: string }[]} files
 * @returns {Set<string>}
 */
function longLines(files) {
  const lines = files.flatMap(({ text }) => text.split('\n').map((line) => line.trim()));
  return new Set(lines.filter((line) => line.length >= 20));
}

/**
 * The first earlier package with at least four fifths of the same lines in its files.
 *
 * @param {Set<string>} lines
 * @param {Map<string, Set<string>>} earlier
 * @returns {string | undefined}
 */
function similarPackage(lines, earlier) {
  for (const [name, others] of earlier) {
    const common = [...lines].filter((line) => others.has(line)).length;
    if (lines.size >= 10 && common >= lines.size * 0.8) {
      return name;
    }
  }
  return undefined;
}

/**
 * @param {string} name
 * @param {string} value
 * @returns {number}
 */
function positiveInteger(name, value) {
  if (!/^[1-9]\d*$/u.test(value)) {
    throw new Error(`--${name} takes a positive whole number, not "${value}".`);
  }
  return Number(value);
}
