import type { TSESTree } from '@typescript-eslint/utils';

import { isFunction } from '../syntax/functions.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import { bind, evaluateAssignment } from './assignments.js';
import { evaluateCall } from './calls.js';
import { byNullish, byTruth, isCondition } from './conditions.js';
import { escapeClosure, escapeValue } from './escapes.js';
import { raise, settle } from './failures.js';
import type { Completion, Evaluated, Machine } from './machine.js';
import { evaluateMember } from './members.js';
import type { Path, Value, Variable } from './path.js';
import { nullish, truthy, unknown, withStep } from './path.js';

/** Evaluates an expression in the order of the language. Gives one outcome per path, and adds throws to `abrupt`. */
export function evaluate(machine: Machine, node: TSESTree.Node, path: Path, abrupt: Completion[]): Evaluated[] {
  switch (node.type) {
    case 'Identifier':
      return [{ path, value: valueOfName(machine, node, path) }];
    case 'Literal':
      return [{ path, value: valueOfLiteral(node) }];
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return [{ path, value: { kind: 'closure', node } }];
    case 'ClassExpression':
      return [{ path: escapeClosure(machine, path, node, 'capturedByClosure', node), value: truthy }];
    case 'ChainExpression':
    case 'TSAsExpression':
    case 'TSInstantiationExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
      return machine.evaluate(skipWrappers(node), path, abrupt);
    case 'ArrayExpression':
    case 'ObjectExpression':
      return evaluateParts(machine, node, path, abrupt, 'storedInContainer').map(next => ({ path: next, value: truthy }));
    case 'AssignmentExpression':
      return evaluateAssignment(machine, node, path, abrupt);
    case 'AwaitExpression':
      return machine
        .evaluate(node.argument, path, abrupt)
        .flatMap(({ path: next, value }) => settle(machine, node.argument, next, value, abrupt));
    case 'CallExpression':
    case 'NewExpression':
      return evaluateCall(machine, node, path, abrupt);
    case 'ConditionalExpression': {
      const { whenTrue, whenFalse } = machine.branch(node.test, path, abrupt);
      return machine.mergeEvaluated([
        ...whenTrue.flatMap(next => machine.evaluate(node.consequent, next, abrupt)),
        ...whenFalse.flatMap(next => machine.evaluate(node.alternate, next, abrupt)),
      ]);
    }
    case 'LogicalExpression':
      return evaluateLogical(machine, node, path, abrupt);
    case 'MemberExpression':
      return evaluateMember(machine, node, path, abrupt);
    case 'SequenceExpression':
      return node.expressions.reduce<Evaluated[]>(
        (results, expression) => results.flatMap(result => machine.evaluate(expression, result.path, abrupt)),
        [{ path, value: unknown }],
      );
    case 'TaggedTemplateExpression': {
      const paths = evaluateParts(machine, node, path, abrupt, 'passedToCall');
      for (const next of paths) {
        raise(machine, node, next, abrupt);
      }
      return paths.map(next => ({ path: next, value: unknown }));
    }
    case 'UnaryExpression':
      return evaluateUnary(machine, node, path, abrupt);
    case 'UpdateExpression':
      return bind(machine, node.argument, unknown, path, abrupt).map(next => ({ path: next, value: unknown }));
    case 'YieldExpression':
      return evaluateYield(machine, node, path, abrupt);
    default:
      return evaluateParts(machine, node, path, abrupt, 'passedToCall').map(next => ({ path: next, value: unknown }));
  }
}

function valueOfName(machine: Machine, node: TSESTree.Identifier, path: Path): Value {
  const variable = machine.variableOf(node);
  if (variable === undefined || variable.defs.length === 0) {
    return node.name === 'undefined' ? nullish : unknown;
  }
  const value = path.variables.get(variable);
  const definition = variable.defs[0];
  if (value === undefined && definition !== undefined && isFunction(definition.node) && machine.isLocal(variable)) {
    return definition.node.type === 'FunctionDeclaration' && definition.node.id?.name === variable.name
      ? { kind: 'closure', node: definition.node }
      : unknown;
  }
  return value === undefined || isChangedElsewhere(machine, variable, value) ? unknown : value;
}

