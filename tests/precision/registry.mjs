/** Downloads from the npm registry, checked against the integrity that is asked for. */
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const attempts = 4;

/** @type {Promise<string> | undefined} */
let registry;

/**
 * The registry npm is configured for, without a trailing slash.
 *
 * @returns {Promise<string>}
 */
function registryUrl() {
  registry ??= promisify(execFile)('npm', ['config', 'get', 'registry']).then(
    ({ stdout }) => stdout.trim().replace(/\/+$/u, ''),
    (cause) => {
      throw new Error('Cannot ask npm for its registry (npm config get registry).', { cause });
    },
  );
  return registry;
}

/**
 * The latest manifest of a package, or undefined when the registry has none.
 *
 * @param {string} name
 * @returns {Promise<Record<string, any> | undefined>}
 */
export async function latestManifest(name) {
  const body = await download(`${await registryUrl()}/${name.replace('/', '%2f')}/latest`);
  if (body === undefined) {
    return undefined;
  }
  try {
    return JSON.parse(body.toString());
  } catch (cause) {
    throw new Error(`The manifest of ${name} is not JSON.`, { cause });
  }
}

/**
 * Downloads, verifies and unpacks one version into `parent`, unless it is there already.
 *
 * @param {{ package: string, version: string, integrity: string }} pinned
 * @param {string} parent
 * @param {(folder: string) => Promise<void>} [prepare] runs on the unpacked files before they count as complete
 * @returns {Promise<string>} the folder of the package, `name@version` with "/" written as "+"
 */
export async function unpackedPackage({ package: name, version, integrity }, parent, prepare) {
  const folder = path.join(parent, `${name.replace('/', '+')}@${version}`);
  if ((await readdir(folder).catch(() => undefined)) !== undefined) {
    return folder;
  }
  const tarball = await download(`${await registryUrl()}/${name}/-/${name.split('/').at(-1)}-${version}.tgz`);
  if (tarball === undefined) {
    throw new Error(`The registry has no tarball of ${name}@${version}.`);
  }
  verifyIntegrity(tarball, integrity, `${name}@${version}`);
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await unpack(tarball, partial);
  await prepare?.(partial);
  await rename(partial, folder);
  return folder;
}

/**
 * @param {Buffer} body
 * @param {string} integrity one or more subresource integrity hashes; the last one is the strongest
 * @param {string} label
 */
function verifyIntegrity(body, integrity, label) {
  const expected = integrity.trim().split(/\s+/u).at(-1) ?? '';
  const algorithm = expected.slice(0, expected.indexOf('-'));
  if (!['sha1', 'sha256', 'sha384', 'sha512'].includes(algorithm)) {
    throw new Error(`${label} has no usable integrity: "${integrity}".`);
  }
  const actual = `${algorithm}-${createHash(algorithm).update(body).digest('base64')}`;
  if (actual !== expected) {
    throw new Error(`${label} does not match its integrity: expected ${expected}, got ${actual}.`);
  }
}

/**
 * Unpacks a package tarball without its leading folder.
 *
 * @param {Buffer} tarball
 * @param {string} folder created when missing
 * @returns {Promise<void>}
 */
async function unpack(tarball, folder) {
  await mkdir(folder, { recursive: true });
  const args = ['-xzf', '-', '-C', folder, '--strip-components=1', '--no-same-owner', '--no-same-permissions'];
  await new Promise((resolve, reject) => {
    const tar = spawn('tar', args, { stdio: ['pipe', 'ignore', 'pipe'] });
    let errors = '';
    tar.stderr.on('data', (chunk) => (errors += chunk));
    tar.on('error', (cause) => reject(new Error('Cannot run tar.', { cause })));
    tar.on('close', (code) => {
      if (code === 0) {
        resolve(undefined);
      } else {
        reject(new Error(`tar failed in ${folder} (exit code ${code}): ${errors.trim().slice(0, 500)}`));
      }
    });
    tar.stdin.on('error', () => {}); // tar ended early: reported on close
    tar.stdin.end(tarball);
  });
}

/**
 * Runs `work` on every item, at most `limit` at once, and stops at the first error.
 *
 * @template Item
 * @param {readonly Item[]} items
 * @param {number} limit
 * @param {(item: Item) => Promise<void>} work
 * @returns {Promise<void>}
 */
export async function forEachConcurrently(items, limit, work) {
  const queue = items.values();
  const lane = async () => {
    for (const item of queue) {
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: limit }, lane));
}

/**
 * @param {string} url
 * @returns {Promise<Buffer | undefined>} undefined when there is nothing at that address
 */
async function download(url) {
  let cause;
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (attempt > 0) {
      await new Promise((resolve) => setTimeout(resolve, 1000 * 2 ** attempt));
    }
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(120_000) });
      if (response.ok) {
        return Buffer.from(await response.arrayBuffer());
      }
      await response.body?.cancel();
      if ([401, 403, 404, 405, 410, 451].includes(response.status)) {
        return undefined;
      }
      cause = new Error(`HTTP status ${response.status}`);
    } catch (error) {
      cause = error;
    }
  }
  throw new Error(`Cannot download ${url} after ${attempts} attempts.`, { cause });
}
