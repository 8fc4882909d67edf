import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { createClasses } from '../../classes/class-model.js';
import type { Assumption } from '../../findings.js';
import { confidenceOf } from '../../findings.js';
import type { Identity } from '../../identity/identity.js';
import type { Variables } from '../../scope/variables.js';
import { contains } from '../../syntax/contains.js';
import { descendantsOf } from '../../syntax/descendants.js';
import { functionAround, isClass } from '../../syntax/functions.js';
import { propertyName } from '../../syntax/property-name.js';
import type { Types } from '../../types/types.js';
import { createFailures } from '../../value-flow/failure.js';
import { createLifetimes } from '../lifetimes.js';
import { createRepetition } from '../repetition.js';
import { collectContainers } from './collect.js';
import { forgottenElsewhere, keyThatHoldsInstance, outlivingInstance } from './evidence.js';
import { missedRemoval } from './in-flight.js';
import { isIdentityLike, keyOrigin } from './keys.js';
import type { Container, ContainerFinding, Growth, Operation } from './model.js';
import { operationsOn } from './operations.js';
import type { OtherFiles } from './other-files.js';
import { isUnhandledPromise } from './promises.js';
import { valueNature } from './values.js';

/** What containers are judged by. */
export interface ContainerContext {
  readonly sourceCode: TSESLint.SourceCode;
  readonly identity: Identity;
  readonly variables: Variables;
  readonly types: Types | undefined;
  /** Names of terminal disposers that the settings add. */
  readonly disposers: readonly string[];
  /** The other files of the program; undefined where only this file counts. */
  readonly otherFiles: OtherFiles | undefined;
}