/** Whether a closure that has left the function may have given the variable another value by now. */
function isChangedElsewhere(machine: Machine, variable: Variable, { kind }: Value): boolean {
  const isPlain = kind === 'constant' || kind === 'nullish' || kind === 'truthy';
  return isPlain && machine.sharedVariables.has(variable);
}

function valueOfLiteral({ value }: TSESTree.Literal): Value {
  if (value === null) {
    return nullish;
  }
  return value instanceof RegExp ? truthy : { kind: 'constant', value };
}

/** Evaluates all sub-expressions in source order. What they hold goes where the expression goes. */
function evaluateParts(
  machine: Machine,
  node: TSESTree.Node,
  path: Path,
  abrupt: Completion[],
  reason: 'passedToCall' | 'storedInContainer',
): Path[] {
  return machine.childrenOf(node).reduce<Path[]>(
    (paths, child) =>
      machine.merge(
        paths.flatMap(next =>
          machine
            .evaluate(child, next, abrupt)
            .map(result => escapeValue(machine, result.path, result.value, reason, node)),
        ),
      ),
    [path],
  );
}

function evaluateLogical(
  machine: Machine,
  node: TSESTree.LogicalExpression,
  path: Path,
  abrupt: Completion[],
): Evaluated[] {
  if (isCondition(node.left)) {
    const { whenTrue, whenFalse } = machine.branch(node.left, path, abrupt);
    const [evaluated, kept] = node.operator === '&&' ? [whenTrue, whenFalse] : [whenFalse, whenTrue];
    return machine.mergeEvaluated([
      ...kept.map(next => ({ path: next, value: unknown })),
      ...evaluated.flatMap(next => machine.evaluate(node.right, next, abrupt)),
    ]);
  }
  const results = machine.evaluate(node.left, path, abrupt);
  if (node.operator === '??') {
    return machine.mergeEvaluated(
      results.flatMap(result => {
        const { whenTrue, whenFalse } = byNullish(machine, [result], node.left);
        return [
          ...whenFalse.map(next => ({ path: next, value: result.value })),
          ...whenTrue.flatMap(next => machine.evaluate(node.right, next, abrupt)),
        ];
      }),
    );
  }
  return machine.mergeEvaluated(
    results.flatMap(result => {
      const { whenTrue, whenFalse } = byTruth(machine, [result], node.left);
      const [evaluated, kept] = node.operator === '&&' ? [whenTrue, whenFalse] : [whenFalse, whenTrue];
      return [
        ...kept.map(next => ({ path: next, value: node.operator === '||' ? result.value : unknown })),
        ...evaluated.flatMap(next => machine.evaluate(node.right, next, abrupt)),
      ];
    }),
  );
}

function evaluateUnary(
  machine: Machine,
  node: TSESTree.UnaryExpression,
  path: Path,
  abrupt: Completion[],
): Evaluated[] {
  const value: Value = node.operator === 'void' ? nullish : unknown;
  return machine.evaluate(node.argument, path, abrupt).map(result => ({ path: result.path, value }));
}

/** The consumer of a generator may stop at any `yield`: then the generator returns there. */
function evaluateYield(
  machine: Machine,
  node: TSESTree.YieldExpression,
  path: Path,
  abrupt: Completion[],
): Evaluated[] {
  const results = node.argument === null ? [{ path, value: nullish }] : machine.evaluate(node.argument, path, abrupt);
  return results.map(({ path: next, value }) => {
    const given = escapeValue(machine, next, value, 'yielded', node);
    const stopped = withStep(given, { kind: 'returns', node }, { kind: 'consumerMayStop', node });
    abrupt.push({ kind: 'return', cause: node, path: stopped });
    return { path: given, value: unknown };
  });
}
