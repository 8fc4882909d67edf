import type * as ts from 'typescript';

import type { Failure } from '../control-flow/model.js';
import type { Types } from '../types/types.js';
import { failureByName, harmlessConstructors, isHarmlessFunction, waitFailureByName } from '../value-flow/harmless.js';
import { asksTheSystem } from '../value-flow/system-calls.js';
import { worse } from '../value-flow/worse-failure.js';
import type { Callee, Callees } from './callees.js';
import { isExport } from './imports.js';
import { createMemory, maximumDepth } from './memory.js';
import { childrenOf, hasModifier, isErrorCallback, isFunctionValue, skipWrappers, superclassOf } from './syntax.js';

/** Answers whether calls of functions with a visible body may fail. Undefined for all others. */
export interface CalleeFailures {
  /** Whether the call may throw before it gives a value. */
  ofCall(call: ts.CallExpression | ts.NewExpression): Failure | undefined;
  /** Whether the promise that it gives may be rejected. */
  ofAwait(call: ts.CallExpression): Failure | undefined;
}

/**
 * How the caller meets a failure: at the call, in the promise that the function gives, or (`inner`) at a call inside a
 * callee. What throws there depends on more than the outer caller can see, so it is `assumed` at most.
 */
type Mode = 'await' | 'call' | 'inner';

