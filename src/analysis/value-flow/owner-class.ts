import { isTerminalName } from '../classes/disposers.js';
import type { ResourceSpecification } from '../specification.js';

/** What decides whether the instances of a class own a resource, read from the syntax of the class. */
export interface ClassSketch {
  /** Where it puts fresh resources into its fields. */
  readonly starts: readonly Start[];
  /** The functions with a body that run on its instances; what initialises its fields belongs to the constructor. */
  readonly methods: readonly MethodSketch[];
  /** The methods that its constructor calls in any case. */
  readonly initialisers: ReadonlySet<string>;
}

/** A fresh resource that a class puts into a field, or into a container in a field. */
export interface Start {
  readonly key: string;
  readonly specification: ResourceSpecification;
  readonly field: string;
  /** The method in which that happens. */
  readonly method: string;
  /** No condition stands before it inside the method. */
  readonly isCertain: boolean;
}

/** One method of a class. */
export interface MethodSketch {
  /** Its name; `constructor` for the constructor. */
  readonly name: string;
  /** Whether it gives a promise. */
  readonly isAsync: boolean;
  /** The members of `this` that it mentions. */
  readonly members: ReadonlySet<string>;
  /** The names of the methods that it calls on anything but `this`. */
  readonly calls: ReadonlySet<string>;
}

/** A resource that the instances of a class own and end. */
export interface OwnedResource {
  /** The key of what they own. */
  readonly key: string;
  /** What an instance is to whoever makes it: acquired by `new`, released by the methods that end what it owns. */
  readonly specification: ResourceSpecification;
  /** The fields that hold it. */
  readonly fields: ReadonlySet<string>;
  /** The methods that start it, where the constructor does not. */
  readonly startedBy?: ReadonlySet<string>;
}

/** The constructor of a class, among its methods. */
export const constructorName = 'constructor';

/** Methods of containers that put something into them. */
export const addingMethods: ReadonlySet<string> = new Set(['add', 'push', 'set', 'unshift']);

/** How many variables a resource is followed through on its way into a field. */
export const maximumVariables = 3;

/** Functions that run their callback at once: `Array.from({ length }, () => new Worker(url))`. */
export const runningCallees: ReadonlySet<string> = new Set(['forEach', 'from', 'map']);

/**
 * What the instances of a class own: a resource in a field of theirs that a terminal disposer of the class ends. A class
 * that ends it without being told to owns nothing for its creator.
 *
 * @param furtherNames further names of terminal disposers
 */
export function ownedResourceOf(sketch: ClassSketch, furtherNames: readonly string[]): OwnedResource | undefined {
  const { methods, initialisers, starts } = sketch;
  for (const { key, specification, field } of starts) {
    const releases = new Set(specification.release.flatMap(releaseName));
    const ending = reaching(methods.filter(({ members, calls }) => members.has(field) && meets(calls, releases)));
    const terminal = [...ending].filter(name => isTerminalName(name, furtherNames) && !isHidden(name));
    if (terminal.length === 0 || ending.has(constructorName)) {
      continue;
    }
    const others = [...ending].filter(name => !terminal.includes(name) && !name.startsWith('#'));
    const own = starts.filter(start => start.field === field);
    const isStarted = own.some(
      ({ method, isCertain }) => isCertain && (method === constructorName || initialisers.has(method)),
    );
    const starting = reaching(methods.filter(({ name }) => own.some(({ method }) => method === name)));
    starting.delete(constructorName);
    const useless = new Set(specification.uselessAfterRelease);
    const using = reaching(methods.filter(({ members, calls }) => members.has(field) && meets(calls, useless)));
    return {
      key,
      specification: ownerSpecification(specification, {
        release: [...terminal, ...others].map(method => ({ method })),
        awaitRelease: methods.some(({ name, isAsync }) => name === terminal[0] && isAsync),
        uselessAfterRelease: [...using, ...starting].filter(name => name !== constructorName && !ending.has(name)),
      }),
      fields: new Set([field]),
      ...(isStarted ? {} : { startedBy: starting }),
    };
  }
  return undefined;

  /** The methods that are among `first`, or mention one of them, and so on. */
  function reaching(first: readonly MethodSketch[]): Set<string> {
    const found = new Set(first.map(({ name }) => name));
    for (let size = -1; size < found.size; ) {
      size = found.size;
      for (const { name, members } of methods) {
        if (meets(members, found)) found.add(name);
      }
    }
    return found;
  }
}

/** What an instance of a class is that extends `specification`'s own: it is released in the same way. */
export function ownerSpecification(
  specification: ResourceSpecification,
  own: Partial<Pick<ResourceSpecification, 'awaitRelease' | 'release' | 'uselessAfterRelease'>> = {},
): ResourceSpecification {
  const { joinedBy, script, parameters, ...rest } = specification;
  return {
    ...rest,
    ...(script?.endsWhen === 'collected' ? { collected: 'withoutListener' as const } : {}),
    acquire: [{ how: 'new', obligation: 'result' }],
    ...own,
  };
}

function releaseName(release: ResourceSpecification['release'][number]): string[] {
  if ('method' in release) return [release.method];
  return 'function' in release ? release.function.split('.').slice(-1) : [];
}

/** `[Symbol.dispose]` is not called by name. */
function isHidden(name: string): boolean {
  return name.startsWith('#') || name.startsWith('[');
}

function meets(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return [...left].some(name => right.has(name));
}
