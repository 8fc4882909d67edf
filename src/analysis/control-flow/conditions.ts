import type { TSESTree } from '@typescript-eslint/utils';

import { skipWrappers } from '../syntax/skip-wrappers.js';
import { withErrorKind } from './error-tests.js';
import type { Branches, Completion, Evaluated, Machine } from './machine.js';
import type { Path, Value } from './path.js';
import { withFact, withStatus, withVariable, nullish } from './path.js';

/** Splits `path` by the truth of `node`. */
export function branch(machine: Machine, node: TSESTree.Expression, path: Path, abrupt: Completion[]): Branches {
  const test = skipWrappers(node);
  switch (test.type) {
    case 'UnaryExpression':
      if (test.operator === '!') {
        const { whenTrue, whenFalse } = machine.branch(test.argument, path, abrupt);
        return { whenTrue: whenFalse, whenFalse: whenTrue };
      }
      break;
    case 'LogicalExpression':
      if (test.operator !== '??') {
        return branchLogical(machine, test, path, abrupt);
      }
      break;
    default:
  }
  const comparison = test.type === 'BinaryExpression' ? comparisonOf(test) : undefined;
  const branches =
    comparison === undefined
      ? byTruth(machine, machine.evaluate(test, path, abrupt), test)
      : branchComparison(machine, comparison, path, abrupt);
  return withErrorKind(machine, test, branches);
}

/** Whether the expression is made of tests, and its value is worth splitting the path for. */
export function isCondition(node: TSESTree.Expression): boolean {
  const test = skipWrappers(node);
  return (
    (test.type === 'UnaryExpression' && test.operator === '!') ||
    (test.type === 'LogicalExpression' && test.operator !== '??') ||
    (test.type === 'BinaryExpression' && comparisonOf(test) !== undefined)
  );
}

function branchLogical(
  machine: Machine,
  { left, right, operator }: TSESTree.LogicalExpression,
  path: Path,
  abrupt: Completion[],
): Branches {
  const first = machine.branch(left, path, abrupt);
  const isAnd = operator === '&&';
  const second = join((isAnd ? first.whenTrue : first.whenFalse).map(next => machine.branch(right, next, abrupt)));
  return isAnd
    ? { whenTrue: second.whenTrue, whenFalse: [...first.whenFalse, ...second.whenFalse] }
    : { whenTrue: [...first.whenTrue, ...second.whenTrue], whenFalse: second.whenFalse };
}

/** A comparison with a constant. `constant: undefined` stands for null and undefined. */
interface Comparison {
  readonly subject: TSESTree.Expression;
  readonly constant: bigint | boolean | number | string | undefined;
  readonly isTypeof: boolean;
  readonly isNegated: boolean;
}

const comparisons: Partial<Record<string, boolean>> = { '==': false, '===': false, '!=': true, '!==': true };

