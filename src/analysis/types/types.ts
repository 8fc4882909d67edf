import type { ParserServicesWithTypeInformation, TSESLint, TSESTree } from '@typescript-eslint/utils';
import type * as ts from 'typescript';

import { createOrigins } from './origins.js';
import type { Origin } from './origins.js';
import { typescriptOf } from './typescript.js';
import type { TypeScript } from './typescript.js';

export type { Origin } from './origins.js';

/**
 * The answers of the type checker about expressions, those of one file as ESLint parsed it or, as `Types<ts.Node>`, all
 * of the program. `any` and unmapped nodes answer no.
 */
export interface Types<Node = TSESTree.Node> {
  readonly program: ts.Program;
  /** The parser's own copy of TypeScript: its flags and syntax kinds are those of `program`. */
  readonly typescript: TypeScript;
  /** Where the thing that `node` names (a class, function, object, module) is declared. */
  originsOf(node: Node): readonly Origin[];
  /**
   * Where the type of `node` is declared, with its base types: one list for each alternative of a union, without null
   * and undefined. An alternative that is declared nowhere (`any`, a primitive) has an empty list.
   */
  instanceOriginsOf(node: Node): readonly (readonly Origin[])[];
  /** Whether the type of `node` is the type of the global object or function at this dotted path. */
  isGlobal(node: Node, path: string): boolean;
  /** Whether the type of `node` has a `then` method, in one alternative at least. */
  isPromiseLike(node: Node): boolean;
  /** Whether `node` is a promise of nothing: its type is `Promise<void>` in every alternative. */
  isPromiseOfVoid(node: Node): boolean;
  /** Whether `call` never returns. */
  isNever(call: Node): boolean;
  /** Whether the value of `node` can be called, in every alternative that is not null or undefined. */
  isCallable(node: Node): boolean;
  /** Whether the type of `node` is, in every alternative, one of these types of the default library: `Map`, `Date`. */
  isBuiltin(node: Node, names: readonly string[]): boolean;
  /** Whether the type of `node` has finitely many values, all spelled out: literals, enum members, booleans. */
  isFinite(node: Node): boolean;
  /** Whether the value of `node` is an object or a function, in every alternative that is not null or undefined. */
  isObject(node: Node): boolean;
  /** Whether nothing is known of the type of `node`: `any`, or an unresolved name. */
  isAny(node: Node): boolean;
  /** The function with a body that `call` resolves to; undefined for overloads, declarations and unresolved calls. */
  signatureDeclaration(call: Node): ts.FunctionLikeDeclaration | undefined;
  /** The TypeScript node of `node`. */
  tsNodeOf(node: Node): ts.Node | undefined;
}

const cache = new WeakMap<TSESLint.SourceCode, Types>();
const programCache = new WeakMap<ts.Program, Types<ts.Node>>();

/** The types of a file; undefined unless the parser gave a Program (untyped TypeScript gives null, oxlint nothing). */
export function createTypes(sourceCode: TSESLint.SourceCode): Types | undefined {
  const services = typedServices(sourceCode);
  if (services === undefined) return undefined;
  let types = cache.get(sourceCode);
  if (types === undefined) {
    const { program, esTreeNodeToTSNodeMap: nodes } = services;
    const file = nodes.get(sourceCode.ast);
    types = typesOf<TSESTree.Node>(program, typescriptOf(program, file.fileName), node => nodes.get(node));
    cache.set(sourceCode, types);
  }
  return types;
}

/** The answers about all nodes of the program that `types` belongs to. */
export function typesOfProgram({ program, typescript }: Types): Types<ts.Node> {
  let types = programCache.get(program);
  if (types === undefined) {
    types = typesOf<ts.Node>(program, typescript, node => node);
    programCache.set(program, types);
  }
  return types;
}

function typedServices(sourceCode: TSESLint.SourceCode): ParserServicesWithTypeInformation | undefined {
  const services = sourceCode.parserServices;
  return services?.program == null ? undefined : (services as ParserServicesWithTypeInformation);
}