/** The twin of `value-flow/failure.ts` on the TypeScript AST: both answer alike for the same function. */
export function createCalleeFailures(types: Types<ts.Node>, callees: Callees): CalleeFailures {
  const { typescript, program } = types;
  const { SyntaxKind } = typescript;
  const checker = program.getTypeChecker();
  const remember = createMemory<Failure>();

  return {
    ofCall: call =>
      typescript.isNewExpression(call)
        ? ofOwnConstruction(call, 'call', maximumDepth)
        : readable(ofOwnCall(call, 'call', maximumDepth)),
    ofAwait: call => ofOwnWait(call, maximumDepth),
  };

  function ofOwnCall(call: ts.CallExpression, mode: Mode, depth: number): Failure | undefined {
    const callee = callees.functionOf(call);
    return callee && ofCallee(callee, mode, depth);
  }

  function ofOwnWait(call: ts.CallExpression, depth: number): Failure | undefined {
    return readable(ofOwnCall(call, 'await', depth));
  }

  /** A function whose code can be read, and shows no failure, fails only by what it calls. */
  function readable(failure: Failure | undefined): Failure | undefined {
    return failure === 'assumed' ? 'doubtful' : failure;
  }

  function ofOwnConstruction({ expression }: ts.NewExpression, mode: Mode, depth: number): Failure | undefined {
    const type = callees.classOf(expression);
    return type && ofClass(type, mode, depth);
  }

  function ofCallee({ node, body }: Callee, mode: Mode, depth: number): Failure {
    const isAsync = hasModifier(node, typescript.ModifierFlags.Async, typescript);
    if (mode !== 'await' && (isAsync || node.asteriskToken !== undefined)) {
      return 'impossible';
    }
    return ofBody(node, [...node.parameters, body], mode, depth);
  }

  /** What runs when the class is instantiated: initialisers, the constructor, and those of its superclass. */
  function ofClass(node: ts.ClassLikeDeclaration, mode: Mode, depth: number): Failure {
    const { Static } = typescript.ModifierFlags;
    const initialised = node.members.filter(
      member => typescript.isPropertyDeclaration(member) && !hasModifier(member, Static, typescript),
    );
    const constructor = callees.constructorOf(node);
    const parts = constructor === undefined ? [] : [...constructor.node.parameters, constructor.body];
    const own = ofBody(node, [...initialised, ...parts], mode, depth);
    // A constructor of its own calls that of the superclass as `super(…)`.
    const superclass = constructor === undefined ? superclassOf(node, typescript) : undefined;
    return superclass === undefined ? own : worse(own, ofSuperclass(superclass, depth));
  }

  function ofSuperclass(expression: ts.Expression, depth: number): Failure {
    const superclass = callees.classOf(expression);
    if (superclass !== undefined) {
      return depth === 0 ? 'assumed' : ofClass(superclass, 'inner', depth - 1);
    }
    return isHarmlessClass(expression) ? 'impossible' : 'assumed';
  }

  function isHarmlessClass(expression: ts.Expression): boolean {
    return typescript.isIdentifier(expression) && harmlessConstructors.has(expression.text) && isGlobal(expression);
  }

  /** A name that nobody declares is a global that the program's libraries lack. */
  function isGlobal(node: ts.Identifier): boolean {
    const declarations = checker.getSymbolAtLocation(node)?.declarations ?? [];
    return declarations.every(declaration => {
      const file = declaration.getSourceFile();
      return program.isSourceFileDefaultLibrary(file) || file.isDeclarationFile;
    });
  }

  function ofBody(node: ts.Node, parts: readonly ts.Node[], mode: Mode, depth: number): Failure {
    if (depth === 0) {
      return 'assumed';
    }
    const failure = remember(node, `${mode}${depth}`, () =>
      worstOf(parts, mode, part => ofPart(part, mode, depth - 1)),
    );
    return mode === 'inner' && (failure === 'promised' || failure === 'shown') ? 'assumed' : failure;
  }

  function ofPart(part: ts.Node, mode: Mode, depth: number): Failure {
    const isResult = typescript.isExpression(part) && mode === 'await';
    return isResult ? ofWait(part, depth) : ofNode(part, mode, depth);
  }

  function worstOf(nodes: Iterable<ts.Node | undefined>, mode: Mode, ofOne: (node: ts.Node) => Failure): Failure {
    let failure: Failure = 'impossible';
    for (const node of nodes) {
      failure = node === undefined ? failure : worse(failure, ofOne(node));
      if (isWorst(failure, mode)) {
        break;
      }
    }
    return failure;
  }

  function isWorst(failure: Failure, mode: Mode): boolean {
    return failure === 'shown' || (failure === 'assumed' && mode === 'inner');
  }

  function ofNode(node: ts.Node, mode: Mode, depth: number): Failure {
    if (typescript.isFunctionLike(node) || typescript.isClassLike(node) || typescript.isTypeNode(node)) {
      return 'impossible';
    }
    if (typescript.isThrowStatement(node)) {
      return 'shown';
    }
    if (typescript.isTryStatement(node)) {
      const { tryBlock, catchClause, finallyBlock } = node;
      return worstOf([catchClause?.block ?? tryBlock, finallyBlock], mode, part => ofNode(part, mode, depth));
    }
    if (typescript.isAwaitExpression(node)) {
      return ofWait(node.expression, depth);
    }
    if (typescript.isReturnStatement(node) && node.expression !== undefined && mode === 'await') {
      return ofWait(node.expression, depth);
    }
    if (typescript.isCallExpression(node) || typescript.isNewExpression(node)) {
      const failure = ofAnyCall(node, depth);
      return isWorst(failure, mode) ? failure : worse(failure, ofChildren(node, mode, depth));
    }
    if (typescript.isTaggedTemplateExpression(node)) {
      return worse('assumed', ofChildren(node, mode, depth));
    }
    if (typescript.isPropertyAccessExpression(node)) {
      const accessors = callees.accessorsOf(node);
      const failure = worstOf(
        accessors.map(({ body }) => body),
        mode,
        body => ofBody(body, [body], 'inner', depth),
      );
      return worse(failure, ofChildren(node, mode, depth));
    }
    return ofChildren(node, mode, depth);
  }

  function ofChildren(node: ts.Node, mode: Mode, depth: number): Failure {
    let failure: Failure = 'impossible';
    typescript.forEachChild(node, child => {
      failure = worse(failure, ofNode(child, mode, depth));
      return isWorst(failure, mode) ? failure : undefined;
    });
    return failure;
  }

  function ofAnyCall(call: ts.CallExpression | ts.NewExpression, depth: number): Failure {
    if (typescript.isNewExpression(call)) {
      return ofConstruction(call, depth);
    }
    const callee = skipWrappers(call.expression, typescript);
    if (callee.kind === SyntaxKind.SuperKeyword) {
      const type = typescript.findAncestor(call, typescript.isClassLike);
      const superclass = type && superclassOf(type, typescript);
      return superclass === undefined ? 'assumed' : ofSuperclass(superclass, depth);
    }
    const hasCallback = call.arguments.some(argument => isFunctionValue(argument, typescript));
    if (typescript.isIdentifier(callee) && isHarmlessFunction(callee.text, hasCallback)) {
      return 'impossible';
    }
    const byName = typescript.isPropertyAccessExpression(callee)
      ? failureByName({ ...nameOf(callee), hasCallback, hasArguments: call.arguments.length > 0 })
      : undefined;
    const named = isSystemCall(callee, 'Sync') ? 'shown' : byName;
    if (named === 'callbacks') {
      return worstOf(call.arguments, 'call', argument => ofCallback(argument, depth));
    }
    const doubt = named === 'doubtful' || call.arguments.some(argument => isErrorCallback(argument, typescript)) ? 'doubtful' : undefined;
    const known = named === undefined || named === 'doubtful' ? (ofOwnCall(call, 'inner', depth) ?? doubt) : named;
    // A function whose declared result is a promise fails, by convention, through that promise.
    return known === 'impossible' || known === 'shown' || !types.isPromiseLike(call)
      ? (known ?? 'assumed')
      : 'impossible';
  }

  function isSystemCall(callee: ts.Expression, ending = ''): boolean {
    const name = typescript.isPropertyAccessExpression(callee) ? callee.name : callee;
    const isNamed = typescript.isIdentifier(name) && name.text.endsWith(ending);
    return isNamed && asksTheSystem(name.text, source => isExport(callee, source, types));
  }

  function nameOf({ expression, name }: ts.PropertyAccessExpression) {
    const object = skipWrappers(expression, typescript);
    const owner = typescript.isIdentifier(object)
      ? object.text
      : typescript.isPropertyAccessExpression(object)
        ? object.name.text
        : undefined;
    return { name: name.text, owner, isGlobal: typescript.isIdentifier(object) && isGlobal(object) };
  }

  function ofCallback(node: ts.Node, depth: number): Failure {
    return isFunctionValue(node, typescript) ? ofCallee({ node, body: node.body }, 'call', depth) : 'impossible';
  }

  function ofConstruction(node: ts.NewExpression, depth: number): Failure {
    const { expression, arguments: given } = node;
    if (typescript.isIdentifier(expression) && isGlobal(expression)) {
      if (expression.text === 'URL') {
        return given?.every(argument => typescript.isLiteralExpression(argument)) === true ? 'impossible' : 'shown';
      }
      return harmlessConstructors.has(expression.text) ? 'impossible' : 'assumed';
    }
    return ofOwnConstruction(node, 'inner', depth) ?? (given === undefined || given.length === 0 ? 'doubtful' : 'assumed');
  }

  /** Waiting for a value, with the work that gives it. */
  function ofWait(node: ts.Expression, depth: number): Failure {
    const promise = skipWrappers(node, typescript);
    const parts =
      typescript.isCallExpression(promise) || typescript.isNewExpression(promise)
        ? childrenOf(promise, typescript)
        : [promise];
    return worse(
      ofSettling(promise, depth),
      worstOf(parts, 'call', part => ofNode(part, 'call', depth)),
    );
  }

  function ofSettling(promise: ts.Expression, depth: number): Failure {
    if (typescript.isNewExpression(promise)) {
      return ofPromiseConstruction(promise, depth);
    }
    if (!typescript.isCallExpression(promise)) {
      return !types.isAny(promise) && !types.isPromiseLike(promise) ? 'impossible' : 'promised';
    }
    const own = ofOwnWait(promise, depth);
    if (own !== undefined) {
      return own;
    }
    const callee = skipWrappers(promise.expression, typescript);
    const byMethod = typescript.isPropertyAccessExpression(callee) ? ofPromiseMethod(promise, callee, depth) : undefined;
    const name = typescript.isPropertyAccessExpression(callee) ? callee.name : callee;
    const known = isSystemCall(callee) ? 'shown' : byMethod ?? (typescript.isIdentifier(name) ? waitFailureByName(name.text) : undefined);
    if (known !== undefined) {
      return known;
    }
    return !types.isAny(promise) && !types.isPromiseLike(promise) ? ofAnyCall(promise, depth) : 'promised';
  }

  function ofPromiseMethod(
    { arguments: given }: ts.CallExpression,
    { expression, name: { text: name } }: ts.PropertyAccessExpression,
    depth: number,
  ): Failure | undefined {
    const isPromiseClass = typescript.isIdentifier(expression) && expression.text === 'Promise' && isGlobal(expression);
    if (isPromiseClass && (name === 'allSettled' || name === 'resolve')) {
      return 'impossible';
    }
    const handler = name === 'catch' ? given[0] : name === 'then' ? given[1] : undefined;
    if (handler !== undefined) {
      return isFunctionValue(handler, typescript)
        ? ofCallee({ node: handler, body: handler.body }, 'await', depth)
        : typescript.isIdentifier(handler)
          ? 'assumed'
          : 'promised';
    }
    return name === 'finally' ? ofWait(expression, depth) : undefined;
  }

  /** `new Promise(executor)` is rejected only by its second parameter or by a throw. */
  function ofPromiseConstruction(node: ts.NewExpression, depth: number): Failure {
    const executor = node.arguments?.[0];
    return executor !== undefined && isFunctionValue(executor, typescript) && executor.parameters.length < 2
      ? ofCallee({ node: executor, body: executor.body }, 'call', depth)
      : 'shown';
  }
}
