import path from 'node:path';

import { plugin } from '../plugin.js';
import { messageOf } from './errors.js';
import type { Config, ESLintInstance } from './eslint-api.js';

/** Enough files to meet every part of a configuration that goes by extension and top directory. */
const sampleLimit = 30;

/**
 * The namespace that the project's own ESLint configuration gives to our plugin; none if it has no configuration or
 * the configuration is without the plugin.
 *
 * @param warn told why a configuration could not be read.
 */
export async function findPluginNamespace(
  eslint: ESLintInstance,
  root: string,
  files: readonly string[],
  warn: (message: string) => void,
): Promise<string | undefined> {
  for (const file of sampleOf(root, files)) {
    try {
      if ((await eslint.findConfigFile(file)) === undefined) continue;
      const namespace = namespaceIn(await eslint.calculateConfigForFile(file));
      if (namespace !== undefined) return namespace;
    } catch (error) {
      warn(`The project's ESLint configuration is not used, as it cannot be read: ${messageOf(error)}`);
      return undefined;
    }
  }
  return undefined;
}

/** The files whose configuration has our plugin under `namespace`. */
export async function filesWithPlugin(
  eslint: ESLintInstance,
  namespace: string,
  files: readonly string[],
): Promise<string[]> {
  const configs = await Promise.all(files.map(file => eslint.calculateConfigForFile(file)));
  return files.filter((_, index) => namespaceIn(configs[index]) === namespace);
}

function namespaceIn(config: Config | undefined): string | undefined {
  const plugins = Object.entries(config?.plugins ?? {});
  return plugins.find(([, { meta }]) => meta?.name === plugin.meta.name)?.[0];
}

/** One file of each extension in each top directory. */
function sampleOf(root: string, files: readonly string[]): string[] {
  const sample = new Map<string, string>();
  for (const file of files) {
    const [top = ''] = path.relative(root, file).split(path.sep);
    sample.set(`${top} ${path.extname(file)}`, file);
  }
  return [...sample.values()].slice(0, sampleLimit);
}
