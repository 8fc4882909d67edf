import { describe, expect, it } from 'vitest';

import type { SenderSpecification } from '../../src/analysis/sender-specification.js';
import { builtInSenders } from '../../src/catalogue/senders/index.js';
import { readSettings, resolveSenders, SettingsError } from '../../src/settings.js';

describe('the built-in senders', () => {
  it('are plain JSON', () => {
    expect(JSON.parse(JSON.stringify(builtInSenders))).toEqual(builtInSenders);
  });

  it('are accepted as settings', () => {
    expect(() => readSettings({ senders: builtInSenders })).not.toThrow();
  });

  it('name the page that every fact was taken from', () => {
    const unsourced = Object.entries(builtInSenders).filter(([, { docs }]) => docs?.startsWith('https://') !== true);
    expect(unsourced).toEqual([]);
  });

  it('are replaced, removed and extended by the settings', () => {
    const bus: SenderSpecification = {
      noun: 'bus',
      from: { file: 'src/bus.ts', export: 'Bus' },
      add: [{ method: 'listen', event: 0, handler: 1 }],
      remove: [{ method: 'unlisten', event: 0, handler: 1 }],
      lifetime: 'owner',
    };
    const senders = resolveSenders({ a: bus, b: bus }, readSettings({ senders: { a: false, c: bus } }));
    expect(Object.keys(senders)).toEqual(['b', 'c']);
  });

  it('are not removed by a key that none of them has', () => {
    expect(() => resolveSenders(builtInSenders, { senders: { 'node/proces': false } })).toThrow(SettingsError);
  });
});
