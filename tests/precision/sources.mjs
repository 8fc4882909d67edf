/** Which files of an unpacked package are the readable sources that a draw looks for. */
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

export const lockLibraries = [
  '@livekit/mutex',
  '@upstash/lock',
  'async-lock',
  'async-mutex',
  'async-sema',
  'await-lock',
  'await-semaphore',
  'mortice',
  'proper-lockfile',
  'redlock',
  'semaphore-async-await',
];

/** Libraries whose threads, pools, connections and sessions have to be ended. */
const ownedLibraries = [
  '@chainsafe/threads',
  'comlink',
  'generic-pool',
  'jest-worker',
  'knex',
  'mongodb',
  'mysql',
  'mysql2',
  'pg',
  'piscina',
  'poolifier',
  'tarn',
  'threads',
  'tinypool',
  'typeorm',
  'web-worker',
  'workerpool',
];

/**
 * What a draw looks for.
 *
 * @typedef {object} Family
 * @property {string[]} libraries a package that depends on one is drawn
 * @property {number} [every] and of the others one in so many, by rank
 * @property {number} mostFiles of one package, the first by path
 * @property {(text: string) => boolean} isWanted whether a readable file belongs to the draw
 */

/** @type {Record<'locks' | 'rules', Family>} */
export const families = {
  locks: { libraries: lockLibraries, mostFiles: Infinity, isWanted: (text) => librariesOf(text).length > 0 },
  rules: { libraries: ownedLibraries, every: 50, mostFiles: 200, isWanted: () => true },
};

/** Where `recoverSources` writes the originals found in source maps. */
const recoveredFolder = 'recovered-sources';

const scriptExtension = /\.(?:[cm]?[jt]s|[jt]sx)$/u;
const typescriptExtension = /\.(?:[cm]?ts|tsx)$/u;
const declaration = /\.d\.(?:[cm]?ts|[^./]+\.ts)$/u;
const testFolder = /(?:^|\/)(?:tests?|__tests__|__mocks__|specs?|e2e|fixtures?|examples?|demos?|bench(?:marks?)?)\//iu;
const testFile = /[.\-_](?:test|spec|e2e|bench|stories)\.[^/]+$/iu;
/** Helpers of compilers that turn `async` functions or `using` into something no author wrote. */
const lowered = new RegExp(
  `\\b(?:${[
    '__addDisposableResource',
    '__async',
    '__awaiter',
    '__generator',
    '__using',
    '_asyncToGenerator',
    '_regenerator',
    '_usingCtx',
    'asyncGeneratorStep',
    'asyncToGenerator',
    'regeneratorRuntime',
  ].join('|')})\\b`,
  'u',
);
const obfuscated = /\b_0x[\da-f]{4,}/u;
const maximumFileSize = 2_000_000;
/** Folders that tell builds of the same file apart, such as `dist`, `lib.esm` and `es2020`. */
const buildWord = [
  ...['browser', 'build', 'bundles?', 'cjs', 'commonjs', 'default', 'development', 'dist', 'es\\d*', 'esm', 'esnext'],
  ...['fesm\\d*', 'legacy', 'lib', 'mjs', 'modules?', 'node', 'out', 'output', 'package', 'production', 'rollup'],
  ...['src', 'types', 'umd', 'webpack'],
].join('|');
const buildFolder = new RegExp(`^_?(?:${buildWord})(?:[-._](?:${buildWord}))*$`, 'iu');
const inlineMap = /^\/\/# sourceMappingURL=data:application\/json;(?:charset=[-\w]+;)?base64,([\w+/=]+)\s*$/mu;

const libraryImport = new RegExp(
  String.raw`(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)` +
    String.raw`(["'\x60])(${lockLibraries.join('|')})(?:/[^"'\x60\n]*)?\1`,
  'gu',
);

/**
 * @typedef {object} SourceFile
 * @property {string} path relative to the package, with forward slashes
 * @property {string} text
 */

/**
 * The files of one flavour of the package that a draw wants: TypeScript if it ships any, otherwise the originals
 * in its source maps, otherwise readable JavaScript (modules before CommonJS).
 *
 * @param {string} folder
 * @param {Family} family
 * @returns {Promise<{ sources: 'typescript' | 'source maps' | 'javascript', files: SourceFile[] } | undefined>}
 */
export async function wantedFiles(folder, { isWanted, mostFiles }) {
  const shipped = (await listFiles(folder)).filter((file) => !isVendored(file));
  const scripts = await readSources(folder, shipped.filter(isAuthoredName), isWanted);
  const typescript = scripts.filter((file) => typescriptExtension.test(file.path));
  if (typescript.length > 0) {
    return { sources: 'typescript', files: typescript.slice(0, mostFiles) };
  }
  const originals = (await mappedSources(folder, shipped))
    .filter(({ name, text }) => isAuthoredName(name) && isReadable(text) && isWanted(text))
    .map(({ name, text }) => ({ path: `${recoveredFolder}/${name}`, text }));
  if (originals.length > 0) {
    return { sources: 'source maps', files: originals.slice(0, mostFiles) };
  }
  const modules = scripts.filter((file) => /^(?:import|export)\b/mu.test(file.text));
  const javascript = withoutParallelBuilds(modules.length > 0 ? modules : scripts);
  return javascript.length > 0 ? { sources: 'javascript', files: javascript.slice(0, mostFiles) } : undefined;
}

/**
 * Writes the originals that the source maps of a package carry into its `recovered-sources` folder.
 *
 * @param {string} folder
 * @returns {Promise<void>}
 */
