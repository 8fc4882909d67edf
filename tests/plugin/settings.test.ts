import { Ajv } from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';
import { describe, expect, it } from 'vitest';

import type { ResourceSpecification } from '../../src/analysis/specification.js';
import { builtInCatalogue } from '../../src/catalogue/index.js';
import { readSettings, resolveCatalogue, rolesOf, SettingsError, type ThreadHygieneSettings } from '../../src/settings.js';
import schema from '../../src/settings.schema.json' with { type: 'json' };

const gate = {
  kind: 'lock',
  noun: 'gate',
  from: { file: 'src/gate.ts', export: 'Gate' },
  acquire: [{ how: 'method', name: 'enter', awaited: true, obligation: 'receiver' }],
  release: [{ receiverMethod: 'leave' }],
} as const satisfies ResourceSpecification;

const everySetting: ThreadHygieneSettings = {
  report: 'possible',
  fixes: 'none',
  types: 'off',
  scope: 'file',
  targets: { node: '>=20', browsers: ['defaults'], using: false },
  process: 'server',
  roles: { test: ['**/*.test.ts'], entry: ['src/main.ts'], generated: ['gen/**'] },
  maximumFileSize: 500_000,
  resources: {
    'acme/gate': gate,
    'async-mutex/mutex': false,
    'acme/everything': {
      kind: 'handle',
      noun: 'lease',
      from: {
        package: ['acme', '@acme/core'],
        export: ['Pool', 'default'],
        instances: [{ call: 'wrap', argument: 0 }],
      },
      acquire: [
        { how: 'method', name: 'with', obligation: { callback: 1, parameter: 1, error: 0, releasedByThrow: true } },
        { how: 'method', name: 'take', optional: true, obligation: { element: 1 } },
        { how: 'call', obligation: { property: 'release' } },
        { how: 'call', obligation: { argument: 0 } },
        { how: 'new', obligation: 'result' },
      ],
      release: [
        { call: true },
        { method: 'end' },
        { function: 'close', argument: 0 },
        { receiverMethod: 'put', argument: 0 },
      ],
      awaitRelease: true,
      joinedBy: [{ event: 'exit' }],
      scopedForm: { method: 'use', callback: 'last' },
      parameters: [{ call: { global: 'console', method: 'log' }, argument: 0, effect: 'borrow' }],
      releaseAfterFailure: { argument: 'error' },
      releaseTwice: 'throws',
      reentrant: true,
      acquireMayFail: { argument: 1 },
      docs: 'https://acme.example/pool',
    },
  },
  senders: {
    'node/process': false,
    'acme/bus': {
      noun: 'bus',
      from: { package: 'acme', export: 'Bus', instances: [{ call: 'connect' }] },
      add: [
        { method: 'listen', event: 0, handler: 1, options: 2 },
        { method: 'listenOnce', event: 0, handler: 1, once: true },
        { method: 'listenToAll', handler: 0 },
      ],
      remove: [{ method: 'unlisten', event: 0, handler: 1, options: 2 }, { method: 'unlistenAll' }],
      lifetime: 'itself',
      endEvent: 'closed',
      structural: false,
      docs: 'https://acme.example/bus',
    },
  },
  registrars: { 'acme/track': { package: 'acme', export: 'track' }, 'acme/own': false },
  disposers: ['shutDown'],
};

