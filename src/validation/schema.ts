import { either, memberPath, nearest, quote, type SettingsProblem } from './problem.js';

/** The part of JSON Schema (draft 7) that `settings.schema.json` uses. */
export interface Schema {
  $ref?: string | undefined;
  anyOf?: Schema[] | undefined;
  const?: unknown;
  enum?: unknown[] | undefined;
  type?: string | undefined;
  properties?: Record<string, Schema | undefined> | undefined;
  required?: string[] | undefined;
  additionalProperties?: boolean | Schema | undefined;
  items?: Schema | undefined;
  minimum?: number | undefined;
  pattern?: string | undefined;
}

/** A schema with the definitions that its references name. */
export interface RootSchema extends Schema {
  definitions: Record<string, Schema | undefined>;
}

/**
 * Where `value` departs from `schema`, each with what is accepted there.
 *
 * A general validator answers a wrong member of a union with the failures of every alternative (30 lines for three
 * typos) and would double the time it takes to load the plugin. This one explains the alternative that was meant.
 */
export function schemaProblems(root: RootSchema, value: unknown, path: string): SettingsProblem[] {
  return problemsOf(root, value, path);

  function problemsOf(schema: Schema, value: unknown, path: string): SettingsProblem[] {
    const alternatives = alternativesOf(schema);
    const results = alternatives.map(alternative => ({
      shared: sharedKeys(alternative, value),
      isMeant: isContainer(alternative, value),
      problems: alternativeProblems(alternative, value, path),
    }));
    if (results.some(({ problems }) => problems.length === 0)) return [];
    const meant = results.filter(({ isMeant }) => isMeant);
    const mostShared = Math.max(...meant.map(({ shared }) => shared));
    if (meant.length === 1 || (meant.length > 1 && mostShared > 0)) {
      const likeliest = meant.filter(({ shared }) => shared === mostShared).map(({ problems }) => problems);
      return likeliest.reduce((best, next) => (next.length < best.length ? next : best));
    }
    const words = alternatives.flatMap(wordsOf);
    const suggestions = (isRecord(value) ? Object.keys(value) : [value]).map(word => nearest(word, words));
    const accepted = either(alternatives.map(acceptedBy));
    return [{ path, value, accepted, ...suggestions.find(({ suggestion }) => suggestion !== undefined) }];
  }

  /** The schema without references and unions. */
  function alternativesOf(schema: Schema): Schema[] {
    if (schema.$ref !== undefined) {
      return alternativesOf(root.definitions[schema.$ref.replace('#/definitions/', '')] ?? {});
    }
    return schema.anyOf === undefined ? [schema] : schema.anyOf.flatMap(alternativesOf);
  }

  function alternativeProblems(schema: Schema, value: unknown, path: string): SettingsProblem[] {
    if (!accepts(schema, value)) return [{ path, value, accepted: acceptedBy(schema) }];
    if (Array.isArray(value)) {
      return value.flatMap((item: unknown, index) => problemsOf(schema.items ?? {}, item, memberPath(path, index)));
    }
    return isRecord(value) ? [...keyProblems(schema, value, path), ...missingKeys(schema, value, path)] : [];
  }

  function keyProblems(schema: Schema, value: Record<string, unknown>, path: string): SettingsProblem[] {
    const { properties = {}, additionalProperties = true } = schema;
    const accepted = Object.keys(properties);
    return Object.entries(value).flatMap(([key, member]) => {
      const memberSchema = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
      if (typeof memberSchema === 'object') return problemsOf(memberSchema, member, memberPath(path, key));
      if (memberSchema === true) return [];
      const unused = accepted.filter(name => !Object.hasOwn(value, name));
      return { path: `a key of ${path}`, value: key, accepted: either(accepted), ...nearest(key, unused) };
    });
  }

  function missingKeys(
    { required = [], properties = {} }: Schema,
    value: Record<string, unknown>,
    path: string,
  ): SettingsProblem[] {
    return required
      .filter(key => !Object.hasOwn(value, key))
      .map(key => ({
        path: memberPath(path, key),
        value: undefined,
        accepted: either(alternativesOf(properties[key] ?? {}).map(acceptedBy)),
      }));
  }
}

/** Whether the value itself, apart from its members, is what an alternative accepts. */
function accepts(schema: Schema, value: unknown): boolean {
  if (schema.const !== undefined) return value === schema.const;
  if (schema.enum !== undefined) return schema.enum.includes(value);
  switch (schema.type) {
    case 'object':
      return isRecord(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value) && Number(value) >= (schema.minimum ?? -Infinity);
    case 'string':
      return typeof value === 'string' && new RegExp(schema.pattern ?? '', 'u').test(value);
    case 'boolean':
      return typeof value === 'boolean';
    default:
      return true;
  }
}

/** Whether both are objects or both are lists, so that the members of the value tell what is wrong with it. */
function isContainer({ type }: Schema, value: unknown): boolean {
  return Array.isArray(value) ? type === 'array' : isRecord(value) && type === 'object';
}

function sharedKeys({ properties = {} }: Schema, value: unknown): number {
  return isRecord(value) ? Object.keys(value).filter(key => Object.hasOwn(properties, key)).length : 0;
}

/** What an alternative accepts, in words. */
function acceptedBy({ const: constant, enum: words, type, required, pattern, minimum }: Schema): string {
  if (constant !== undefined) return quote(constant);
  if (words !== undefined) return either(words.map(quote));
  switch (type) {
    case 'object':
      return required === undefined ? 'an object' : `{ ${required.join(', ')} }`;
    case 'array':
      return 'a list';
    case 'integer':
      return `an integer from ${minimum}`;
    case 'string':
      return pattern === undefined ? 'a string' : 'a name without dots and parentheses';
    case 'boolean':
      return 'true or false';
    default:
      return 'anything';
  }
}

/** The words that an alternative knows: its constants, or its keys. */
function wordsOf({ const: constant, enum: words = [], properties = {} }: Schema): string[] {
  return [...[constant, ...words].filter(word => typeof word === 'string'), ...Object.keys(properties)];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
