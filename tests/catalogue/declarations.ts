import { isBuiltin } from 'node:module';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

import type { CallPattern, Source } from '../../src/analysis/specification.js';

/** What one version of a package, or the global scope, declares. */
export interface Declarations {
  /** What messages call it: `async-mutex/lib/index.d.ts`, `the global scope`. */
  origin: string;
  checker: ts.TypeChecker;
  /** The names of the exports, with `default` for `export =`; for the global scope none, there are too many. */
  names: string[];
  /** The type of an export's (or a global's) value, `undefined` if it has none. Dotted paths lead into it. */
  valueOf(name: string): ts.Type | undefined;
  /** The type of the instances of an exported class or interface; of anything else, its own type. */
  instanceOf(name: string): ts.Type | undefined;
}

/** Declarations that resolving the package's name does not find: of another version, or beside its `exports`. */
const furtherVersions: Record<string, string[]> = {
  '@chainsafe/threads': ['@chainsafe/threads/dist/index.d.ts'],
  redlock: ['redlock/dist/index.d.ts'],
  threads: ['threads/dist/index.d.ts'],
  typeorm: ['typeorm-0.3/index.d.ts'],
};

const root = fileURLToPath(new URL('../..', import.meta.url));
const modules = resolve(root, 'node_modules');
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.esnext.disposable.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: ['node'],
  strict: true,
  noEmit: true,
};

/**
 * Reads the real declarations of all sources in one program.
 *
 * @returns the declarations of one source, an entry for each installed version; empty if none is installed.
 */
export function loadDeclarations(
  sources: readonly (Source | CallPattern)[],
): (source: Source | CallPattern) => Declarations[] {
  const program = ts.createProgram(sources.flatMap(filesOf), options);
  const checker = program.getTypeChecker();
  return source => {
    if ('global' in source) return [declarationsOfGlobals(program, checker)];
    const builtins = checker.getAmbientModules().filter(({ name }) => builtinsOf(source).includes(name));
    if (builtins.length > 0) return builtins.map(module => declarationsOfModule(module.name, module, checker));
    return filesOf(source).flatMap(path => {
      const file = program.getSourceFile(path);
      const module = file && checker.getSymbolAtLocation(file);
      return module === undefined ? [] : [declarationsOfModule(path, module, checker)];
    });
  };
}

/** The builtin modules that a source names, as the declarations of Node quote them. */
function builtinsOf(source: Source | CallPattern): string[] {
  return 'package' in source ? [source.package].flat().filter(isBuiltin).map(name => `"${name}"`) : [];
}

function filesOf(source: Source | CallPattern): string[] {
  if (!('package' in source)) return [];
  return [source.package].flat().flatMap(name => {
    const { resolvedModule } = ts.resolveModuleName(name, resolve(root, 'package.json'), options, ts.sys);
    const others = (furtherVersions[name] ?? []).map(path => resolve(modules, path));
    return resolvedModule === undefined ? others : [resolvedModule.resolvedFileName, ...others];
  });
}

function declarationsOfModule(path: string, module: ts.Symbol, checker: ts.TypeChecker): Declarations {
  const exports = new Map(checker.getExportsOfModule(module).map(symbol => [symbol.name, symbol]));
  const assigned = module.exports?.get(ts.InternalSymbolName.ExportEquals);
  if (assigned !== undefined && !exports.has('default')) exports.set('default', assigned);
  const find = (name: string) => {
    const symbol = exports.get(name);
    if (symbol === undefined) return undefined;
    return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  };
  const valueOf = (path: string) => {
    const [name = '', ...members] = path.split('.');
    const symbol = find(name);
    const type = symbol && symbol.flags & ts.SymbolFlags.Value ? checker.getTypeOfSymbol(symbol) : undefined;
    return memberType(type, members, checker);
  };
  return {
    origin: relative(modules, path),
    checker,
    names: [...exports.keys()],
    valueOf,
    instanceOf: name => {
      const symbol = find(name);
      if (symbol === undefined) return valueOf(name);
      const isType = symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface);
      return isType ? checker.getDeclaredTypeOfSymbol(symbol) : checker.getTypeOfSymbol(symbol);
    },
  };
}

/** The type that a path of members leads to. */
function memberType(type: ts.Type | undefined, members: readonly string[], checker: ts.TypeChecker): ts.Type | undefined {
  return members.reduce((owner, member) => {
    const property = owner?.getProperty(member);
    return property && checker.getTypeOfSymbol(property);
  }, type);
}

function declarationsOfGlobals(program: ts.Program, checker: ts.TypeChecker): Declarations {
  const [library] = program.getSourceFiles();
  const globals = library === undefined ? [] : checker.getSymbolsInScope(library, ts.SymbolFlags.Value);
  const valueOf = (path: string) => {
    const [name, ...members] = path.split('.');
    const variable = globals.find(symbol => symbol.name === name);
    return memberType(variable && checker.getTypeOfSymbol(variable), members, checker);
  };
  return {
    origin: 'the global scope',
    checker,
    names: [],
    valueOf,
    instanceOf: name => valueOf(name)?.getConstructSignatures()[0]?.getReturnType() ?? valueOf(name),
  };
}
