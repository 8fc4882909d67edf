import ts from 'typescript';

import type {
  Acquire,
  CallPattern,
  ParameterEffect,
  Release,
  ResourceSpecification,
} from '../../src/analysis/specification.js';
import type { Declarations } from './declarations.js';

/** A field of a specification that the declarations contradict. */
export interface Drift {
  /** The field's path inside the specification: `acquire[0].name`. */
  field: string;
  /** What the declarations say. */
  found: string;
}

/**
 * Compares a specification with the declarations of what it describes.
 *
 * A fact holds if one of the installed versions declares it; a version that has none of the acquires is drift as well.
 */
export function driftOf(
  specification: ResourceSpecification,
  declarationsOf: (source: ResourceSpecification['from'] | CallPattern) => readonly Declarations[],
): Drift[] {
  // What a bundler makes of a module has no declarations of its own.
  if ('module' in specification.from) return [];
  const versions = declarationsOf(specification.from);
  if (versions.length === 0) return [{ field: 'from', found: 'no declarations; is the package a devDependency?' }];
  return [
    ...inEveryVersion(versions, version => driftIn(specification, version)),
    ...(versions.length > 1 ? versions.flatMap(version => uncoveredVersion(specification, version)) : []),
    ...(specification.parameters ?? []).flatMap((effect, index) => {
      const field = `parameters[${index}]`;
      const known = declarationsOf(effect.call);
      if (known.length === 0) return [{ field: `${field}.call`, found: 'no declarations' }];
      return inEveryVersion(known, version => parameterDrift(effect, field, version));
    }),
  ];
}

/** The fields that drift in every version, each once, with what all of them say. */
function inEveryVersion(versions: readonly Declarations[], drift: (version: Declarations) => Iterable<Drift>): Drift[] {
  const [first = new Map<string, string>(), ...others] = versions.map(version => {
    const drifts = new Map<string, string>();
    for (const { field, found } of drift(version)) {
      if (!drifts.has(field)) drifts.set(field, `${found} (${version.origin})`);
    }
    return drifts;
  });
  return [...first].flatMap(([field, found]) => {
    const elsewhere = others.flatMap(drifts => drifts.get(field) ?? []);
    return elsewhere.length < others.length ? [] : { field, found: [found, ...elsewhere].join('; ') };
  });
}

/** Another major version may lack some of the acquires, but not all. */
function uncoveredVersion(specification: ResourceSpecification, version: Declarations): Drift[] {
  const drifting = new Set([...driftIn(specification, version)].map(({ field }) => field.split('.')[0]));
  const isCovered = specification.acquire.some((_, index) => !drifting.has(`acquire[${index}]`));
  return isCovered ? [] : [{ field: 'acquire', found: `${version.origin} has none of these` }];
}

function* driftIn(specification: ResourceSpecification, declarations: Declarations): Generator<Drift> {
  const { from } = specification;
  if ('file' in from) return;
  const names = 'global' in from ? [from.global] : [from.export].flat();
  for (const [index, name] of names.entries()) {
    const field = 'global' in from ? 'global' : Array.isArray(from.export) ? `export[${index}]` : 'export';
    const instance = declarations.instanceOf(name);
    if (instance === undefined) yield { field: `from.${field}`, found: missingExport(name, declarations) };
    else yield* exportDrift(specification, { name, instance, declarations });
  }
  if ('package' in from) yield* instancesDrift(specification, from.instances ?? [], declarations);
}

/** One export that a specification describes. */
interface Export {
  name: string;
  instance: ts.Type;
  declarations: Declarations;
}