function typesOf<Node extends object>(
  program: ts.Program,
  typescript: TypeScript,
  tsNodeOf: (node: Node) => ts.Node | undefined,
): Types<Node> {
  const checker = program.getTypeChecker();
  const { TypeFlags, SymbolFlags } = typescript;
  const origins = createOrigins(program, typescript);
  const known = new WeakMap<Node, ts.Type>();

  return {
    program,
    typescript,
    originsOf,
    instanceOriginsOf: node => alternativesOf(node).map(type => origins.ofType(type)),
    isGlobal,
    isPromiseLike: node => alternativesOf(node).some(type => isThenable(type, node)),
    isPromiseOfVoid: node =>
      everyAlternative(
        node,
        type => isThenable(type, node) && ((checker.getAwaitedType(type)?.flags ?? 0) & TypeFlags.Void) !== 0,
      ),
    isNever: call => hasFlag(call, TypeFlags.Never),
    isCallable: node => everyAlternative(node, type => type.getCallSignatures().length > 0),
    isBuiltin: (node, names) =>
      everyAlternative(node, type =>
        origins.ofType(type).some(origin => origin.isGlobal && names.some(name => origin.names.has(name))),
      ),
    isFinite: node =>
      everyAlternative(node, type => (type.flags & (TypeFlags.Literal | TypeFlags.Enum | TypeFlags.BooleanLike)) !== 0),
    isObject: node => everyAlternative(node, type => (type.flags & TypeFlags.Object) !== 0),
    isAny: node => hasFlag(node, TypeFlags.Any),
    signatureDeclaration,
    tsNodeOf,
  };

  function typeOf(node: Node): ts.Type | undefined {
    let type = known.get(node);
    if (type === undefined) {
      const tsNode = tsNodeOf(node);
      // A file itself has no type, and asking for it throws.
      if (tsNode === undefined || typescript.isSourceFile(tsNode)) return undefined;
      type = constrained(checker.getTypeAtLocation(tsNode));
      known.set(node, type);
    }
    return type;
  }

  function constrained(type: ts.Type): ts.Type {
    return type.flags & TypeFlags.Instantiable ? (checker.getBaseConstraintOfType(type) ?? type) : type;
  }

  function alternativesOf(node: Node): ts.Type[] {
    const type = typeOf(node);
    if (type === undefined) return [];
    const alternatives = type.isUnion() ? type.types : [type];
    return alternatives.filter(
      alternative =>
        !(alternative.flags & (TypeFlags.Null | TypeFlags.Undefined | TypeFlags.Void | TypeFlags.Never)),
    );
  }

  function everyAlternative(node: Node, holds: (type: ts.Type) => boolean): boolean {
    const alternatives = alternativesOf(node);
    return alternatives.length > 0 && alternatives.every(holds);
  }

  function hasFlag(node: Node, flag: ts.TypeFlags): boolean {
    const type = typeOf(node);
    return type !== undefined && (type.flags & flag) !== 0;
  }

  function isThenable(type: ts.Type, node: Node): boolean {
    const then = checker.getPropertyOfType(checker.getApparentType(type), 'then');
    const tsNode = tsNodeOf(node);
    if (then === undefined || tsNode === undefined) return false;
    return checker.getTypeOfSymbolAtLocation(then, tsNode).getCallSignatures().length > 0;
  }

  function originsOf(node: Node): Origin[] {
    const tsNode = tsNodeOf(node);
    const type = typeOf(node);
    if (tsNode === undefined || type === undefined) return [];
    const named = checker.getSymbolAtLocation(tsNode);
    const target = named && named.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(named) : named;
    return [...new Set([target, entityOf(type)])].flatMap(symbol => origins.ofSymbol(symbol) ?? []);
  }

  /** The class, function or module that a value of this type is, and not an instance of it. */
  function entityOf(type: ts.Type): ts.Symbol | undefined {
    if (origins.isInstanceType(type)) return undefined;
    const { Class, Function: FunctionFlag, ValueModule } = SymbolFlags;
    const symbol = type.getSymbol();
    return symbol !== undefined && symbol.flags & (Class | FunctionFlag | ValueModule) ? symbol : undefined;
  }

  function isGlobal(node: Node, path: string): boolean {
    const file = tsNodeOf(node)?.getSourceFile();
    const type = typeOf(node);
    const global = file && origins.globalType(path, file);
    return type !== undefined && type === global && (type.flags & TypeFlags.Object) !== 0;
  }

  function signatureDeclaration(call: Node): ts.FunctionLikeDeclaration | undefined {
    const tsNode = tsNodeOf(call);
    if (tsNode === undefined || !typescript.isCallLikeExpression(tsNode)) return undefined;
    const declaration = checker.getResolvedSignature(tsNode)?.declaration;
    if (declaration === undefined || !typescript.isFunctionLike(declaration) || !('body' in declaration)) return undefined;
    return declaration.body === undefined ? undefined : declaration;
  }
}
