import type * as ts from 'typescript';

import type { Types } from '../types/types.js';
import { ownershipTags } from '../value-flow/ownership-tags.js';
import type { Callees } from './callees.js';
import { documentationOf } from './documentation.js';
import { returnedCalls } from './returns.js';
import { hasModifier, isFunctionValue, skipWrappers } from './syntax.js';

/** The gate: tells calls that may get a fresh resource from their callee by the callee's name alone. */
export interface HandingNames {
  mayHandOver(call: ts.CallExpression): boolean;
}

/** The functions of one file that return what they called, by their names: the names of those calls. */
type Returners = ReadonlyMap<string, readonly string[]>;

/** Stands for an acquire where the documentation of a function gives the result to the caller. */
const tag = '@owns';

const returnersOf = new WeakMap<ts.SourceFile, Returners>();

/**
 * Collects the names of the program's own functions which return the value of a call that is named in `acquires`, or of
 * another such function, or say so in their documentation. Only files with one of those words in their text are read, each once, and no types are asked
 * (imports under another name are followed): resolving every call of a program would cost more than all the rest.
 */
export function createHandingNames(
  { program, typescript }: Types<ts.Node>,
  callees: Callees,
  acquires: ReadonlySet<string>,
): HandingNames {
  const sources = new Set([...acquires, tag]);
  let names: ReadonlySet<string> | undefined;
  return { mayHandOver };

  function mayHandOver(call: ts.CallExpression): boolean {
    names ??= namesIn();
    const callee = skipWrappers(call.expression, typescript);
    if (typescript.isPropertyAccessExpression(callee)) {
      return names.has(callee.name.text);
    }
    return typescript.isIdentifier(callee) && (names.has(callee.text) || isHandingDefault(callee, names));
  }

  /** A default export has the name that its importer gives it. */
  function isHandingDefault(callee: ts.Identifier, handing: ReadonlySet<string>): boolean {
    return handing.has('default') && callees.symbolOf(callee)?.name === 'default';
  }

  function namesIn(): ReadonlySet<string> {
    const own = program.getSourceFiles().filter(file => !file.isDeclarationFile);
    const words = new RegExp(anyOf(sources), 'u');
    const returners = own.filter(({ text }) => words.test(text)).flatMap(file => [...returnersIn(file)]);
    const found = new Set<string>();
    for (let size = -1; size < found.size;) {
      size = found.size;
      for (const [name, called] of returners) {
        if (called.some(callee => sources.has(callee) || found.has(callee))) {
          found.add(name);
        }
      }
    }
    for (let other = otherNames(found, own); other.length > 0; other = otherNames(new Set(other), own)) {
      other = other.filter(name => !found.has(name));
      other.forEach(name => found.add(name));
    }
    return found;
  }

  function returnersIn(file: ts.SourceFile): Returners {
    let returners = returnersOf.get(file);
    if (returners === undefined) {
      returners = collectReturners(file);
      returnersOf.set(file, returners);
    }
    return returners;
  }

  function collectReturners(file: ts.SourceFile): Returners {
    const returners = new Map<string, readonly string[]>();
    const visit = (node: ts.Node): void => {
      if (isFunctionWithBody(node) && node.body !== undefined) {
        const called = returnedCalls(node.body, typescript)?.flatMap(({ call }) => calledName(call) ?? []) ?? [];
        if (ownershipTags(documentationOf(node, typescript)).result === 'owns') {
          called.push(tag);
        }
        for (const name of called.length === 0 ? [] : namesOf(node)) {
          returners.set(name, [...(returners.get(name) ?? []), ...called]);
        }
      }
      typescript.forEachChild(node, visit);
    };
    visit(file);
    return returners;
  }

  function isFunctionWithBody(
    node: ts.Node,
  ): node is ts.ArrowFunction | ts.FunctionDeclaration | ts.FunctionExpression | ts.MethodDeclaration {
    return (
      typescript.isFunctionDeclaration(node) ||
      typescript.isMethodDeclaration(node) ||
      isFunctionValue(node, typescript)
    );
  }

  function calledName({ expression }: ts.CallExpression | ts.NewExpression): string | undefined {
    const callee = skipWrappers(expression, typescript);
    const name = typescript.isPropertyAccessExpression(callee) ? callee.name : callee;
    return typescript.isIdentifier(name) || typescript.isPrivateIdentifier(name) ? name.text : undefined;
  }

  /** The names under which callers know the function. */
  function namesOf(node: ts.FunctionLikeDeclaration): string[] {
    const { parent } = node;
    const isValue = isFunctionValue(node, typescript);
    const named = isValue && 'name' in parent ? typescript.getNameOfDeclaration(parent) : node.name;
    const isDefault = hasModifier(node, typescript.ModifierFlags.Default, typescript);
    const name =
      named !== undefined && (typescript.isIdentifier(named) || typescript.isPrivateIdentifier(named))
        ? [named.text]
        : [];
    return isDefault || typescript.isExportAssignment(parent) ? [...name, 'default'] : name;
  }
}

/** The names that imports and exports give to these: `import { lock as acquireLock }`. */
function otherNames(names: ReadonlySet<string>, files: readonly ts.SourceFile[]): string[] {
  if (names.size === 0) {
    return [];
  }
  const renamed = new RegExp(`${anyOf(names)}\\s+as\\s+([\\w$]+)`, 'gu');
  return files.flatMap(({ text }) => [...text.matchAll(renamed)].flatMap(([, name]) => name ?? []));
}

/** A pattern for one of the words, as a word of its own. */
function anyOf(words: ReadonlySet<string>): string {
  const patterns = [...words].map(word => word.replaceAll(/[$.*+?^()[\]{}|\\]/gu, '\\$&'));
  return `(?<![\\w$])(?:${patterns.join('|')})(?![\\w$])`;
}