function* exportDrift(specification: ResourceSpecification, origin: Export): Generator<Drift> {
  const { acquire, release, scopedForm, acquireMayFail } = specification;
  const fitting = new Set<Release>();
  for (const [index, entry] of acquire.entries()) {
    yield* acquireDrift(entry, `acquire[${index}]`, origin);
    const fits = release.flatMap(end => {
      const signature = releaseSignature(end, entry, origin);
      return signature === undefined ? [] : { end, signature };
    });
    for (const { end } of fits) fitting.add(end);
    const [preferred] = fits;
    if (preferred === undefined) {
      yield { field: `acquire[${index}].obligation`, found: `no release fits ${describeCarrier(entry, origin)}` };
    } else if (isPromise(preferred.signature.getReturnType(), origin) !== (specification.awaitRelease ?? false)) {
      yield {
        field: 'awaitRelease',
        found: `the release of acquire[${index}] is ${describe(preferred.signature, origin)}`,
      };
    }
  }
  for (const [index, end] of release.entries()) {
    if (fitting.has(end)) continue;
    const [key = ''] = Object.keys(end);
    const carriers = acquire.map(entry => describeCarrier(entry, origin)).join(', ');
    yield { field: `release[${index}].${key}`, found: `it ends none of ${carriers}` };
  }
  for (const [field, names = []] of [
    ['neverThrows', specification.neverThrows],
    ['uselessAfterRelease', specification.uselessAfterRelease],
  ] as const) {
    const carried = acquire.flatMap(entry =>
      acquireSignatures(entry, origin).flatMap(signature => carriedType(entry, signature, origin) ?? []),
    );
    for (const [index, name] of names.entries()) {
      if (carried.every(type => propertyType(type, name, origin) === undefined)) {
        yield { field: `${field}[${index}]`, found: missingMember(name, origin) };
      }
    }
  }
  if (scopedForm !== undefined) {
    const signatures = methodSignatures(scopedForm.method, origin);
    const takesFunction = signatures.some(signature => {
      const position = scopedForm.callback === 'last' ? signature.parameters.length - 1 : scopedForm.callback;
      return parameterFunctions(signature, position, origin).length > 0;
    });
    if (signatures.length === 0) yield { field: 'scopedForm.method', found: missingMember(scopedForm.method, origin) };
    else if (!takesFunction) yield { field: 'scopedForm.callback', found: describeAll(signatures, origin) };
  }
  if (typeof acquireMayFail === 'object') {
    const signatures = acquire.flatMap(entry => acquireSignatures(entry, origin));
    if (signatures.every(signature => signature.parameters[acquireMayFail.argument] === undefined)) {
      yield { field: 'acquireMayFail.argument', found: describeAll(signatures, origin) };
    }
  }
}

function* acquireDrift(acquire: Acquire, field: string, origin: Export): Generator<Drift> {
  const signatures = acquireSignatures(acquire, origin);
  if (signatures.length === 0) {
    if (acquire.name !== undefined) yield { field: `${field}.name`, found: missingMember(acquire.name, origin) };
    else yield { field: `${field}.how`, found: `\`${origin.name}\` is ${show(origin.instance, origin)}` };
    return;
  }
  const isCallback = typeof acquire.obligation === 'object' && 'callback' in acquire.obligation;
  const { awaited = false } = acquire;
  if (!isCallback && !signatures.some(signature => isPromise(signature.getReturnType(), origin) === awaited)) {
    yield { field: `${field}.awaited`, found: describeAll(signatures, origin) };
  }
  if (!signatures.some(signature => carriedType(acquire, signature, origin) !== undefined)) {
    yield { field: `${field}.obligation`, found: describeAll(signatures, origin) };
  }
  const results = signatures.map(signature => fulfilled(acquire, signature, origin));
  if (acquire.optional === true && !results.some(result => admitsNothing(result, nothing | ts.TypeFlags.NumberLike))) {
    yield { field: `${field}.optional`, found: `it always gives something: ${describeAll(signatures, origin)}` };
  }
  // A number may be -1, but also a file descriptor.
  if (acquire.optional !== true && acquire.obligation === 'result' && results.some(result => admitsNothing(result))) {
    yield { field: `${field}.optional`, found: `it may give nothing: ${describeAll(signatures, origin)}` };
  }
}