/** The containers of a file that only grow, one finding each, in source order. */
export function analyseContainers(context: ContainerContext): ContainerFinding[] {
  const { sourceCode, identity, variables, types } = context;
  const classes = createClasses(sourceCode, variables);
  const lifetimes = createLifetimes(context);
  const repetition = createRepetition(variables);
  const failures = createFailures(sourceCode, { variables, identity, types });
  const evidence = { sourceCode, variables, lifetimes };
  const operations = new Map(
    collectContainers({ sourceCode, variables, classes }).map(container => [container, operationsOn(container, context)]),
  );
  return [...operations].flatMap(([container, done]) => findingOf(container, done) ?? []).sort(bySource);

  function findingOf(container: Container, done: readonly Operation[]): ContainerFinding | undefined {
    if (done.some(({ kind }) => kind === 'unknown' || kind === 'bound')) return undefined;
    const growths = done.flatMap(operation =>
      operation.kind === 'grow' && repetition.mayRepeat(operation.node) ? [operation] : [],
    );
    const found = growths.map(growth => verdictOf(container, growth, done)).filter(each => each !== undefined);
    const [best] = found.sort((left, right) => left.assumptions.length - right.assumptions.length);
    if (best === undefined) return undefined;
    const { outerName } = container;
    if (outerName !== undefined && mayShrinkElsewhere(outerName)) return undefined;
    const assumptions: readonly Assumption[] = outerName === undefined ? best.assumptions : [...best.assumptions, { kind: 'noOtherFile' }];
    const isWeak = canBeWeak(done) && growths.every(hasObjectKey);
    return {
      ...best,
      container,
      assumptions,
      confidence: confidenceOf(assumptions),
      canBeWeak: isWeak,
      removal: best.kind === 'keptOnFailure' ? done.find(({ kind }) => kind === 'shrink')?.node : siblingRemoval(container, best.growth),
      canBeMadeAgain: isMemo(best.growth, done),
    };
  }

  function siblingRemoval(container: Container, growth: Growth): TSESTree.Node | undefined {
    return container.place === 'field' ? forgottenElsewhere(container, growth, operations, evidence) : undefined;
  }

  /** Whether one function keeps a promise there, and nothing but that function asks for it. */
  function isMemo(growth: Growth, done: readonly Operation[]): boolean {
    const around = functionAround(growth.node);
    return (
      around !== undefined &&
      isUnhandledPromise(growth.value, { variables, types, failures }) &&
      done.every(({ kind, node }) => (kind === 'grow' || kind === 'read') && contains(around, node))
    );
  }

  /** What other files can reach is anybody's, unless the program shows what they do with it. */
  function mayShrinkElsewhere(outerName: string): boolean {
    return context.otherFiles?.(outerName) ?? true;
  }

  function hasObjectKey(growth: Growth): boolean {
    const { key } = growth;
    if (key === undefined) return false;
    return key.type === 'ThisExpression' || types?.isObject(key) === true || keyThatHoldsInstance(growth, evidence) !== undefined;
  }

  function verdictOf(container: Container, growth: Growth, done: readonly Operation[]): Verdict | undefined {
    const { model } = container;
    const shrinks = done.filter(({ kind }) => kind === 'shrink');
    const isKeptFromEnd = model !== undefined && container.place === 'field';
    const working = shrinks.filter(({ node }) => !(isKeptFromEnd && lifetimes.isTerminal(node, model)));
    if (working.length > 0) {
      return missedRemovalVerdict(growth, working) ?? (isLeftToCallers(growth, working) ? listenedKey(container, growth, done) : undefined);
    }
    if (container.place === 'field') return fieldVerdict(container, growth, done);
    if (growth.key === undefined) return constructionVerdict(growth) ?? callVerdict(growth);
    const verdict = constructionVerdict(growth) ?? keyVerdict(container, growth);
    const isSure = verdict?.assumptions.every(({ kind }) => kind !== 'shapeOnly');
    return isSure === true ? verdict : (rejectionVerdict(growth) ?? verdict);
  }

  /** A promise that fails every caller from then on. */
  function rejectionVerdict(growth: Growth): Verdict | undefined {
    const { value } = growth;
    if (value === undefined || !isUnhandledPromise(value, { variables, types, failures })) return undefined;
    return { kind: 'keepsRejection', growth, witness: value, assumptions: [{ kind: 'shapeOnly' }] };
  }

  function missedRemovalVerdict(growth: Growth, shrinks: readonly Operation[]): Verdict | undefined {
    const witness = missedRemoval(growth, shrinks, sourceCode);
    const failure = witness && failures.ofAwait(madeBefore(witness.argument));
    if (witness === undefined || failure === 'impossible') return undefined;
    const assumption: Assumption = { kind: failure === 'doubtful' ? 'calleeMayThrow' : 'promiseMayReject', node: witness };
    return { kind: 'keptOnFailure', growth, witness, assumptions: [assumption] };
  }

  /** What a constant was given: `const job = work(); …; await job`. */
  function madeBefore(node: TSESTree.Expression): TSESTree.Expression {
    const definition = node.type === 'Identifier' ? variables.of(node)?.defs[0] : undefined;
    const init = definition?.type === 'Variable' && definition.parent.kind === 'const' ? definition.node.init : null;
    return init ?? node;
  }

  /** Whether all removals are in other functions, for somebody to call. */
  function isLeftToCallers({ node }: Growth, shrinks: readonly Operation[]): boolean {
    const around = functionAround(node);
    return around !== undefined && shrinks.every(shrink => !contains(around, shrink.node));
  }

  /** A key that keeps the instance alive is kept by it, with all others. */
  function listenedKey(container: Container, growth: Growth, done: readonly Operation[]): Verdict | undefined {
    const witness = container.place === 'field' && canBeWeak(done) ? keyThatHoldsInstance(growth, evidence) : undefined;
    return witness && { kind: 'growsPerObject', growth, witness, assumptions: [{ kind: 'instanceIsLongLived', node: witness }] };
  }

  function fieldVerdict(container: Container, growth: Growth, done: readonly Operation[]): Verdict | undefined {
    const { key } = growth;
    if (isInConstructor(growth)) return undefined;
    if (key === undefined) return appendedVerdict(container, growth);
    const listened = listenedKey(container, growth, done);
    if (listened !== undefined) return listened;
    const origin = keyOrigin(key, { variables, types });
    if (origin.kind !== 'fresh' && (origin.kind !== 'given' || origin.parameter === undefined)) return undefined;
    const place = outlivingInstance(container, growth, operations, evidence);
    if (place === undefined) return undefined;
    const names = origin.kind === 'given' ? origin.names : [];
    const isSure = (origin.kind === 'fresh' || isIdentityLike(names)) && !isAskedFor(growth);
    const assumptions: Assumption[] = [{ kind: 'instanceIsLongLived', node: place }];
    assumptions.push(isSure ? { kind: 'keysAreUnbounded', node: key } : { kind: 'shapeOnly' });
    return { kind: 'growsPerKey', growth, witness: key, assumptions };
  }

  /** A list that an instance appends to for as long as it runs by itself. */
  function appendedVerdict({ model }: Container, growth: Growth): Verdict | undefined {
    const place = model === undefined ? undefined : lifetimes.longLife(model);
    const verdict = place === undefined ? undefined : callVerdict(growth);
    if (place === undefined || verdict === undefined) return undefined;
    return { ...verdict, assumptions: [{ kind: 'instanceIsLongLived', node: place }, ...verdict.assumptions] };
  }

  function constructionVerdict(growth: Growth): Verdict | undefined {
    const isSelf = [growth.key, growth.value].some(part => part?.type === 'ThisExpression');
    const around = functionAround(growth.node);
    if (!isSelf || around?.parent.type !== 'MethodDefinition' || around.parent.kind !== 'constructor') return undefined;
    return isConstructedOften(around.parent)
      ? { kind: 'growsByConstruction', growth, witness: growth.node, assumptions: [] }
      : undefined;
  }

  /** Whether code of other files, or code that runs again, makes instances. */
  function isConstructedOften({ parent, accessibility }: TSESTree.MethodDefinition): boolean {
    const node = parent.parent;
    const made = sourceCode.scopeManager?.getDeclaredVariables(node).flatMap(variable => variable.references) ?? [];
    const isMadeAgain = made.some(
      ({ identifier }) => identifier.parent.type === 'NewExpression' && repetition.mayRepeat(identifier),
    );
    const isHidden = accessibility === 'private' || accessibility === 'protected';
    const isMadeHere = made.some(({ identifier }) => identifier.parent.type === 'NewExpression');
    return isMadeAgain || (!isHidden && !isMadeHere && isExportedClass(node));
  }

  function callVerdict(growth: Growth): Verdict | undefined {
    const { value } = growth;
    const around = functionAround(growth.node);
    if (value === undefined || around === undefined || isAskedFor(growth)) return undefined;
    const nature = valueNature(value, variables);
    const isNew = nature === 'identity' && value.type !== 'Identifier' && !isFunctionExpression(value);
    const isOfHandler = repetition.isHandler(around);
    if (!isNew && !isOfHandler) return undefined;
    const assumptions: Assumption[] = isOfHandler ? [] : [{ kind: 'shapeOnly' }];
    return { kind: 'growsPerCall', growth, witness: growth.node, assumptions };
  }

  function keyVerdict({ form }: Container, growth: Growth): Verdict | undefined {
    const { key, value } = growth;
    if (key === undefined || warnsOnce(growth)) return undefined;
    const origin = keyOrigin(key, { variables, types });
    if (origin.kind !== 'fresh' && origin.kind !== 'given') return undefined;
    const names = origin.kind === 'given' ? origin.names : [];
    const nature = form === 'set' ? 'identity' : valueNature(value, variables);
    // What a call computes from the key is a memo, as far as anybody can see.
    if (nature === 'derived' || nature === 'unknown') return undefined;
    const isSure = (origin.kind === 'fresh' || isIdentityLike(names)) && !isAskedFor(growth);
    const assumptions: Assumption[] = [isSure ? { kind: 'keysAreUnbounded', node: key } : { kind: 'shapeOnly' }];
    return { kind: 'growsPerKey', growth, witness: key, assumptions };
  }

  /** `if (!seen.has(name)) { seen.add(name); console.warn(…) }`: what it tells of is the program's own. */
  function warnsOnce({ node }: Growth): boolean {
    const around = functionAround(node);
    if (around === undefined) return false;
    const tells = [...descendantsOf(around, sourceCode.visitorKeys)].some(
      each => each.type === 'CallExpression' && /warn|deprecat|report|logger|console/iu.test(sourceCode.getText(each.callee)),
    );
    return tells || /[oO]nce$/u.test(nameOf(around) ?? '');
  }

  function isInConstructor({ node }: Growth): boolean {
    const parent = functionAround(node)?.parent;
    return parent?.type === 'MethodDefinition' && parent.kind === 'constructor';
  }
}

