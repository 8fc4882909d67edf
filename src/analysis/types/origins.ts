import type * as ts from 'typescript';

import type { TypeScript } from './typescript.js';

/** Where a type or a value is declared. */
export interface Origin {
  /**
   * The names under which its module gives it out, and its own: `default` stands for `export default` and `export =`,
   * `*` for the module itself.
   */
  names: ReadonlySet<string>;
  /** The package it is declared in: of the folder in `node_modules`, or of `declare module`. */
  package: string | undefined;
  /** The path of the file it is declared in. */
  file: string;
  /** Whether it is a global of the default library or of a package of types. */
  isGlobal: boolean;
}

/** Finds the origins of the types and symbols of a Program. */
export interface Origins {
  /** The origins of a type and of its base types. */
  ofType(type: ts.Type): readonly Origin[];
  /** Whether a type is that of the instances of a class or interface; `typeof Mutex` has the same symbol and is not. */
  isInstanceType(type: ts.Type): boolean;
  /** The origin of something declared at the top of a module, a namespace or a script; undefined for anything else. */
  ofSymbol(symbol: ts.Symbol | undefined): readonly Origin[] | undefined;
  /** The type of the global at a dotted path, as the default library or a package of types declares it. */
  globalType(path: string, from: ts.SourceFile): ts.Type | undefined;
}

const cache = new WeakMap<ts.Program, Origins>();

/** The origins of a Program, remembered with it. */
export function createOrigins(program: ts.Program, typescript: TypeScript): Origins {
  let origins = cache.get(program);
  if (origins === undefined) {
    origins = originsOf(program, typescript);
    cache.set(program, origins);
  }
  return origins;
}

function originsOf(program: ts.Program, typescript: TypeScript): Origins {
  const checker = program.getTypeChecker();
  const types = new WeakMap<ts.Type, readonly Origin[]>();
  const symbols = new WeakMap<ts.Symbol, readonly Origin[]>();
  const globals = new Map<string, ts.Type | undefined>();

  return { ofType, isInstanceType, ofSymbol, globalType };

  function ofType(type: ts.Type): readonly Origin[] {
    let found = types.get(type);
    if (found === undefined) {
      types.set(type, []);
      const own = isInstanceType(type) ? type.getSymbol() : undefined;
      found = [
        ...[type.aliasSymbol, own].flatMap(symbol => ofSymbol(symbol) ?? []),
        ...partsOf(targetOf(type)).flatMap(part => ofType(part)),
      ];
      types.set(type, found);
    }
    return found;
  }

  function isInstanceType(type: ts.Type): boolean {
    return targetOf(type).isClassOrInterface();
  }

  function partsOf(type: ts.Type): readonly ts.Type[] {
    if (type.isIntersection()) return type.types;
    return type.isClassOrInterface() ? checker.getBaseTypes(type) : [];
  }

  /** The generic class or interface that a type with type arguments is made of. */
  function targetOf(type: ts.Type): ts.Type {
    return 'target' in type ? (type as ts.TypeReference).target : type;
  }

  function ofSymbol(symbol: ts.Symbol | undefined): readonly Origin[] | undefined {
    if (symbol === undefined) return undefined;
    let found = symbols.get(symbol);
    if (found === undefined) {
      found = (symbol.declarations ?? []).flatMap(declaration => originOf(symbol, declaration) ?? []);
      symbols.set(symbol, found);
    }
    return found;
  }

  function originOf(symbol: ts.Symbol, declaration: ts.Declaration): Origin | undefined {
    const file = declaration.getSourceFile();
    if (typescript.isSourceFile(declaration)) return { ...place(declaration, file), names: new Set(['*', 'default']) };
    const container = containerOf(declaration);
    if (container === undefined) return undefined;
    const names = new Set([symbol.name, ...exportedNames(symbol, container)]);
    const own = typescript.getNameOfDeclaration(declaration);
    if (own !== undefined && typescript.isIdentifier(own)) names.add(own.text);
    return { ...place(declaration, file), names };
  }

  /** The file or the module block that a declaration stands at the top of. */
  function containerOf(declaration: ts.Declaration): ts.SourceFile | ts.ModuleBlock | undefined {
    const statement = typescript.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
    const { parent } = statement;
    return typescript.isSourceFile(parent) || typescript.isModuleBlock(parent) ? parent : undefined;
  }

  function place(declaration: ts.Declaration, file: ts.SourceFile): Omit<Origin, 'names'> {
    const ambient = typescript.findAncestor(
      declaration,
      node => typescript.isModuleDeclaration(node) && (typescript.isStringLiteral(node.name) || isGlobalBlock(node)),
    );
    const ambientName = ambient && typescript.isModuleDeclaration(ambient) ? ambient.name : undefined;
    const isNamed = ambientName !== undefined && typescript.isStringLiteral(ambientName);
    const isOutside = ambientName === undefined ? !typescript.isExternalModule(file) : !isNamed;
    const folder = packageFolder(file.fileName);
    return {
      package: isNamed ? ambientName.text : folder,
      file: file.fileName,
      isGlobal: isOutside && (program.isSourceFileDefaultLibrary(file) || folder !== undefined),
    };
  }

  function isGlobalBlock(node: ts.ModuleDeclaration): boolean {
    return (node.flags & typescript.NodeFlags.GlobalAugmentation) !== 0;
  }

  function exportedNames(symbol: ts.Symbol, container: ts.SourceFile | ts.ModuleBlock): string[] {
    const module = checker.getSymbolAtLocation(typescript.isSourceFile(container) ? container : container.parent.name);
    const names: string[] = [];
    module?.exports?.forEach((exported, name) => {
      const isAlias = (exported.flags & typescript.SymbolFlags.Alias) !== 0;
      if (exported !== symbol && !(isAlias && checker.getAliasedSymbol(exported) === symbol)) return;
      names.push(exported.escapedName === 'export=' ? 'default' : typescript.unescapeLeadingUnderscores(name));
    });
    return names;
  }

  function globalType(path: string, from: ts.SourceFile): ts.Type | undefined {
    if (globals.has(path)) return globals.get(path);
    const [first = '', ...rest] = path.split('.');
    const root = checker
      .getSymbolsInScope(from, typescript.SymbolFlags.Value)
      .find(symbol => symbol.name === first && ofSymbol(symbol)?.some(origin => origin.isGlobal));
    let type = root && checker.getTypeOfSymbolAtLocation(root, from);
    for (const name of rest) {
      const property = type && checker.getPropertyOfType(type, name);
      type = property && checker.getTypeOfSymbolAtLocation(property, from);
    }
    globals.set(path, type);
    return type;
  }
}

/** The package whose folder in `node_modules` holds a file; `@types/scope__name` holds the types of `@scope/name`. */
function packageFolder(file: string): string | undefined {
  const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
  const typed = name?.match(/^@types\/(?:(.+?)__)?(.+)$/);
  if (typed === null || typed === undefined) return name;
  const [, scope, rest = ''] = typed;
  return scope === undefined ? rest : `@${scope}/${rest}`;
}
