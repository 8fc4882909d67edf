import type { KnipConfig } from 'knip';

import { builtInCatalogue } from '../../src/catalogue/index.js';

/** The packages that the catalogue describes. The drift test reads their declarations by the names in the data. */
const describedPackages = Object.values(builtInCatalogue)
  .flatMap(({ from, parameters = [] }) => [from, ...parameters.map(({ call }) => call)])
  .flatMap(source => ('package' in source ? source.package : []))
  .map(specifier => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'));

export default {
  entry: [
    'src/index.ts!',
    'src/settings.ts!',
    'src/cli/{main,options-module}.ts!',
    'docs/*.mjs',
    'docs/examples/src/*.ts',
    'tests/{benchmarks,precision,proofs}/*.mjs',
    'tests/support/{eslint.config,rolldown.config}.js',
    'tests/support/{knip,excuses-reporter}.ts',
    'tests/**/*.nightly.ts',
  ],
  project: [
    'src/**/*.ts!',
    'rules/**/*.ts!',
    'tests/**/*.{ts,js,mjs}',
    'docs/*.mjs',
    'docs/examples/src/*.ts',
    '!tests/{fixtures,temporary}/**',
  ],
  ignoreDependencies: [
    ...describedPackages,
    ...describedPackages.map(name => `@types/${name}`),
    // The declarations of y-protocols import it.
    'yjs',
    // Read by path: further versions of described packages, and what the integration tests run the plugin under.
    'typeorm-0.3',
    'eslint-9',
    'eslint-9-34',
    'typescript-5-4',
  ],
  // The parts of a record are exported with it.
  ignoreExportsUsedInFile: { interface: true, type: true },
  vitest: { config: ['tests/support/vitest*.config.ts'] },
} satisfies KnipConfig;
