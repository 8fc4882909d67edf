import type { CallPattern } from '../analysis/specification.js';

/** Calls whose first argument is an effect: it runs again, and what it returns cleans up after it. */
export const effects: readonly CallPattern[] = [
  {
    package: ['react', 'preact/hooks', 'preact/compat'],
    export: ['useEffect', 'useLayoutEffect', 'useInsertionEffect'],
  },
  { package: 'svelte', export: ['onMount'] },
];

/** Packages whose own watchers and effects end with the component, or the scope, that they are made in. */
export const scopedPackages: ReadonlySet<string> = new Set([
  '@angular/core',
  '@preact/signals',
  '@vue/composition-api',
  '@vue/reactivity',
  '@vue/runtime-core',
  '@vueuse/core',
  '@vueuse/shared',
  'pinia',
  'solid-js',
  'svelte',
  'vue',
  'vue-router',
]);
