import { isBuiltin } from 'node:module';

import { describe, expect, it } from 'vitest';

import { builtInCatalogue } from '../../src/catalogue/index.js';

describe('the built-in catalogue', () => {
  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(builtInCatalogue))).toEqual(builtInCatalogue);
  });

  it('begins every key with where the resource comes from', () => {
    const misnamed = Object.entries(builtInCatalogue).filter(([key, { from }]) => {
      const origins = 'package' in from ? [from.package].flat().map(keyOrigin) : ['web'];
      return !origins.some(origin => key.startsWith(`${origin}/`));
    });
    expect(misnamed).toEqual([]);
  });

  it('names the page that every fact was taken from', () => {
    const unsourced = Object.entries(builtInCatalogue).filter(([, { docs }]) => docs?.startsWith('https://') !== true);
    expect(unsourced).toEqual([]);
  });
});

/** The package without a path inside it; `node` for what comes with Node. */
function keyOrigin(name: string): string {
  return isBuiltin(name) ? 'node' : (/^(?:@[^/]+\/)?[^/]+/u.exec(name)?.[0] ?? name);
}
