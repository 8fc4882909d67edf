import { plugin } from '../plugin.js';
import { messageOf } from './errors.js';
import type { Config, ESLintInstance } from './eslint-api.js';

/** Files by the configuration that decides over them. */
export interface FilesByConfiguration {
  /** Files of no configuration file, or of one that is without our plugin. */
  builtIn: string[];
  /** Files to which the project's own configuration applies our plugin, by the namespace that it has there. */
  own: Map<string, string[]>;
}

/**
 * Finds the files for which the project's own configuration has our plugin. Files that such a configuration file leaves
 * out are left out.
 *
 * @param eslint without options, so that it finds the project's configuration.
 * @param warn told why a configuration file could not be read.
 */
export async function divideByConfiguration(
  eslint: ESLintInstance,
  files: readonly string[],
  warn: (message: string) => void,
): Promise<FilesByConfiguration> {
  const divided: FilesByConfiguration = { builtIn: [], own: new Map() };
  for (const [configFile, itsFiles] of await byConfigFile(eslint, files)) {
    const namespaces = configFile === undefined ? [] : await namespacesOf(eslint, configFile, itsFiles, warn);
    if (namespaces.every(namespace => namespace === undefined)) divided.builtIn.push(...itsFiles);
    for (const [index, namespace] of namespaces.entries()) {
      if (namespace !== undefined) append(divided.own, namespace, itsFiles[index]);
    }
  }
  return divided;
}

async function byConfigFile(
  eslint: ESLintInstance,
  files: readonly string[],
): Promise<Map<string | undefined, string[]>> {
  const groups = new Map<string | undefined, string[]>();
  for (const file of files) append(groups, await eslint.findConfigFile(file), file);
  return groups;
}

/** The namespace of our plugin in the configuration of each file, if it is there; nothing if it cannot be read. */
async function namespacesOf(
  eslint: ESLintInstance,
  configFile: string,
  files: readonly string[],
  warn: (message: string) => void,
): Promise<(string | undefined)[]> {
  try {
    const configs = await Promise.all(files.map(file => eslint.calculateConfigForFile(file)));
    return configs.map(namespaceIn);
  } catch (error) {
    warn(`${configFile} is not used, as it cannot be read: ${messageOf(error)}`);
    return [];
  }
}

function namespaceIn(config: Config | undefined): string | undefined {
  const plugins = Object.entries(config?.plugins ?? {});
  return plugins.find(([, { meta }]) => meta?.name === plugin.meta.name)?.[0];
}

function append<Key>(groups: Map<Key, string[]>, key: Key, file: string | undefined): void {
  if (file !== undefined) groups.set(key, [...(groups.get(key) ?? []), file]);
}
