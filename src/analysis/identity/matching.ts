import type { InstanceFactory, Source } from '../specification.js';
import type { Origin } from '../types/types.js';
import { declaredNames } from './declared-names.js';
import { hasForm, namesFile, namesPackage, packageNameOf, relativeImport } from './modules.js';
import type { Evaluation, Value } from './value.js';
import { unknown } from './value.js';

/** Compares what an expression denotes with the source of a specification. */
export interface Matcher {
  /** Whether `value` is the export or the global that `source` names. */
  isExport(value: Value, source: Source): boolean;
  /** Whether `value` is an instance of it. */
  isInstance(value: Value, source: Source): boolean;
}

type Exporting = Exclude<Source, { global: string }>;

/** The source of the export `name` of the same package or file as `source`, or of a global beside it. */
export function siblingSource(source: Source, name: string): Source {
  if ('global' in source) return { global: [...source.global.split('.').slice(0, -1), name].join('.') };
  return { ...source, export: name };
}

/** The comparisons for the file `filename`. */
export function createMatcher(evaluation: Evaluation, filename: string): Matcher {
  const program = evaluation.sourceCode.ast;
  return { isExport, isInstance };

  function isExport(value: Value, source: Source): boolean {
    switch (value.kind) {
      case 'global':
        return 'global' in source && value.path.join('.') === source.global;
      case 'module':
        return !('global' in source) && hasName(source, exportNames(value.path)) && isModule(value.specifier, source);
      case 'class':
      case 'function':
      case 'interface':
        return !('global' in source) && isInFile(filename, source) && hasName(source, declaredNames(value.node, program));
      case 'every':
        return value.of.every(alternative => isExport(alternative, source));
      case 'some':
        return value.of.some(alternative => isExport(alternative, source));
      default:
        return false;
    }
  }

  function isInstance(value: Value, source: Source, depth = 0): boolean {
    switch (value.kind) {
      case 'instance':
        if (isExport(value.of, source)) return true;
        return depth < maximumDepth && parentsOf(value.of).some(parent => isInstance(parent, source, depth + 1));
      case 'result':
        return 'instances' in source && source.instances.some(factory => isMadeBy(value, factory, source));
      case 'every':
        return value.of.every(alternative => isInstance(alternative, source, depth));
      case 'some':
        return value.of.some(alternative => isInstance(alternative, source, depth));
      default:
        return false;
    }
  }

  /** The instances that an instance of a class or interface of this file also is. */
  function parentsOf(type: Value): Value[] {
    if (type.kind !== 'class' && type.kind !== 'interface') return [];
    const heritage = type.kind === 'class' ? [type.node.superClass] : type.node.extends.map(parent => parent.expression);
    return heritage.map(parent =>
      parent === null || parent === type.node ? unknown : { kind: 'instance', of: evaluation.valueOf(parent) },
    );
  }

  function isMadeBy(value: Value & { kind: 'result' }, factory: InstanceFactory, source: Source): boolean {
    if (!isExport(value.callee, siblingSource(source, factory.call))) return false;
    if (factory.argument === undefined) return true;
    const argument = value.call.arguments[factory.argument];
    return argument !== undefined && isInstance(evaluation.valueOf(argument), source);
  }

  function isModule(specifier: string, source: Exporting): boolean {
    if ('module' in source) return listOf(source.module).some(form => hasForm(specifier, form));
    if ('package' in source) {
      if (listOf(source.package).some(name => namesPackage(specifier, name))) return true;
    }
    const imported = relativeImport(specifier, filename);
    return imported !== undefined && isInFile(imported, source);
  }

  function isInFile(file: string, source: Exporting): boolean {
    if ('file' in source) return namesFile(file, source.file);
    if ('module' in source) return false;
    const own = packageNameOf(filename);
    return own !== undefined && listOf(source.package).includes(own);
  }
}

/** Whether what is declared at `origin` is what `source` names. */
export function isDeclared(origin: Origin, source: Source): boolean {
  if ('global' in source) return origin.isGlobal && origin.names.has(source.global);
  if (!hasName(source, origin.names)) return false;
  if ('file' in source) return namesFile(origin.file, source.file);
  // What a bundler makes of an import is declared for all imports of that form at once, or not at all.
  if ('module' in source) return false;
  const name = origin.package ?? packageNameOf(origin.file);
  return name !== undefined && listOf(source.package).some(wanted => namesPackage(name, wanted));
}

/** A class that extends itself by way of others is an error, but it must not hang the analysis. */
const maximumDepth = 20;

function hasName(source: Exporting, names: ReadonlySet<string>): boolean {
  return listOf(source.export).some(name => names.has(name));
}

/**
 * The names under which `path` into a module is known. A CommonJS module's object is its default export too, and
 * `default` in front of a path may be either that object or a real default export.
 */
function exportNames(path: readonly string[]): ReadonlySet<string> {
  const start = path.findIndex(name => name !== 'default');
  return start === -1 ? new Set(['default', '*']) : new Set([path.slice(start).join('.')]);
}

function listOf(names: string | string[]): string[] {
  return typeof names === 'string' ? [names] : names;
}