type Verdict = Pick<ContainerFinding, 'assumptions' | 'growth' | 'kind' | 'witness'>;

/** The names of functions by which somebody asks for something to be kept. */
const keepingName =
  /^_?(?:add|append|attach|bind|configure|declare|decorate|define|enqueue|extend|init|install|load|map|mount|plugin|provide|push|put|register|save|set|setup|store|subscribe|track|use|watch)(?:[A-Z_]|$)|^_?on$|(?:Decorator|Plugin)$/u;

function isAskedFor({ node }: Growth): boolean {
  const around = functionAround(node);
  const name = around === undefined ? undefined : nameOf(around);
  return name !== undefined && keepingName.test(name);
}

function nameOf(node: NonNullable<ReturnType<typeof functionAround>>): string | undefined {
  const { parent } = node;
  if (node.id != null) return node.id.name;
  if (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name;
  if (parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition' || parent.type === 'Property') {
    return propertyName(parent)?.replace(/^#/u, '');
  }
  return parent.type === 'AssignmentExpression' ? memberNameOf(parent.left) : undefined;
}

function memberNameOf(node: TSESTree.Node): string | undefined {
  return node.type === 'MemberExpression' ? propertyName(node) : undefined;
}

function isFunctionExpression({ type }: TSESTree.Expression): boolean {
  return type === 'ArrowFunctionExpression' || type === 'FunctionExpression';
}

/** Whether all that is done with it is done by key. */
function canBeWeak(operations: readonly Operation[]): boolean {
  return operations.every(operation => {
    switch (operation.kind) {
      case 'grow':
        return operation.key !== undefined;
      case 'read':
        return operation.isKeyed;
      case 'shrink':
        return operation.key !== undefined;
      case 'bound':
      case 'unknown':
        return false;
    }
  });
}

function isExportedClass(node: TSESTree.Node): boolean {
  if (!isClass(node)) return false;
  const { type } = node.parent;
  return type === 'ExportNamedDeclaration' || type === 'ExportDefaultDeclaration' || type === 'AssignmentExpression';
}

function bySource(left: ContainerFinding, right: ContainerFinding): number {
  return left.container.node.range[0] - right.container.node.range[0];
}
