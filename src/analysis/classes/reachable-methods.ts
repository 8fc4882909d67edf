import type { TSESTree } from '@typescript-eslint/utils';

import type { ClassModel, Method } from './class-model.js';

/** The methods that run, or may run, when one of `from` does: those it names by `this.name`, and so on; `from` included. */
export function reachableMethods(model: ClassModel, from: readonly Method[]): ReadonlySet<Method> {
  const reached = new Set(from);
  // A set that is iterated sees what is added meanwhile.
  for (const method of reached) {
    for (const [name, target] of namedMethods(model)) {
      if (model.usesOf(name).some(use => use.method === method && isRead(use.node))) reached.add(target);
    }
  }
  return reached;
}

function namedMethods(model: ClassModel): [string, Method][] {
  const own = model.methods.flatMap((method): [string, Method][] =>
    method.name === undefined || method.isStatic || method.kind === 'constructor' ? [] : [[method.name, method]],
  );
  return model.superClass === undefined ? own : [...own, ...namedMethods(model.superClass)];
}

function isRead(node: TSESTree.MemberExpression | TSESTree.Identifier): boolean {
  return !(node.parent.type === 'AssignmentExpression' && node.parent.left === node);
}