function comparisonOf({ left, right, operator }: TSESTree.BinaryExpression): Comparison | undefined {
  const isNegated = comparisons[operator];
  if (isNegated === undefined || left.type === 'PrivateIdentifier') {
    return undefined;
  }
  for (const [side, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const constant = constantOf(other);
    if (constant !== undefined) {
      const subject = skipWrappers(side);
      const isTypeof = subject.type === 'UnaryExpression' && subject.operator === 'typeof';
      return { subject: isTypeof ? subject.argument : subject, constant: constant.value, isTypeof, isNegated };
    }
  }
  return undefined;
}

function constantOf(node: TSESTree.Expression): { value: bigint | boolean | number | string | undefined } | undefined {
  if (node.type === 'Literal') {
    return node.value instanceof RegExp ? undefined : { value: node.value ?? undefined };
  }
  if (node.type === 'UnaryExpression' && node.operator === '-' && node.argument.type === 'Literal') {
    return typeof node.argument.value === 'number' ? { value: -node.argument.value } : undefined;
  }
  return (node.type === 'Identifier' && node.name === 'undefined') ||
    (node.type === 'UnaryExpression' && node.operator === 'void')
    ? { value: undefined }
    : undefined;
}

function branchComparison(machine: Machine, comparison: Comparison, path: Path, abrupt: Completion[]): Branches {
  const { subject, constant, isTypeof, isNegated } = comparison;
  const subjectText = machine.textOf(subject);
  const text = `${isTypeof ? 'typeof ' : ''}${subjectText} == ${String(constant)}`;
  const branches = join(
    machine.evaluate(subject, path, abrupt).map(({ path: next, value }): Branches => {
      const isNullTest = isTypeof ? constant === 'undefined' : constant === undefined;
      const isEqual = isNullTest ? isNullish(value, next, subjectText) : equals(value, next, comparison);
      if (isEqual !== undefined) {
        return isEqual ? { whenTrue: [next], whenFalse: [] } : { whenTrue: [], whenFalse: [next] };
      }
      if (value.kind === 'flag' || value.kind === 'resource') {
        const held = acquired(next, value.id);
        const not = notAcquired(machine, next, value.id, subject);
        if (isNullTest || constant === false || constant === -1) {
          return { whenTrue: [not], whenFalse: [held] };
        }
        if (constant === true || (isTypeof && resourceTypes.has(constant))) {
          return { whenTrue: [held], whenFalse: [not] };
        }
      }
      return byFact(machine, next, isNullTest ? nullText(subjectText) : text);
    }),
  );
  return isNegated ? { whenTrue: branches.whenFalse, whenFalse: branches.whenTrue } : branches;
}

function equals(value: Value, path: Path, { constant, isTypeof }: Comparison): boolean | undefined {
  if (isTypeof) {
    return hasType(value, path, constant);
  }
  if (value.kind === 'constant') {
    return value.value === constant;
  }
  return value.kind === 'nullish' || value.kind === 'closure' ? false : undefined;
}

/** What `typeof` gives for whatever an acquire gives. */
const resourceTypes: ReadonlySet<Comparison['constant']> = new Set(['function', 'number', 'object', 'string']);

/** Whether `typeof` gives this name. */
function hasType(value: Value, path: Path, name: Comparison['constant']): boolean | undefined {
  switch (value.kind) {
    case 'closure':
      return name === 'function';
    case 'constant':
      return typeof value.value === name;
    case 'nullish':
      return name === 'object' ? undefined : false;
    case 'resource':
      return resourceTypes.has(name) ? truthOf(value, path) : undefined;
    default:
      return undefined;
  }
}

/** Splits evaluated outcomes by whether the value is truthy. `node` names the condition. */
export function byTruth(machine: Machine, results: readonly Evaluated[], node: TSESTree.Expression): Branches {
  return join(
    results.map(({ path, value }): Branches => {
      const truth = truthOf(value, path);
      if (truth !== undefined) {
        return truth ? { whenTrue: [path], whenFalse: [] } : { whenTrue: [], whenFalse: [path] };
      }
      if (value.kind === 'resource' || value.kind === 'flag') {
        return { whenTrue: [acquired(path, value.id)], whenFalse: [notAcquired(machine, path, value.id, node)] };
      }
      return byFact(machine, path, machine.textOf(node));
    }),
  );
}

/** Splits evaluated outcomes by whether the value is null or undefined: `whenTrue` if it is. */
export function byNullish(machine: Machine, results: readonly Evaluated[], node: TSESTree.Expression): Branches {
  const text = machine.textOf(node);
  return join(
    results.map(({ path, value }): Branches => {
      const isNull = isNullish(value, path, text);
      if (isNull !== undefined) {
        return isNull ? { whenTrue: [path], whenFalse: [] } : { whenTrue: [], whenFalse: [path] };
      }
      if (value.kind === 'resource') {
        return { whenTrue: [notAcquired(machine, path, value.id, node)], whenFalse: [acquired(path, value.id)] };
      }
      return byFact(machine, path, nullText(text));
    }),
  );
}

function truthOf(value: Value, path: Path): boolean | undefined {
  switch (value.kind) {
    case 'constant':
      return Boolean(value.value);
    case 'nullish':
      return false;
    case 'closure':
    case 'promise':
    case 'rejected':
    case 'truthy':
      return true;
    case 'flag':
    case 'resource': {
      const status = path.status.get(value.id);
      return status?.kind === 'perhaps' ? undefined : status !== undefined;
    }
    case 'unknown':
      return undefined;
  }
}

function isNullish(value: Value, path: Path, text: string): boolean | undefined {
  if (value.kind === 'unknown') {
    return path.facts.get(text) === true ? false : undefined;
  }
  if (value.kind === 'constant' || value.kind === 'nullish') {
    return value.kind === 'nullish';
  }
  const truth = truthOf(value, path);
  return truth === undefined ? undefined : !truth;
}

/** Splits by a condition of which only the text is known. Facts are kept for conditions that the function repeats. */
function byFact(machine: Machine, path: Path, text: string): Branches {
  const truth = path.facts.get(text);
  if (truth !== undefined) {
    return truth ? { whenTrue: [path], whenFalse: [] } : { whenTrue: [], whenFalse: [path] };
  }
  return machine.conditions.recurring.has(text) || machine.conditions.recurring.has(nullSubject(text))
    ? { whenTrue: [implied(path, text, true)], whenFalse: [implied(path, text, false)] }
    : { whenTrue: [path], whenFalse: [path] };
}

/** Keeps a fact and what follows from it: a truthy value is not null, a null value is not truthy. */
function implied(path: Path, text: string, truth: boolean): Path {
  const next = withFact(path, text, truth);
  const subject = nullSubject(text);
  if (subject !== text) {
    return truth ? withFact(next, subject, false) : next;
  }
  return truth ? withFact(next, nullText(text), false) : next;
}

function nullText(subject: string): string {
  return `${subject} == undefined`;
}

function nullSubject(text: string): string {
  return text.replace(/ == undefined$/u, '');
}

/** The text under which a condition is kept, to count how often a function repeats it. */
export function conditionTexts(textOf: (node: TSESTree.Node) => string, node: TSESTree.Expression): string[] {
  const test = skipWrappers(node);
  if (test.type === 'UnaryExpression' && test.operator === '!') {
    return conditionTexts(textOf, test.argument);
  }
  if (test.type === 'LogicalExpression') {
    return [...conditionTexts(textOf, test.left), ...conditionTexts(textOf, test.right)];
  }
  if (test.type === 'BinaryExpression') {
    const comparison = comparisonOf(test);
    if (comparison !== undefined) {
      const subject = textOf(comparison.subject);
      const isNullTest = comparison.constant === (comparison.isTypeof ? 'undefined' : undefined);
      return isNullTest
        ? [subject, nullText(subject)]
        : [`${comparison.isTypeof ? 'typeof ' : ''}${subject} == ${String(comparison.constant)}`];
    }
  }
  return [textOf(test)];
}

function acquired(path: Path, id: number): Path {
  return path.status.get(id)?.kind === 'perhaps' ? withStatus(path, id, { kind: 'held' }) : path;
}

function notAcquired(machine: Machine, path: Path, id: number, node: TSESTree.Expression): Path {
  const variable = node.type === 'Identifier' ? machine.variableOf(node) : undefined;
  const next = withStatus(path, id, undefined);
  return variable === undefined ? next : withVariable(next, variable, nullish);
}

function join(branches: readonly Branches[]): Branches {
  return {
    whenTrue: branches.flatMap(({ whenTrue }) => whenTrue),
    whenFalse: branches.flatMap(({ whenFalse }) => whenFalse),
  };
}