describe('readSettings', () => {
  it('gives no settings where there are none', () => {
    expect(readSettings(undefined)).toEqual({});
  });

  it('gives the object back when everything in it is accepted', () => {
    expect(readSettings(everySetting)).toBe(everySetting);
  });

  it('accepts the built-in catalogue', () => {
    expect(() => readSettings({ resources: builtInCatalogue })).not.toThrow();
  });

  it('checks an object once', () => {
    let reads = 0;
    const settings = {
      get report() {
        reads += 1;
        return 'likely';
      },
    };
    readSettings(settings);
    readSettings(settings);
    expect(reads).toBe(1);
  });

  it('names what is not an object', () => {
    expect(messageOf('likely')).toBe(`settings['thread-hygiene'] is "likely", accepted: an object.`);
  });

  it('names a misspelt setting and the nearest one', () => {
    expect(messageOf({ reprot: 'likely' })).toBe(
      `a key of settings['thread-hygiene'] is "reprot", accepted: report, fixes, types, scope, targets, process, roles, maximumFileSize, resources, senders, registrars or disposers. Did you mean "report"?`,
    );
  });

  it('does not suggest a setting that is given already', () => {
    expect(messageOf({ report: 'likely', reports: 'likely' })).not.toContain('Did you mean');
  });

  it('names a misspelt value and the nearest one', () => {
    expect(messageOf({ report: 'likley' })).toBe(
      `settings['thread-hygiene'].report is "likley", accepted: "certain", "likely" or "possible". Did you mean "likely"?`,
    );
  });

  it('suggests nothing where nothing is near', () => {
    expect(messageOf({ report: 'everything' })).toBe(
      `settings['thread-hygiene'].report is "everything", accepted: "certain", "likely" or "possible".`,
    );
  });

  it('names a value of the wrong type', () => {
    expect(messageOf({ maximumFileSize: '1 MB' })).toBe(
      `settings['thread-hygiene'].maximumFileSize is "1 MB", accepted: an integer from 1.`,
    );
  });

  it('names the position in a list', () => {
    expect(messageOf({ disposers: ['shutDown', 'close()'] })).toBe(
      `settings['thread-hygiene'].disposers[1] is "close()", accepted: a name without dots and parentheses.`,
    );
  });

  it('names every problem, each on its line', () => {
    expect(messageOf({ fixes: 'all', scope: 'project' }).split('\n')).toEqual([
      `settings['thread-hygiene'].fixes is "all", accepted: "safe" or "none".`,
      `settings['thread-hygiene'].scope is "project", accepted: "program" or "file".`,
    ]);
  });

  it('names a resource that is neither false nor a specification', () => {
    expect(messageOf({ resources: { 'acme/gate': true } })).toBe(
      `settings['thread-hygiene'].resources["acme/gate"] is true, accepted: { kind, noun, from, acquire, release } or false.`,
    );
  });

  it('names what a resource lacks', () => {
    const { noun: _, ...nameless } = gate;
    expect(messageOfResource(nameless)).toBe(`${gatePath}.noun is missing, accepted: a string.`);
  });

  it('explains the alternative that has the same keys', () => {
    expect(messageOfResource({ ...gate, from: { package: 'acme', exprt: 'Gate' } }).split('\n')).toEqual([
      `a key of ${gatePath}.from is "exprt", accepted: package, export or instances. Did you mean "export"?`,
      `${gatePath}.from.export is missing, accepted: a name without dots and parentheses or a list.`,
    ]);
  });

  it('lists the alternatives when none has the keys', () => {
    expect(messageOfResource({ ...gate, release: [{ methd: 'leave' }] })).toBe(
      `${gatePath}.release[0] is {"methd":"leave"}, accepted: { method }, { call }, { function, argument } or { receiverMethod }. Did you mean "method"?`,
    );
  });

  it('lists the words and the objects that carry a duty', () => {
    expect(messageOfResource({ ...gate, acquire: [{ how: 'method', name: 'enter', obligation: 'recever' }] })).toBe(
      `${gatePath}.acquire[0].obligation is "recever", accepted: "result", "receiver", "object", { argument }, { property }, { element } or { callback, parameter }. Did you mean "receiver"?`,
    );
  });

  it('asks for the name of a method', () => {
    expect(messageOfResource({ ...gate, acquire: [{ how: 'method', obligation: 'receiver' }] })).toBe(
      `${gatePath}.acquire[0].name is missing, accepted: the name of the method, because of how: "method".`,
    );
  });

  it('rejects the name of a call', () => {
    const acquire = [{ how: 'call', name: 'enter', obligation: 'result' }];
    expect(messageOfResource({ ...gate, acquire, release: [{ call: true }] })).toBe(
      `${gatePath}.acquire[0].name is "enter", accepted: nothing, because of how: "call".`,
    );
  });

  it('rejects a duty on the receiver of a call that has none', () => {
    expect(messageOfResource({ ...gate, acquire: [{ how: 'call', obligation: 'receiver' }] })).toBe(
      `${gatePath}.acquire[0].how is "call", accepted: "method", because the obligation is on its receiver.`,
    );
  });

  it('rejects a constructor that gives a promise or nothing', () => {
    const acquire = [{ how: 'new', awaited: true, optional: true, obligation: 'result' }];
    expect(messageOfResource({ ...gate, acquire, release: [{ call: true }] }).split('\n')).toEqual([
      `${gatePath}.acquire[0].awaited is true, accepted: false, because \`new\` gives no promise.`,
      `${gatePath}.acquire[0].optional is true, accepted: false, because \`new\` always gives an object.`,
    ]);
  });

  it('rejects a release that fits no acquire, and an acquire that no release fits', () => {
    expect(messageOfResource({ ...gate, release: [{ method: 'leave' }] }).split('\n')).toEqual([
      `${gatePath}.acquire[0].obligation is "receiver", accepted: what one of the releases ends; { receiverMethod } or { function, argument } would fit.`,
      `${gatePath}.release[0] is {"method":"leave"}, accepted: { receiverMethod } or { function, argument }, to fit an acquire.`,
    ]);
  });

  it('rejects a releaser where the duty is on an argument', () => {
    const acquire = [{ how: 'method', name: 'enter', obligation: { argument: 0 } }];
    expect(messageOfResource({ ...gate, acquire, release: [{ receiverMethod: 'leave' }, { call: true }] })).toBe(
      `${gatePath}.release[1] is {"call":true}, accepted: { method }, { receiverMethod } or { function, argument }, to fit an acquire.`,
    );
  });

  it('accepts an acquire without release if an event tells its end', () => {
    const acquire = [{ how: 'new', obligation: 'result' }];
    expect(() =>
      readSettings({ resources: { worker: { ...gate, acquire, release: [], joinedBy: [{ event: 'exit' }] } } }),
    ).not.toThrow();
  });

  it('rejects a resource that nothing acquires', () => {
    expect(messageOfResource({ ...gate, acquire: [] })).toBe(
      `${gatePath}.acquire is [], accepted: at least one acquire, or a scopedForm.`,
    );
  });
});

