import type { TSESTree } from '@typescript-eslint/utils';

import type { Completion, Evaluated, Machine } from './machine.js';
import type { Path, Value } from './path.js';
import { nullish } from './path.js';
import { partOf } from './releases.js';

/** The outcome of a member access on one path, with the object it was taken from. */
export interface EvaluatedMember extends Evaluated {
  readonly object: Value;
}

/** Evaluates the object, then the computed name, and takes the member. */
export function evaluateMember(
  machine: Machine,
  node: TSESTree.MemberExpression,
  path: Path,
  abrupt: Completion[],
): EvaluatedMember[] {
  return machine.evaluate(node.object, path, abrupt).flatMap(({ path: next, value: object }): EvaluatedMember[] => {
    if (object.kind === 'nullish') {
      return [{ path: next, value: nullish, object }];
    }
    if (!node.computed) {
      const name = node.property.type === 'Identifier' ? node.property.name : undefined;
      return [{ path: next, value: partOf(machine, object, name), object }];
    }
    const name = node.property.type === 'Literal' ? String(node.property.value) : undefined;
    return machine
      .evaluate(node.property, next, abrupt)
      .map(result => ({ path: result.path, value: partOf(machine, object, name), object }));
  });
}

/** The obligation of a value that is the resource itself, and no part or method of it. */
export function wholeResource(value: Value | undefined): number | undefined {
  return value?.kind === 'resource' && value.parts === undefined && value.member === undefined ? value.id : undefined;
}
