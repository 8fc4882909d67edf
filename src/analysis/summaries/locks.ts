import type * as ts from 'typescript';

import type { Types } from '../types/types.js';
import type { Callee, Callees } from './callees.js';
import { createMemory } from './memory.js';
import { hasModifier, skipWrappers } from './syntax.js';

/** Answers who can release a lock by calling a method on it: `mutex.release()`. */
export interface Locks {
  /** Whether the callee of `call`, or one that it calls, calls one of `methods` on the lock that `receiver` names. */
  isReleasedBy(call: ts.CallExpression, receiver: ts.Expression, methods: ReadonlySet<string>): boolean;
  /** Whether the lock that `receiver` names stays in its file (or class), and nothing there calls one of `methods` on it. */
  isHidden(receiver: ts.Expression, methods: ReadonlySet<string>): boolean;
}

/** How many calls deep a release is looked for. */
const maximumRelays = 3;

/** Locks are told apart by the declaration that names them: two instances of a class have the same one. */
export function createLocks({ typescript }: Types<ts.Node>, callees: Callees): Locks {
  const remember = createMemory<ReadonlySet<ts.Declaration>>();

  return {
    isReleasedBy(call, receiver, methods) {
      const lock = declarationOf(receiver);
      const callee = lock && callees.functionOf(call);
      return lock !== undefined && callee !== undefined && objectsOf(callee, methods, maximumRelays).has(lock);
    },
    isHidden(receiver, methods) {
      const lock = declarationOf(receiver);
      return lock !== undefined && isOwn(lock) && mentionsOf(lock).every(node => isOnlyUsed(node, methods));
    },
  };

  function declarationOf(node: ts.Expression): ts.Declaration | undefined {
    return callees.symbolOf(skipWrappers(node, typescript))?.valueDeclaration;
  }

  /** The declarations of whatever `callee` calls one of `methods` on. */
  function objectsOf(callee: Callee, methods: ReadonlySet<string>, depth: number): ReadonlySet<ts.Declaration> {
    return remember(callee.node, `${[...methods].join()},${String(depth)}`, () => {
      const objects = new Set<ts.Declaration>();
      const visit = (node: ts.Node): void => {
        if (typescript.isCallExpression(node)) {
          for (const object of objectsOfCall(node, methods, depth)) objects.add(object);
        }
        typescript.forEachChild(node, visit);
      };
      visit(callee.body);
      return objects;
    });
  }

  function objectsOfCall(call: ts.CallExpression, methods: ReadonlySet<string>, depth: number): Iterable<ts.Declaration> {
    const { expression } = call;
    if (typescript.isPropertyAccessExpression(expression) && methods.has(expression.name.text)) {
      const object = declarationOf(expression.expression);
      return object === undefined ? [] : [object];
    }
    const callee = depth === 1 ? undefined : callees.functionOf(call);
    return callee === undefined ? [] : objectsOf(callee, methods, depth - 1);
  }

  /** Whether a lock is built where it is declared, and no other file has a name for it. */
  function isOwn(lock: ts.Declaration): boolean {
    if (typescript.isVariableDeclaration(lock)) {
      const { Const } = typescript.NodeFlags;
      const isConst = (lock.parent.flags & Const) !== 0;
      return isConst && isBuilt(lock.initializer) && !hasModifier(lock, typescript.ModifierFlags.Export, typescript);
    }
    const isPrivate =
      typescript.isPropertyDeclaration(lock) &&
      (typescript.isPrivateIdentifier(lock.name) || hasModifier(lock, typescript.ModifierFlags.Private, typescript));
    return isPrivate && isBuilt(lock.initializer);
  }

  function isBuilt(initializer: ts.Expression | undefined): boolean {
    return initializer !== undefined && typescript.isNewExpression(initializer);
  }

  /** Every place in the file of a declaration that has its name, and may mean it. */
  function mentionsOf(lock: ts.Declaration): ts.Node[] {
    const name = typescript.getNameOfDeclaration(lock);
    const found: ts.Node[] = [];
    const visit = (node: ts.Node): void => {
      const isName = typescript.isIdentifier(node) || typescript.isPrivateIdentifier(node);
      if (isName && node !== name && node.text === name?.getText() && mayMean(node, lock)) {
        found.push(node);
      }
      typescript.forEachChild(node, visit);
    };
    visit(lock.getSourceFile());
    return found;
  }

  /** `{ mutex }` and `const { mutex } = this` have symbols of their own. */
  function mayMean(node: ts.Identifier | ts.PrivateIdentifier, lock: ts.Declaration): boolean {
    return (
      typescript.isShorthandPropertyAssignment(node.parent) ||
      typescript.isBindingElement(node.parent) ||
      callees.symbolOf(node)?.valueDeclaration === lock
    );
  }

  /** Whether a mention does no more than call a method that does not release: `mutex.acquire()`. */
  function isOnlyUsed(node: ts.Node, methods: ReadonlySet<string>): boolean {
    const { parent } = node;
    const isMember = typescript.isPropertyAccessExpression(parent) && parent.name === node;
    const use = isMember ? parent.parent : parent;
    const object = isMember ? parent : node;
    return (
      typescript.isPropertyAccessExpression(use) &&
      use.expression === object &&
      typescript.isCallExpression(use.parent) &&
      use.parent.expression === use &&
      !methods.has(use.name.text)
    );
  }
}
