import type * as ts from 'typescript';

import type { ClassSketch, MethodSketch, OwnedResource, Start } from '../value-flow/owner-class.js';
import { addingMethods, constructorName, maximumVariables, runningCallees } from '../value-flow/owner-class.js';
import { childrenOf, hasModifier, isFunctionValue, isWrapper, skipWrappers } from './syntax.js';

/** Gives the resource that an expression has just acquired, if it has. */
export type AcquiredBy = (call: ts.CallExpression | ts.NewExpression) => Pick<OwnedResource, 'key' | 'specification'> | undefined;

/**
 * The sketch of a class and of the classes above it. The twin of `obligations/class-sketch.ts` on the TypeScript AST.
 *
 * @param line the class, then the one that it extends, and so on
 * @returns undefined if a constructor hands the instance to somebody who may end it
 */
export function sketchOf(
  line: readonly ts.ClassLikeDeclaration[],
  acquiredBy: AcquiredBy,
  typescript: typeof ts,
): ClassSketch | undefined {
  const members = line.flatMap(node => [...node.members]).filter(member => !hasModifier(member, typescript.ModifierFlags.Static, typescript));
  const constructors = members.filter(member => typescript.isConstructorDeclaration(member));
  const methods = members.flatMap(methodOf);
  const initialised = members.flatMap(member =>
    typescript.isPropertyDeclaration(member) && member.initializer !== undefined && !isFunctionValue(member.initializer, typescript)
      ? [{ member, value: member.initializer }]
      : [],
  );
  if ([...constructors, ...initialised.map(({ value }) => value)].some(handsOutThis)) {
    return undefined;
  }
  return {
    starts: [
      ...methods.flatMap(({ name, node }) => startsIn(node, name, node)),
      ...initialised.flatMap(({ member, value }) => startsIn(value, constructorName, member)),
    ],
    methods: [
      ...methods.map(({ name, node }) => sketchOfMethod(node, name)),
      ...initialised.map(({ value }) => sketchOfMethod(value, constructorName)),
    ],
    initialisers: new Set(constructors.flatMap(({ body }) => body?.statements.flatMap(calledAtOnce) ?? [])),
  };

  function methodOf(member: ts.ClassElement): { name: string; node: ts.Node }[] {
    if (typescript.isConstructorDeclaration(member)) {
      return member.body === undefined ? [] : [{ name: constructorName, node: member }];
    }
    const name = member.name && nameOf(member.name);
    const isFunction =
      ((typescript.isMethodDeclaration(member) || typescript.isAccessor(member)) && member.body !== undefined) ||
      (typescript.isPropertyDeclaration(member) && member.initializer !== undefined && isFunctionValue(member.initializer, typescript));
    return isFunction && name !== undefined ? [{ name, node: member }] : [];
  }

  function nameOf(name: ts.PropertyName): string | undefined {
    if (typescript.isIdentifier(name) || typescript.isPrivateIdentifier(name) || typescript.isStringLiteral(name)) {
      return name.text;
    }
    return typescript.isComputedPropertyName(name) ? `[${name.expression.getText()}]` : undefined;
  }

  function startsIn(part: ts.Node, method: string, outermost: ts.Node): Start[] {
    return callsIn(part).flatMap(call => {
      const found = acquiredBy(call);
      const fields = found === undefined ? [] : fieldsOf(call, outermost);
      return found === undefined
        ? []
        : fields.map(field => ({ ...found, field, method, isCertain: isCertain(call, outermost) }));
    });
  }

  function callsIn(node: ts.Node): (ts.CallExpression | ts.NewExpression)[] {
    const inner = typescript.isClassLike(node) ? [] : childrenOf(node, typescript).flatMap(callsIn);
    return typescript.isCallExpression(node) || typescript.isNewExpression(node) ? [node, ...inner] : inner;
  }

  /** The fields into which a value gets, by itself, in a container or by way of a variable. */
  function fieldsOf(value: ts.Node, outermost: ts.Node, steps = maximumVariables): string[] {
    for (let node = value; ; node = node.parent) {
      const field = fieldAt(node, value);
      if (field !== undefined) {
        return [field];
      }
      if (node === outermost) {
        return [];
      }
      if (typescript.isVariableDeclaration(node)) {
        const { name } = node;
        const values = steps > 0 && typescript.isIdentifier(name) ? valuesIn(outermost, name.text) : [];
        return values.flatMap(each => fieldsOf(each, outermost, steps - 1));
      }
    }
  }

  /** The places where the value of a variable goes somewhere as a whole. */
  function valuesIn(node: ts.Node, name: string): ts.Identifier[] {
    if (!typescript.isIdentifier(node)) {
      return childrenOf(node, typescript).flatMap(child => valuesIn(child, name));
    }
    const { parent, text } = node;
    const isDeclared = typescript.isVariableDeclaration(parent) && parent.name === node;
    return text === name && !isDeclared && !typescript.isParameter(parent) && !typescript.isPropertyAccessExpression(parent) ? [node] : [];
  }

  /** `this.field = …`, `field = …` in the class body, `this.field.push(…)`. */
  function fieldAt(node: ts.Node, value: ts.Node): string | undefined {
    if (typescript.isPropertyDeclaration(node)) {
      return nameOf(node.name);
    }
    if (typescript.isBinaryExpression(node)) {
      const { FirstAssignment, LastAssignment } = typescript.SyntaxKind;
      const { kind } = node.operatorToken;
      return kind >= FirstAssignment && kind <= LastAssignment && contains(node.right, value) ? memberOfThis(node.left) : undefined;
    }
    const callee = typescript.isCallExpression(node) ? skipWrappers(node.expression, typescript) : undefined;
    const isAdding = callee !== undefined && typescript.isPropertyAccessExpression(callee) && addingMethods.has(callee.name.text);
    return isAdding && !contains(callee, value) ? memberOfThis(callee.expression) : undefined;
  }

  function memberOfThis(node: ts.Expression): string | undefined {
    const member = skipWrappers(node, typescript);
    return typescript.isPropertyAccessExpression(member) && isThis(member.expression) ? member.name.text : undefined;
  }

  function isThis({ kind }: ts.Node): boolean {
    return kind === typescript.SyntaxKind.ThisKeyword || kind === typescript.SyntaxKind.SuperKeyword;
  }

  /** Whether the call is made whenever its method, or the initialiser, runs. */
  function isCertain(call: ts.Node, outermost: ts.Node): boolean {
    for (let node = call; node !== outermost; node = node.parent) {
      const isConditional =
        typescript.isIfStatement(node) ||
        typescript.isConditionalExpression(node) ||
        typescript.isCaseOrDefaultClause(node) ||
        typescript.isCatchClause(node);
      if (isConditional || (isFunctionValue(node, typescript) && node.parent !== outermost && !isRunAtOnce(node.parent))) {
        return false;
      }
    }
    return true;
  }

  function isRunAtOnce(node: ts.Node): boolean {
    const callee = typescript.isCallExpression(node) ? node.expression : undefined;
    return callee !== undefined && typescript.isPropertyAccessExpression(callee) && runningCallees.has(callee.name.text);
  }

  function sketchOfMethod(node: ts.Node, name: string): MethodSketch {
    const mentioned = new Set<string>();
    const calls = new Set<string>();
    const visit = (part: ts.Node): void => {
      if (typescript.isPropertyAccessExpression(part)) {
        const isMember = isThis(part.expression);
        const isCallee = typescript.isCallExpression(part.parent) && part.parent.expression === part;
        if (isMember) mentioned.add(part.name.text);
        if (isCallee && part.expression.kind !== typescript.SyntaxKind.ThisKeyword) calls.add(part.name.text);
      }
      childrenOf(part, typescript).forEach(visit);
    };
    visit(node);
    return { name, isAsync: givesPromise(node), members: mentioned, calls };
  }

  function givesPromise(node: ts.Node): boolean {
    const value = typescript.isPropertyDeclaration(node) ? node.initializer : node;
    if (value === undefined || !typescript.isFunctionLike(value)) {
      return false;
    }
    return hasModifier(value, typescript.ModifierFlags.Async, typescript) || value.type?.getText().includes('Promise<') === true;
  }

  /** `this` as a value: `registry.add(this)`. */
  function handsOutThis(node: ts.Node): boolean {
    if (node.kind !== typescript.SyntaxKind.ThisKeyword) {
      return childrenOf(node, typescript).some(handsOutThis);
    }
    const { parent } = node;
    if (isWrapper(parent, typescript)) {
      return true;
    }
    return (
      (typescript.isCallExpression(parent) && !isBinding(parent)) ||
      typescript.isNewExpression(parent) ||
      (typescript.isBinaryExpression(parent) && parent.right === node) ||
      typescript.isArrayLiteralExpression(parent) ||
      typescript.isPropertyAssignment(parent)
    );
  }

  function isBinding({ expression }: ts.CallExpression): boolean {
    return typescript.isPropertyAccessExpression(expression) && expression.name.text === 'bind';
  }

  /** `this.start();` as a statement of its own. */
  function calledAtOnce(statement: ts.Statement): string[] {
    const call = typescript.isExpressionStatement(statement) ? statement.expression : undefined;
    return call !== undefined && typescript.isCallExpression(call) ? [memberOfThis(call.expression) ?? ''] : [];
  }
}

function contains(outer: ts.Node, inner: ts.Node): boolean {
  return outer.pos <= inner.pos && inner.end <= outer.end;
}