function* instancesDrift(
  { acquire }: ResourceSpecification,
  factories: readonly { call: string; argument?: number }[],
  declarations: Declarations,
): Generator<Drift> {
  const methods = acquire.flatMap(({ name = [] }) => name);
  for (const [index, { call, argument = -1 }] of factories.entries()) {
    const signatures = declarations.valueOf(call)?.getCallSignatures() ?? [];
    const isInstance = (type: ts.Type | undefined) => methods.every(name => type?.getProperty(name) !== undefined);
    if (signatures.length === 0) {
      yield { field: `from.instances[${index}].call`, found: missingExport(call, declarations) };
    } else if (!signatures.some(signature => isInstance(signature.getReturnType()))) {
      yield { field: `from.instances[${index}].call`, found: describeAll(signatures, { declarations }) };
    } else if (argument >= 0 && !signatures.some(it => isInstance(parameterType(it, argument, { declarations })))) {
      yield { field: `from.instances[${index}].argument`, found: describeAll(signatures, { declarations }) };
    }
  }
}

function* parameterDrift(
  { call, argument, property }: ParameterEffect,
  field: string,
  declarations: Declarations,
): Generator<Drift> {
  if ('file' in call) return;
  const names = 'global' in call ? [call.global] : [call.export].flat();
  for (const name of names) {
    const instance = declarations.instanceOf(name);
    if (instance === undefined) {
      yield { field: `${field}.call`, found: missingExport(name, declarations) };
      continue;
    }
    const origin = { name, instance, declarations };
    const signatures = call.method === undefined ? ownSignatures(origin) : methodSignatures(call.method, origin);
    if (signatures.length === 0) {
      yield { field: `${field}.call.method`, found: missingMember(call.method ?? name, origin) };
    } else if (argument !== undefined && signatures.every(signature => !takesArgument(signature, argument))) {
      yield { field: `${field}.argument`, found: describeAll(signatures, origin) };
    } else if (property !== undefined && signatures.every(signature => !takesProperty(signature, argument ?? 0, property, origin))) {
      yield { field: `${field}.property`, found: describeAll(signatures, origin) };
    }
  }
}

/** Whether the object at a position may have a property of that name. */
function takesProperty({ parameters }: ts.Signature, position: number, name: string, { declarations }: Export): boolean {
  const { checker } = declarations;
  const parameter = parameters[position];
  const type = parameter && checker.getNonNullableType(checker.getTypeOfSymbol(parameter));
  return type !== undefined && checker.getPropertyOfType(type, name) !== undefined;
}

/** The signatures by which an export itself is called or constructed. */
function ownSignatures({ name, declarations }: Export): readonly ts.Signature[] {
  const value = declarations.valueOf(name);
  return [...(value?.getCallSignatures() ?? []), ...(value?.getConstructSignatures() ?? [])];
}

function takesArgument({ parameters }: ts.Signature, position: number): boolean {
  const last = parameters.at(-1)?.valueDeclaration;
  const isRest = last !== undefined && ts.isParameter(last) && last.dotDotDotToken !== undefined;
  return isRest || position < parameters.length;
}

function acquireSignatures(acquire: Acquire, origin: Export): readonly ts.Signature[] {
  if (acquire.how === 'method') return methodSignatures(acquire.name ?? '', origin);
  const value = origin.declarations.valueOf(origin.name);
  return (acquire.how === 'new' ? value?.getConstructSignatures() : value?.getCallSignatures()) ?? [];
}

/** The signature of a release that ends what the acquire gives. */
function releaseSignature(release: Release, acquire: Acquire, origin: Export): ts.Signature | undefined {
  const values = acquireSignatures(acquire, origin).flatMap(signature => carriedType(acquire, signature, origin) ?? []);
  const takes =
    (position = -1) =>
    (signature: ts.Signature) =>
      signature.parameters.length > position;
  if ('receiverMethod' in release) {
    return methodSignatures(release.receiverMethod, origin).find(takes(release.argument));
  }
  if ('function' in release) {
    return origin.declarations.valueOf(release.function)?.getCallSignatures().find(takes(release.argument));
  }
  return values
    .flatMap(value =>
      'call' in release ? value.getCallSignatures() : methodSignatures(release.method, { ...origin, instance: value }),
    )
    .at(0);
}

