import type { TSESTree } from '@typescript-eslint/utils';

import type { ClassModel } from '../../classes/class-model.js';
import type { Variables } from '../../scope/variables.js';
import { ancestorsOf } from '../../syntax/ancestors.js';
import { isFunction } from '../../syntax/functions.js';

/** Whether the file makes one instance of a class for the whole program: at its top level, or in `getInstance`. */
export function isSingleton({ node, methods }: ClassModel, variables: Variables): boolean {
  if (methods.some(({ name, isStatic }) => isStatic && /^(?:get)?(?:shared|instance)/iu.test(name ?? ''))) return true;
  if (node.id === null) return false;
  const inside = variables.of(node.id);
  // A class has its name once more inside of itself.
  const declared = inside?.scope.type === 'class' ? inside.scope.upper.set.get(node.id.name) : inside;
  return (
    [...(inside?.references ?? []), ...(declared?.references ?? [])].some(
      ({ identifier: { parent }, identifier }) =>
        parent.type === 'NewExpression' && parent.callee === identifier && isOfProgram(parent),
    )
  );
}

/** Whether an instance is kept at the top level, or by the class itself. */
function isOfProgram(creation: TSESTree.NewExpression): boolean {
  const { parent } = creation;
  const isLazy = parent.type === 'AssignmentExpression' && /instance/iu.test(nameOf(parent.left));
  return isLazy || ![...ancestorsOf(creation)].some(isFunction);
}

function nameOf(node: TSESTree.Node): string {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'MemberExpression' ? nameOf(node.property) : '';
}