describe('resolveCatalogue', () => {
  const latch = { ...gate, noun: 'latch' };
  const builtIn = { 'acme/gate': gate, 'acme/latch': latch };

  it('gives the built-in resources without settings', () => {
    expect(resolveCatalogue(builtIn, {})).toEqual(builtIn);
  });

  it('replaces a resource of the same key', () => {
    expect(resolveCatalogue(builtIn, { resources: { 'acme/gate': latch } })).toEqual({
      'acme/gate': latch,
      'acme/latch': latch,
    });
  });

  it('adds a resource of a new key', () => {
    expect(Object.keys(resolveCatalogue(builtIn, { resources: { 'own/gate': gate } }))).toEqual([
      'acme/gate',
      'acme/latch',
      'own/gate',
    ]);
  });

  it('removes a resource', () => {
    expect(resolveCatalogue(builtIn, { resources: { 'acme/gate': false } })).toEqual({ 'acme/latch': latch });
  });

  it('rejects the removal of a resource that is not built in', () => {
    expect(() => resolveCatalogue(builtIn, { resources: { 'acme/gates': false } })).toThrow(
      new SettingsError([
        {
          path: `settings['thread-hygiene'].resources["acme/gates"]`,
          value: false,
          accepted: 'a specification, or false for a built-in resource (acme/gate, acme/latch)',
          suggestion: 'acme/gate',
        },
      ]),
    );
  });

  it('leaves the built-in resources as they are', () => {
    resolveCatalogue(builtIn, { resources: { 'acme/gate': false } });
    expect(Object.keys(builtIn)).toEqual(['acme/gate', 'acme/latch']);
  });
});

