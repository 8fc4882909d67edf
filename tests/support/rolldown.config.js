import { defineConfig } from 'rolldown';

import manifest from '../../package.json' with { type: 'json' };

const packages = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });

/**
 * One file instead of a hundred modules: importing the plugin is five times as fast. What the plugin and the command line
 * share goes to `chunks/`, so that both see the same state.
 */
export default defineConfig({
  input: {
    index: 'src/index.ts',
    settings: 'src/settings.ts',
    'cli/main': 'src/cli/main.ts',
    'cli/options-module': 'src/cli/options-module.ts',
  },
  platform: 'node',
  external: packages.map(name => new RegExp(`^${name}(?:/|$)`, 'u')),
  output: {
    dir: 'dist/src',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
  },
});
