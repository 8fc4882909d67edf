import type * as ts from 'typescript';

import type { Types } from '../types/types.js';
import type { Callees } from './callees.js';
import { skipWrappers } from './callees.js';
import { returnedCalls } from './returns.js';

/** The gate: tells calls that may get a fresh resource from their callee by the callee's name alone. */
export interface HandingNames {
  mayHandOver(call: ts.CallExpression): boolean;
}

/** The functions of one file that return what they called, by their names: the names of those calls. */
type Returners = ReadonlyMap<string, readonly string[]>;

const returnersOf = new WeakMap<ts.SourceFile, Returners>();

/**
 * Collects the names of the program's own functions which return the value of a call that is named in `acquires`, or of
 * another such function. Only files with one of those words in their text are read, each once, and no types are asked
 * (imports under another name are followed): resolving every call of a program would cost more than all the rest.
 */
export function createHandingNames(
  { program, typescript }: Types<ts.Node>,
  callees: Callees,
  acquires: ReadonlySet<string>,
): HandingNames {
  let names: ReadonlySet<string> | undefined;
  return { mayHandOver };

  function mayHandOver(call: ts.CallExpression): boolean {
    names ??= namesIn();
    const callee = skipWrappers(call.expression, typescript);
    if (typescript.isPropertyAccessExpression(callee)) {
      return names.has(callee.name.text);
    }
    return typescript.isIdentifier(callee) && (names.has(callee.text) || names.has(callees.symbolOf(callee)?.name ?? ''));
  }

  function namesIn(): ReadonlySet<string> {
    if (acquires.size === 0) {
      return new Set();
    }
    const words = new RegExp(`(?<![\\w$])(?:${[...acquires].map(escape).join('|')})(?![\\w$])`, 'u');
    const files = program.getSourceFiles().filter(file => !file.isDeclarationFile && words.test(file.text));
    const returners = files.flatMap(file => [...returnersIn(file)]);
    const found = new Set<string>();
    for (let size = -1; size < found.size; ) {
      size = found.size;
      for (const [name, called] of returners) {
        if (called.some(callee => acquires.has(callee) || found.has(callee))) {
          found.add(name);
        }
      }
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
      typescript.isFunctionExpression(node) ||
      typescript.isArrowFunction(node)
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
    const isValue = typescript.isArrowFunction(node) || typescript.isFunctionExpression(node);
    const named = isValue && 'name' in parent ? typescript.getNameOfDeclaration(parent) : node.name;
    const isDefault = (typescript.getCombinedModifierFlags(node) & typescript.ModifierFlags.Default) !== 0;
    const name = named !== undefined && (typescript.isIdentifier(named) || typescript.isPrivateIdentifier(named)) ? [named.text] : [];
    return isDefault || typescript.isExportAssignment(parent) ? [...name, 'default'] : name;
  }
}

function escape(name: string): string {
  return name.replaceAll(/[$.*+?^()[\]{}|\\]/gu, '\\$&');
}