describe('rolesOf', () => {
  const roles = { test: ['**/*.{spec,test}.ts'], entry: ['src/main.ts'], generated: ['gen/**', '**/.cache/**'] };

  it.each([
    ['/app/src/store.test.ts', ['test']],
    ['/app/src/main.ts', ['entry']],
    ['src/main.ts', ['entry']],
    ['/app/gen/api/client.spec.ts', ['test', 'generated']],
    ['/app/src/.cache/api.ts', ['generated']],
    ['/app/packages/a/src/main.ts', []],
    ['/app/src/tests/store.ts', []],
  ])('of %s are %j', (file, expected) => {
    expect([...rolesOf(file, '/app', { roles })]).toEqual(expected);
  });

  it('gives none without settings', () => {
    expect([...rolesOf('/app/src/store.test.ts', '/app', {})]).toEqual([]);
  });
});

describe('settings.schema.json', () => {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true });
  const validate = ajv.compile(schema);

  // After a change of the types: npx vitest run tests/plugin/settings.test.ts --update
  it('is what the types say', async () => {
    const generator = createGenerator({
      path: 'src/settings.ts',
      type: 'ThreadHygieneSettings',
      tsconfig: 'tsconfig.json',
      skipTypeCheck: true,
      additionalProperties: false,
    });
    const generated = `${JSON.stringify(generator.createSchema('ThreadHygieneSettings'), null, 2)}\n`;
    await expect(generated).toMatchFileSnapshot('../../src/settings.schema.json');
  });

  it('describes every definition and every property', () => {
    const silent = [...Object.entries(schema.definitions), ...propertiesIn(schema)].filter(
      ([, it]) => !isDescribed(it),
    );
    expect(silent.map(([name]) => name)).toEqual([]);
  });

  it('accepts every setting', () => {
    expect(validate(everySetting)).toBe(true);
  });

  // Every departure is one that readSettings rejects for its shape, so that both validators are asked the same.
  it.each([
    null,
    [],
    { evidence: {} },
    { report: 'maybe' },
    { targets: { node: 20 } },
    { roles: { test: '**' } },
    { maximumFileSize: 0 },
    { maximumFileSize: 1.5 },
    { resources: { gate: true } },
    { resources: { gate: { ...gate, kind: 'door' } } },
    { resources: { gate: { ...gate, from: { global: 'Gate', export: 'Gate' } } } },
    { resources: { gate: { ...gate, acquire: [{ how: 'new', obligation: { element: -1 } }] } } },
    { resources: { gate: { ...gate, acquire: [{ how: 'new', obligation: { callback: 0 } }] } } },
    { resources: { gate: { ...gate, release: [{ call: false }] } } },
    { resources: { gate: { ...gate, release: [{ method: 'leave()' }] } } },
    { resources: { gate: { ...gate, acquireMayFail: 'yes' } } },
    { registrars: { track: { global: 'track', file: 'src/track.ts' } } },
    { disposers: 'shutDown' },
  ])('rejects what readSettings rejects: %j', settings => {
    expect(validate(settings)).toBe(false);
    expect(() => readSettings(settings)).toThrow(SettingsError);
  });
});

const gatePath = `settings['thread-hygiene'].resources["acme/gate"]`;

function messageOfResource(specification: unknown): string {
  return messageOf({ resources: { 'acme/gate': specification } });
}

function messageOf(settings: unknown): string {
  try {
    readSettings(settings);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return '';
}

/** Every property of every object that a schema describes, at any depth. */
function propertiesIn(node: unknown): [name: string, property: unknown][] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'properties' in node && typeof node.properties === 'object' ? Object.entries(node.properties ?? {}) : [];
  return [...own, ...Object.values(node).flatMap(propertiesIn)];
}

function isDescribed(node: unknown): boolean {
  return typeof node === 'object' && node !== null && 'description' in node;
}