export async function recoverSources(folder) {
  const shipped = (await listFiles(folder)).filter((file) => !isVendored(file));
  for (const { name, text } of await mappedSources(folder, shipped)) {
    const target = path.join(folder, recoveredFolder, name);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
  }
}

/**
 * A key under which two copies of a file are the same whatever their formatting.
 *
 * @param {string} text
 * @returns {string}
 */
export function withoutLayout(text) {
  return text.replaceAll(/\s+/gu, '');
}

/**
 * @param {string} folder
 * @returns {Promise<string[]>} relative paths with forward slashes, sorted
 */
async function listFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((file) => !file.startsWith(`${recoveredFolder}/`))
    .sort();
}

/**
 * @param {string} folder
 * @param {string[]} files
 * @param {Family['isWanted']} isWanted
 * @returns {Promise<SourceFile[]>}
 */
async function readSources(folder, files, isWanted) {
  const found = [];
  for (const file of files) {
    const body = await readFile(path.join(folder, file));
    const text = body.length > maximumFileSize ? '' : body.toString();
    if (text !== '' && isWanted(text) && isReadable(text)) {
      found.push({ path: file, text });
    }
  }
  return found;
}

/**
 * The originals in the source maps of a package; the first map that carries a path wins.
 *
 * @param {string} folder
 * @param {string[]} files
 * @returns {Promise<{ name: string, text: string }[]>}
 */
async function mappedSources(folder, files) {
  /** @type {Map<string, string>} */
  const originals = new Map();
  for (const file of files.filter((name) => /\.[cm]?jsx?(?:\.map)?$/u.test(name))) {
    const map = parseMap(await readFile(path.join(folder, file), 'utf8'), file);
    if (!Array.isArray(map?.sources) || !Array.isArray(map.sourcesContent)) {
      continue;
    }
    for (const [index, source] of map.sources.entries()) {
      const text = map.sourcesContent[index];
      const name = typeof source === 'string' ? localName(source, map.sourceRoot, file) : '';
      if (typeof text === 'string' && scriptExtension.test(name) && !isVendored(name) && !originals.has(name)) {
        originals.set(name, text);
      }
    }
  }
  return [...originals].map(([name, text]) => ({ name, text }));
}

/**
 * A source map, from its own file or from the end of a script.
 *
 * @param {string} text
 * @param {string} file
 * @returns {any}
 */
function parseMap(text, file) {
  try {
    if (file.endsWith('.map')) {
      return JSON.parse(text);
    }
    const inline = inlineMap.exec(text);
    return inline === null ? undefined : JSON.parse(Buffer.from(inline[1], 'base64').toString());
  } catch {
    return undefined; // a broken map recovers nothing
  }
}

/**
 * The path of an original, kept inside the package: no scheme, query or parent folder above it.
 *
 * @param {string} source
 * @param {unknown} root
 * @param {string} mapFile
 * @returns {string}
 */
function localName(source, root, mapFile) {
  const scheme = /^[a-z][\w+.-]*:\/*/iu;
  const relative = typeof root === 'string' && root !== '' && !scheme.test(source) ? `${root}/${source}` : source;
  const resolved = scheme.test(relative)
    ? relative.replace(scheme, '')
    : path.posix.join(path.posix.dirname(mapFile), relative.replaceAll('\\', '/'));
  return path.posix
    .normalize(resolved.replace(/[?#].*$/u, ''))
    .split('/')
    .filter((segment) => !['', '.', '..'].includes(segment))
    .join('/')
    .replaceAll(/[\0:*"<>|]/gu, '_');
}

/**
 * One of each set of files that differ only in the folder or extension of their build: the one in
 * `src` if there is one, then the one with the shortest path.
 *
 * @param {SourceFile[]} files
 * @returns {SourceFile[]}
 */
function withoutParallelBuilds(files) {
  /** @type {Map<string, SourceFile>} */
  const builds = new Map();
  for (const file of files.toSorted((left, right) => buildRank(left) - buildRank(right))) {
    const key = file.path
      .replace(/\.[^.]+$/u, '')
      .split('/')
      .filter((segment) => !buildFolder.test(segment))
      .join('/');
    if (!builds.has(key)) {
      builds.set(key, file);
    }
  }
  return files.filter((file) => [...builds.values()].includes(file));
}

/**
 * @param {SourceFile} file
 * @returns {number}
 */
function buildRank({ path: name }) {
  return /(?:^|\/)src\//u.test(name) ? 0 : name.length;
}

/**
 * The lock libraries that a file imports.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function librariesOf(text) {
  return [...new Set([...text.matchAll(libraryImport)].map((match) => match[2]))].sort();
}

/**
 * @param {string} file
 * @returns {boolean}
 */
function isVendored(file) {
  return /(?:^|\/)node_modules\//u.test(file);
}

/**
 * @param {string} file
 * @returns {boolean}
 */
function isAuthoredName(file) {
  return scriptExtension.test(file) && !declaration.test(file) && !testFolder.test(file) && !testFile.test(file);
}

/**
 * Readable: ordinary line lengths, and `async` functions as they were written.
 *
 * @param {string} text
 * @returns {boolean}
 */
function isReadable(text) {
  const lengths = text
    .replace(inlineMap, '')
    .split('\n')
    .map((line) => line.trim().length)
    .filter((length) => length > 0)
    .sort((left, right) => left - right);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const long = lengths.filter((length) => length > 500).reduce((sum, length) => sum + length, 0);
  const median = lengths[Math.floor(lengths.length / 2)] ?? 0;
  return median <= 120 && long <= total / 5 && !lowered.test(text) && !obfuscated.test(text);
}
