import type { TSESTree } from '@typescript-eslint/utils';

import type { ClassModel } from '../../classes/class-model.js';
import type { Variables } from '../../scope/variables.js';
import { contains } from '../../syntax/contains.js';
import { memberName } from '../../syntax/member-name.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import type { Host } from './hosts.js';

/**
 * Whether what is subscribed to outlives the host.
 *
 * - `same`: it is the host, made by it or owned by it. `longer`: it was there before. `unknown`: nobody can tell.
 */
export type SenderLife = 'longer' | 'same' | 'unknown';

/** Calls that look something up instead of making it. */
const lookUp = /^(?:get|use|find|resolve|inject|ensure|select|current)(?:[A-Z]|$)/u;

const maximumDepth = 8;

/** Compares the life of `sender` with that of `host`. */
export function lifeOf(sender: TSESTree.Expression, host: Host, variables: Variables): SenderLife {
  return of(sender, 0);

  function of(node: TSESTree.Expression, depth: number): SenderLife {
    const expression = skipWrappers(node);
    if (depth > maximumDepth) return 'unknown';
    switch (expression.type) {
      case 'ThisExpression':
        return 'same';
      case 'Identifier':
        return ofName(expression, depth);
      case 'MemberExpression':
        return ofMember(expression, depth);
      case 'AwaitExpression':
        return of(expression.argument, depth + 1);
      case 'CallExpression': {
        const name = expression.callee.type === 'Identifier' ? expression.callee.name : memberName(expression.callee);
        return name !== undefined && lookUp.test(name) ? 'longer' : 'same';
      }
      case 'NewExpression':
        return 'same';
      default:
        return 'unknown';
    }
  }

  function ofMember(member: TSESTree.MemberExpression, depth: number): SenderLife {
    const object = skipWrappers(member.object);
    if (object.type === 'ThisExpression') {
      const name = memberName(member);
      return host.kind === 'instance' && name !== undefined ? ofField(host.model, name, depth) : 'unknown';
    }
    const life = of(object, depth + 1);
    // The signal of what is made of an argument follows the caller's.
    return life === 'same' && memberName(member) === 'signal' && isMadeOfArguments(object) ? 'longer' : life;
  }

  function ofName(name: TSESTree.Identifier, depth: number): SenderLife {
    if (variables.isUnshadowedGlobal(name)) return 'longer';
    const variable = variables.of(name);
    const definition = variable?.defs[0];
    if (variable === undefined || definition === undefined) return 'unknown';
    if (definition.type === 'ImportBinding' || definition.type === 'ClassName' || !isInHost(definition.name)) return 'longer';
    if (definition.type === 'Parameter') return host.kind === 'event' || host.kind === 'effect' ? 'same' : 'longer';
    const values = variable.references.flatMap(({ writeExpr }) => (isExpression(writeExpr) ? [writeExpr] : []));
    return worst(values.map(value => of(value, depth + 1)));
  }

  function ofField(model: ClassModel, name: string, depth: number): SenderLife {
    const lives = model.usesOf(name).flatMap(({ node }): SenderLife[] => {
      const { parent } = node;
      if (parent.type === 'TSParameterProperty') return ['longer'];
      return parent.type === 'AssignmentExpression' && parent.left === node ? [of(parent.right, depth + 1)] : [];
    });
    return worst(lives);
  }

  function isInHost(name: TSESTree.Node): boolean {
    const around = host.kind === 'instance' ? host.model.node : host.kind === 'program' ? undefined : host.around;
    return around !== undefined && contains(around, name);
  }

  function isMadeOfArguments(node: TSESTree.Expression): boolean {
    const variable = node.type === 'Identifier' ? variables.of(node) : undefined;
    return (
      variable?.references.some(
        ({ writeExpr }) =>
          writeExpr?.type === 'NewExpression' &&
          writeExpr.arguments.some(argument => argument.type === 'Identifier' && isParameter(argument)),
      ) === true
    );
  }

  function isParameter(name: TSESTree.Identifier): boolean {
    return variables.of(name)?.defs[0]?.type === 'Parameter';
  }
}

/** `longer` only if all are. */
function worst(lives: readonly SenderLife[]): SenderLife {
  if (lives.length === 0 || lives.includes('unknown')) return 'unknown';
  return lives.every(life => life === 'longer') ? 'longer' : 'same';
}

function isExpression(node: TSESTree.Node | null | undefined): node is TSESTree.Expression {
  return node !== null && node !== undefined && node.type !== 'FunctionDeclaration';
}
