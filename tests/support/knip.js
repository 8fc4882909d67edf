import { builtInCatalogue } from '../../dist/src/catalogue/index.js';

/** The packages that the catalogue describes. The drift test reads their declarations by the names in the data. */
const describedPackages = Object.values(builtInCatalogue).flatMap(({ from }) => ('package' in from ? from.package : []));

/** @type {import('knip').KnipConfig} */
export default {
  entry: [
    'docs/*.mjs',
    'tests/precision/*.mjs',
    'tests/benchmarks/*.mjs',
    'tests/support/{eslint.config,knip}.js',
    'tests/**/*.nightly.ts',
  ],
  project: ['src/**', 'rules/**', 'tests/**/*.{ts,js,mjs}', 'docs/*.mjs', '!tests/fixtures/**', '!tests/temporary/**'],
  ignore: ['docs/examples/**', 'tests/fixtures/**', 'tests/temporary/**'],
  ignoreDependencies: [
    ...describedPackages,
    ...describedPackages.map(name => `@types/${name}`),
    // Further versions of described packages, and of what the integration tests run the plugin under, by path.
    'typeorm-0.3',
    'eslint-9',
    'eslint-9-34',
    'typescript-5-4',
  ],
  // A record's parts are exported with it.
  ignoreExportsUsedInFile: { interface: true, type: true },
  vitest: { config: ['tests/support/vitest*.config.ts'] },
};
