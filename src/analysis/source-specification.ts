/**
 * The origin of a class, function or object.
 *
 * - `global`: an unshadowed global, with a dotted path: `Worker`, `navigator.locks`.
 * - `package`: an export of a package, or of one of several packages with the same API. `default` is the default export
 *   (and what `require` gives), `*` is the module object itself. Further exports of the same meaning (a class and the
 *   interface its factories return) are given as a list.
 * - `file`: an export of a file of the linted project, matched by the end of its path: `src/locks.ts`.
 * - `module`: an export of whatever is imported by a specifier of this form, for what a bundler makes of an import.
 */
export type Source = GlobalSource | PackageSource | FileSource | ModuleSource;

/** A global. */
export interface GlobalSource {
  /** Its dotted path: `Worker`, `navigator.locks`. */
  global: string;
}

/** An export of a package. */
export interface PackageSource {
  /** The package's name, or the names of packages with the same API. */
  package: string | string[];
  /** The export's name, or the names of exports of the same meaning. */
  export: ExportPath | ExportPath[];
  /** Other exports whose call gives an instance. */
  instances?: InstanceFactory[];
}

/** An export of a file of the linted project. */
export interface FileSource {
  /** The end of the file's path: `src/locks.ts`. */
  file: string;
  /** The export's name, or the names of exports of the same meaning. */
  export: Name | Name[];
  /** Other exports whose call gives an instance. */
  instances?: InstanceFactory[];
}

/** An export of every module that is imported by a specifier of one of these forms. */
export interface ModuleSource {
  /** The forms, in which `*` stands for any text: `*?worker`, `worker-loader!*`. */
  module: string | string[];
  /** The export's name, or the names of exports of the same meaning. */
  export: ExportPath | ExportPath[];
}

/**
 * Another export whose call gives an instance: `withTimeout(mutex, 100)`. With `argument`, only if that argument is
 * an instance itself (a decorator).
 */
export interface InstanceFactory {
  /** The name of the export that is called. */
  call: Name;
  /** The argument that is an instance itself. */
  argument?: Index;
}

/** A call of a global or of a package's export (`method`: of a method on it). */
export type CallPattern = GlobalCall | PackageCall | FileCall;

/** A call of a global. */
export interface GlobalCall {
  /** Its dotted path. */
  global: string;
  /** The method on it that is called. */
  method?: Name;
}

/** A call of a package's export. */
export interface PackageCall {
  /** The package's name, or the names of packages with the same API. */
  package: string | string[];
  /** The export's name, or the names of exports that do the same with the resource. */
  export: ExportPath | ExportPath[];
  /** The method on it, or on an instance of it, that is called. */
  method?: Name;
}

/** A call of an export of a file of the linted project. */
export interface FileCall {
  /** The end of the file's path: `src/locks.ts`. */
  file: string;
  /** The export's name. */
  export: Name;
  /** The method on it, or on an instance of it, that is called. */
  method?: Name;
}

/**
 * A position in an argument, parameter or element list, from 0.
 *
 * @asType integer
 * @minimum 0
 */
export type Index = number;

/**
 * The name of an export, a method or a property: no parentheses, no dots.
 *
 * @pattern ^[^\s().]+$
 */
export type Name = string;

/**
 * The name of an export, or a dotted path into one: `unlock`, `promises.open`, `Thread.terminate`.
 *
 * @pattern ^[^\s()]+$
 */
export type ExportPath = string;