/** The type of what carries the duty, `undefined` if the signature has no such part. */
function carriedType(acquire: Acquire, signature: ts.Signature, origin: Export): ts.Type | undefined {
  const { obligation } = acquire;
  const { checker } = origin.declarations;
  const result = checker.getNonNullableType(fulfilled(acquire, signature, origin));
  if (obligation === 'result') return result;
  if (obligation === 'receiver' || obligation === 'object') return origin.instance;
  if ('argument' in obligation) return parameterType(signature, obligation.argument, origin);
  if ('property' in obligation) {
    const types = [obligation.property].flat().map(name => propertyType(result, name, origin));
    return types.every(type => type !== undefined) ? types[0] : undefined;
  }
  if ('element' in obligation) return propertyType(result, String(obligation.element), origin);
  const [callback] = parameterFunctions(signature, obligation.callback, origin).filter(
    ({ parameters }) => parameters.length > Math.max(obligation.parameter, obligation.error ?? 0),
  );
  const carried = callback && parameterType(callback, obligation.parameter, origin);
  return carried && checker.getNonNullableType(carried);
}

function fulfilled(acquire: Acquire, signature: ts.Signature, { declarations: { checker } }: Export): ts.Type {
  const result = signature.getReturnType();
  return acquire.awaited === true ? (checker.getAwaitedType(result) ?? result) : result;
}

/** Of a method of the instances, or of the class itself: `URL.createObjectURL`. */
function methodSignatures(name: string, { instance, ...origin }: Export): readonly ts.Signature[] {
  const own = propertyType(instance, name, origin) ?? staticType(name, origin);
  return own?.getCallSignatures() ?? [];
}

function staticType(name: string, origin: Omit<Export, 'instance'>): ts.Type | undefined {
  const value = origin.declarations.valueOf(origin.name);
  return value && propertyType(value, name, origin);
}

type Origin = Pick<Export, 'declarations'>;

function propertyType(type: ts.Type, name: string, { declarations: { checker } }: Origin): ts.Type | undefined {
  const property = type.getProperty(name);
  return property && checker.getNonNullableType(checker.getTypeOfSymbol(property));
}

function parameterType(signature: ts.Signature, position: number, { declarations }: Origin): ts.Type | undefined {
  const parameter = signature.parameters[position];
  return parameter && declarations.checker.getTypeOfSymbol(parameter);
}

/** The signatures of the function that is passed at a position. */
function parameterFunctions(signature: ts.Signature, position: number, origin: Origin): readonly ts.Signature[] {
  const type = parameterType(signature, position, origin);
  return (type?.isUnion() ? type.types : [type]).flatMap(member => member?.getCallSignatures() ?? []);
}

function isPromise(type: ts.Type, origin: Origin): boolean {
  return propertyType(type, 'then', origin) !== undefined;
}

const nothing = ts.TypeFlags.Any | ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.BooleanLike;

/** Whether the type has a value that says that nothing was acquired; `any` may be anything. */
function admitsNothing(type: ts.Type, flags = nothing): boolean {
  return (type.isUnion() ? type.types : [type]).some(member => (member.flags & flags) !== 0);
}

function missingExport(name: string, { names, origin }: Declarations): string {
  return names.length === 0 ? `${origin} has no \`${name}\`` : `no export \`${name}\`, but ${names.join(', ')}`;
}

function missingMember(name: string, { name: owner, instance }: Export): string {
  const members = instance.getProperties().map(member => member.name);
  return `no method \`${name}\` on \`${owner}\`, but ${members.join(', ')}`;
}

function describeCarrier(acquire: Acquire, origin: Export): string {
  return `${JSON.stringify(acquire.obligation)} of ${describeAll(acquireSignatures(acquire, origin), origin)}`;
}

function describeAll(signatures: readonly ts.Signature[], origin: Origin): string {
  return signatures.map(signature => describe(signature, origin)).join(' or ') || 'nothing that is called';
}

function describe(signature: ts.Signature, { declarations }: Origin): string {
  return `\`${declarations.checker.signatureToString(signature)}\``;
}

function show(type: ts.Type, { declarations }: Origin): string {
  return `\`${declarations.checker.typeToString(type)}\``;
}
