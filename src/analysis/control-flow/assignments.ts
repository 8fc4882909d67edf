import type { TSESTree } from '@typescript-eslint/utils';

import { isWrapper, skipWrappers } from '../syntax/skip-wrappers.js';
import { escapeValue } from './escapes.js';
import { giveHandler } from './handlers.js';
import type { Completion, Evaluated, Machine } from './machine.js';
import { wholeResource } from './members.js';
import type { Path, Value, Variable } from './path.js';
import { partOf } from './releases.js';
import { isAliased, isOpen, unknown, withStatus, withVariable, withoutFacts } from './path.js';

/** Gives `value` to a declared pattern, an assigned pattern or a parameter. */
export function bind(
  machine: Machine,
  target: TSESTree.Node,
  value: Value,
  path: Path,
  abrupt: Completion[],
): Path[] {
  switch (target.type) {
    case 'Identifier':
      return [bindVariable(machine, target, value, path)];
    case 'MemberExpression':
      return machine.merge(
        machine
          .evaluate(target.object, path, abrupt)
          .map(({ path: next, value: object }) => forgetFacts(machine, store(machine, next, object, value, target), target)),
      );
    case 'AssignmentPattern':
      return value.kind === 'nullish'
        ? machine
            .evaluate(target.right, path, abrupt)
            .flatMap(result => bind(machine, target.left, result.value, result.path, abrupt))
        : bind(machine, target.left, value, path, abrupt);
    case 'RestElement':
      return bind(machine, target.argument, value, path, abrupt);
    case 'ArrayPattern':
      return inTurn(path, target.elements, (next, element, index) =>
        element === null ? [next] : bind(machine, element, partOf(machine, value, String(index)), next, abrupt),
      );
    case 'ObjectPattern':
      return inTurn(path, target.properties, (next, property) =>
        property.type === 'RestElement'
          ? bind(machine, property.argument, value, next, abrupt)
          : bind(machine, property.value, partOf(machine, value, propertyName(property)), next, abrupt),
      );
    case 'TSParameterProperty':
      return bind(machine, target.parameter, value, path, abrupt);
    default:
      return [escapeValue(machine, path, value, 'storedInField', target)];
  }
}

/** A function that is stored in the resource itself is a handler of it; a field that only borrows takes nothing. */
function store(machine: Machine, path: Path, object: Value, value: Value, target: TSESTree.MemberExpression): Path {
  if (value.kind === 'resource' && machine.model.onlyBorrows(target)) {
    return path;
  }
  const id = wholeResource(object);
  return id !== undefined && value.kind === 'closure'
    ? giveHandler(machine, path, id, value.node, target)
    : escapeValue(machine, path, value, 'storedInField', target);
}

function inTurn<T>(path: Path, items: readonly T[], step: (path: Path, item: T, index: number) => Path[]): Path[] {
  return items.reduce<Path[]>((paths, item, index) => paths.flatMap(next => step(next, item, index)), [path]);
}

function propertyName({ key, computed }: TSESTree.Property): string | undefined {
  if (key.type === 'Identifier') {
    return computed ? undefined : key.name;
  }
  return key.type === 'Literal' ? String(key.value) : undefined;
}

function bindVariable(machine: Machine, node: TSESTree.Identifier, value: Value, path: Path): Path {
  const variable = machine.variableOf(node);
  if (variable === undefined) {
    return escapeValue(machine, path, value, 'storedInVariable', node);
  }
  const next = forgetFacts(machine, overwrite(machine, path, variable, value, node), node);
  if (!machine.isLocal(variable)) {
    return escapeValue(machine, next, value, 'storedInVariable', node);
  }
  if (machine.sharedVariables.has(variable)) {
    return withVariable(escapeValue(machine, next, value, 'capturedByClosure', node), variable, value);
  }
  return withVariable(next, variable, isWorthKeeping(machine, variable, value) ? value : unknown);
}

/** A constant tells paths apart only where the function tests its variable. */
function isWorthKeeping(machine: Machine, variable: Variable, { kind }: Value): boolean {
  return (kind !== 'constant' && kind !== 'truthy') || machine.conditions.tested.has(variable);
}

/** The old value of the variable is lost if it was the only way to an open obligation. */
function overwrite(machine: Machine, path: Path, variable: Variable, value: Value, node: TSESTree.Node): Path {
  const old = path.variables.get(variable);
  if (old?.kind !== 'resource' || old.member !== undefined || isAliased(path, old.id, variable)) {
    return path;
  }
  const site = machine.sites.get(old.id);
  const isSame = value.kind === 'resource' && value.id === old.id;
  const isReachable = site === undefined || site.receiverMethods.size > 0 || (site.carrier !== 'result' && site.carrier !== 'object');
  return isSame || isReachable || !isOpen(path.status.get(old.id))
    ? path
    : withStatus(path, old.id, { kind: 'overwritten', node });
}

/** After an assignment, what was known of conditions on the target no longer holds. */
function forgetFacts(machine: Machine, path: Path, target: TSESTree.Identifier | TSESTree.MemberExpression): Path {
  if (path.facts.size === 0) {
    return path;
  }
  const name = machine.textOf(target);
  const pattern = new RegExp(`(?<![\\w$.])${name.replaceAll(/[\\^$.*+?()[\]{}|]/gu, '\\$&')}(?![\\w$])`, 'u');
  return withoutFacts(path, text => pattern.test(text));
}

/** An assignment expression in all its forms. */
export function evaluateAssignment(
  machine: Machine,
  node: TSESTree.AssignmentExpression,
  path: Path,
  abrupt: Completion[],
): Evaluated[] {
  switch (node.operator) {
    case '=':
      return assign(machine, node, machine.evaluate(node.right, path, abrupt), abrupt);
    case '&&=':
    case '||=': {
      const { whenTrue, whenFalse } = machine.branch(node.left, path, abrupt);
      const [assigned, kept] = node.operator === '&&=' ? [whenTrue, whenFalse] : [whenFalse, whenTrue];
      return [
        ...assign(machine, node, assigned.flatMap(next => machine.evaluate(node.right, next, abrupt)), abrupt),
        ...kept.flatMap(next => machine.evaluate(node.left, next, abrupt)),
      ];
    }
    case '??=': {
      const results = machine.evaluate(node.left, path, abrupt);
      return results.flatMap(result =>
        result.value.kind === 'unknown' || result.value.kind === 'nullish'
          ? [
              ...assign(machine, node, machine.evaluate(node.right, result.path, abrupt), abrupt),
              ...(result.value.kind === 'unknown' ? [result] : []),
            ]
          : [result],
      );
    }
    default:
      return machine
        .evaluate(node.right, path, abrupt)
        .flatMap(result => bind(machine, node.left, unknown, result.path, abrupt))
        .map(next => ({ path: next, value: unknown }));
  }
}

function assign(
  machine: Machine,
  node: TSESTree.AssignmentExpression,
  results: readonly Evaluated[],
  abrupt: Completion[],
): Evaluated[] {
  return results.flatMap(({ path, value }) =>
    bind(machine, skipTarget(node.left), value, path, abrupt).map(next => ({ path: next, value })),
  );
}

function skipTarget(target: TSESTree.Node): TSESTree.Node {
  return isWrapper(target) ? skipWrappers(target) : target;
}
