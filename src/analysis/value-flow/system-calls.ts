import type { Source } from '../specification.js';

/**
 * Functions of Node's modules that ask the operating system, and fail whenever it refuses: no such file, no permission,
 * no space. Source: the documentation of each module on https://nodejs.org/api/.
 */
const systemFunctions: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    child_process: ['exec', 'execFile'],
    fs: [
      'access', 'appendFile', 'chmod', 'chown', 'copyFile', 'cp', 'fdatasync', 'fstat', 'fsync', 'ftruncate', 'futimes',
      'link', 'lstat', 'mkdir', 'mkdtemp', 'open', 'opendir', 'read', 'readFile', 'readdir', 'readlink', 'readv',
      'realpath', 'rename', 'rm', 'rmdir', 'stat', 'symlink', 'truncate', 'unlink', 'utimes', 'write', 'writeFile',
      'writev',
    ],
    stream: ['finished', 'pipeline'],
  }).map(([module, names]) => [module, new Set(names)]),
);

/**
 * Whether a function called `name` asks the system or the network: `readFileSync`, `fetch`.
 *
 * @param isExport whether the function is what the source names.
 */
export function asksTheSystem(name: string, isExport: (source: Source) => boolean): boolean {
  if (name === 'fetch') return isExport({ global: 'fetch' });
  return [...systemFunctions].some(
    ([module, names]) =>
      names.has(name.replace(/Sync$/u, '')) &&
      [
        { package: module, export: name },
        { package: module, export: `promises.${name}` },
        { package: `${module}/promises`, export: name },
      ].some(isExport),
  );
}
