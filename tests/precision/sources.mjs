/** Which files of an unpacked package are readable sources that use a lock library. */
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

/** Where `recoverSources` writes the originals found in source maps. */
const recoveredFolder = 'recovered-sources';

const scriptExtension = /\.(?:[cm]?[jt]s|[jt]sx)$/u;
const typescriptExtension = /\.(?:[cm]?ts|tsx)$/u;
const declaration = /\.d\.(?:[cm]?ts|[^./]+\.ts)$/u;
const testPath =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|specs?|e2e|fixtures?|examples?|demos?|bench(?:marks?)?)\/|[.\-_](?:test|spec|e2e|bench|stories)\.[^/]+$/iu;
/** Helpers of compilers that turn `async` functions or blocks into something no author wrote. */
const lowered =
  /\b(?:__awaiter|__generator|regeneratorRuntime|_regenerator|asyncToGenerator|_asyncToGenerator|asyncGeneratorStep|__async)\b|\b_0x[\da-f]{4,}/u;
const maximumFileSize = 2_000_000;

const libraryImport = new RegExp(
  String.raw`(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(["'\x60])(${lockLibraries.join('|')})(?:/[^"'\x60\n]*)?\1`,
  'gu',
);

/**
 * @typedef {object} LockFile
 * @property {string} path relative to the package, with forward slashes
 * @property {string} text
 * @property {string[]} libraries
 */

/**
 * The files of one flavour of the package that import a lock library: TypeScript if it ships any,
 * otherwise the originals in its source maps, otherwise readable JavaScript (modules before CommonJS).
 *
 * @param {string} folder
 * @returns {Promise<{ sources: 'typescript' | 'source maps' | 'javascript', files: LockFile[] } | undefined>}
 */
export async function lockFiles(folder) {
  const shipped = (await listFiles(folder)).filter((file) => !isVendored(file));
  const scripts = await readLockFiles(folder, shipped.filter(isAuthoredName));
  const typescript = scripts.filter((file) => typescriptExtension.test(file.path));
  if (typescript.length > 0) {
    return { sources: 'typescript', files: typescript };
  }
  const originals = [];
  for (const { name, text } of await mappedSources(folder, shipped)) {
    const libraries = librariesOf(text);
    if (libraries.length > 0 && isAuthoredName(name) && isReadable(text)) {
      originals.push({ path: `${recoveredFolder}/${name}`, text, libraries });
    }
  }
  if (originals.length > 0) {
    return { sources: 'source maps', files: originals };
  }
  const modules = scripts.filter((file) => /^\s*(?:import|export)\b/mu.test(file.text));
  const javascript = withoutParallelBuilds(modules.length > 0 ? modules : scripts);
  return javascript.length > 0 ? { sources: 'javascript', files: javascript } : undefined;
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
    .map((entry) => path.relative(folder, path.join(entry.path, entry.name)).split(path.sep).join('/'))
    .sort();
}

/**
 * @param {string} folder
 * @param {string[]} files
 * @returns {Promise<LockFile[]>}
 */
async function readLockFiles(folder, files) {
  const found = [];
  for (const file of files) {
    const body = await readFile(path.join(folder, file));
    if (body.length > maximumFileSize || !lockLibraries.some((library) => body.includes(library))) {
      continue;
    }
    const text = body.toString();
    const libraries = librariesOf(text);
    if (libraries.length > 0 && isReadable(text)) {
      found.push({ path: file, text, libraries });
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
  for (const file of files.filter((name) => /\.[cm]?jsx?\.map$/u.test(name))) {
    let map;
    try {
      map = JSON.parse(await readFile(path.join(folder, file), 'utf8'));
    } catch {
      continue; // a broken map recovers nothing
    }
    if (!Array.isArray(map?.sources) || !Array.isArray(map.sourcesContent)) {
      continue;
    }
    for (const [index, source] of map.sources.entries()) {
      const text = map.sourcesContent[index];
      const name = typeof source === 'string' ? localName(source) : '';
      if (typeof text === 'string' && scriptExtension.test(name) && !isVendored(name) && !originals.has(name)) {
        originals.set(name, text);
      }
    }
  }
  return [...originals].map(([name, text]) => ({ name, text }));
}

/**
 * The path in a source map, kept inside the package: no scheme, query, drive or parent folder.
 *
 * @param {string} source
 * @returns {string}
 */
function localName(source) {
  return source
    .replace(/^[a-z][\w+.-]*:\/*/iu, '')
    .replace(/[?#].*$/u, '')
    .split(/[/\\]/u)
    .filter((segment) => !['', '.', '..'].includes(segment))
    .join('/')
    .replaceAll(/[\0:*"<>|]/gu, '_');
}

/**
 * One of each set of files that differ only in the folder or extension of their build.
 *
 * @param {LockFile[]} files
 * @returns {LockFile[]}
 */
function withoutParallelBuilds(files) {
  /** @type {Map<string, LockFile>} */
  const builds = new Map();
  for (const file of files) {
    const key = file.path
      .replace(/\.[^.]+$/u, '')
      .split('/')
      .filter((segment) => !/^(?:_?(?:cjs|esm?|mjs|es\d+|esnext|fesm\d*|umd|modules?|commonjs|lib|dist|build|out|output|node|browser|default|legacy|development|production|types|package|src|default|webpack|rollup|bundles?)[-\w]*)$/iu.test(segment))
      .join('/');
    if (!builds.has(key)) {
      builds.set(key, file);
    }
  }
  return [...builds.values()];
}

/**
 * @param {string} text
 * @returns {string[]}
 */
function librariesOf(text) {
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
  return scriptExtension.test(file) && !declaration.test(file) && !testPath.test(file);
}

/**
 * Readable: ordinary line lengths, and `async` functions as they were written.
 *
 * @param {string} text
 * @returns {boolean}
 */
function isReadable(text) {
  const lengths = text
    .split('\n')
    .map((line) => line.trim().length)
    .filter((length) => length > 0)
    .sort((left, right) => left - right);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const long = lengths.filter((length) => length > 500).reduce((sum, length) => sum + length, 0);
  return lengths[Math.floor(lengths.length / 2)] <= 120 && long <= total / 5 && !lowered.test(text);
}
