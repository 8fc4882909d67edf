import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Assumption } from '../../findings.js';
import { confidenceOf } from '../../findings.js';
import { variablesCapturedBy } from '../../scope/captures.js';
import type { Variables } from '../../scope/variables.js';
import { contains } from '../../syntax/contains.js';
import { descendantsOf } from '../../syntax/descendants.js';
import { functionAround, isFunction } from '../../syntax/functions.js';
import { memberName } from '../../syntax/member-name.js';
import { propertyName } from '../../syntax/property-name.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import { listeningMethods } from '../../value-flow/registering-methods.js';
import { createRepetition } from '../repetition.js';
import { producesLarge } from './producers.js';
import type { CaptureFinding } from './model.js';

interface ClosureContext {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly variables: Variables;
  /** What declares the containers of the module that only grow. */
  readonly growing: () => ReadonlySet<TSESTree.Node>;
}

type Closure = TSESTree.ArrowFunctionExpression | TSESTree.FunctionExpression;

/** Objects that live as long as the program. */
const globalSenders = new Set(['process', 'globalThis', 'window', 'document', 'self']);
const registeringMethods = new Set<string>(listeningMethods);

/** Properties that tell something of a large value and do not change. */
const plainProperties = new Set(['byteLength', 'length', 'size', 'type', 'name', 'width', 'height']);

/**
 * The closures that live on and keep a large local of the function that made them: handlers of global senders,
 * intervals that nobody can clear. And those that keep what the module itself has done with.
 */
export function findLargeCaptures({ sourceCode, variables, growing }: ClosureContext): CaptureFinding[] {
  const repetition = createRepetition(variables);
  const closures = [...descendantsOf(sourceCode.ast, sourceCode.visitorKeys)].flatMap(node => {
    const closure = node.type === 'CallExpression' ? longLivedClosure(node) : undefined;
    return closure === undefined ? [] : [closure];
  });
  return closures.flatMap(closure => [
    ...largeLocalsAround(closure).flatMap(local => verdictOf(closure, local) ?? []),
    ...variablesCapturedBy(sourceCode, closure).flatMap(variable => moduleVerdict(closure, variable) ?? []),
  ]);

  /** The function that a call keeps for as long as the program runs. */
  function longLivedClosure(call: TSESTree.CallExpression): Closure | undefined {
    const closure = call.arguments.find(isClosure);
    if (closure === undefined || !(isIntervalForGood(call) || isGlobalRegistration(call))) return undefined;
    return closure;
  }

  function isIntervalForGood({ callee, parent }: TSESTree.CallExpression): boolean {
    if (callee.type !== 'Identifier' || callee.name !== 'setInterval' || !variables.isUnshadowedGlobal(callee)) return false;
    const isUnref = parent.type === 'MemberExpression' && propertyName(parent) === 'unref';
    return parent.type === 'ExpressionStatement' || (isUnref && parent.parent.parent?.type === 'ExpressionStatement');
  }

  /** A registration that this file does not take back: nothing in it removes a listener, and no option does. */
  function isGlobalRegistration(call: TSESTree.CallExpression): boolean {
    const { callee } = call;
    if (callee.type !== 'MemberExpression' || !registeringMethods.has(memberName(callee) ?? '')) return false;
    const sender = skipWrappers(callee.object);
    if (sender.type !== 'Identifier' || !globalSenders.has(sender.name) || !variables.isUnshadowedGlobal(sender)) return false;
    return call.arguments.length === 2;
  }

  function largeLocalsAround(closure: Closure): Local[] {
    const locals: Local[] = [];
    for (let scope = sourceCode.getScope(closure).upper; scope !== null; scope = scope.upper) {
      if (scope.block.type === 'Program') break;
      for (const variable of scope.variables) {
        const local = localOf(variable);
        if (local !== undefined) locals.push(local);
      }
    }
    return locals;
  }

  /**
   * A variable of the module is kept by the module anyway. It is kept for nothing where the module is evaluated again, by
   * hot reload, a test runner or a host of plugins, while the closure of the evaluation before lives on; or where the
   * module has let go of what the closure has another name for.
   */
  function moduleVerdict(closure: Closure, variable: TSESLint.Scope.Variable): CaptureFinding | undefined {
    const [definition] = variable.defs;
    if (definition?.type !== 'Variable' || variable.scope.block.type !== 'Program' || definition.node.init === null) return undefined;
    const { node: declaration } = definition;
    const emptied = emptiedElsewhere(variable, declaration);
    if (emptied !== undefined) {
      return finding({ kind: 'capturesAlias', node: closure, witness: declaration, sibling: emptied }, [{ kind: 'functionRunsAgain', node: emptied }]);
    }
    if (!isKeptForGood(variable, declaration)) return undefined;
    const isOfModuleCode = !repetition.mayRepeat(closure) && functionAround(closure) === undefined;
    const assumption: Assumption = isOfModuleCode ? { kind: 'moduleRunsAgain', node: closure } : { kind: 'shapeOnly' };
    return finding({ kind: 'capturesModule', node: closure, witness: declaration }, [assumption]);
  }

  /** Whether it is large and stays, or grows without bound. */
  function isKeptForGood(variable: TSESLint.Scope.Variable, { id, init }: TSESTree.VariableDeclarator): boolean {
    const isConstant = variable.references.every(reference => !reference.isWrite() || reference.init === true);
    return isConstant && init !== null && (producesLarge(init, variables) || growing().has(id));
  }

  /** Where another variable of the module, of which this one is a second name, is given something else by a function. */
  function emptiedElsewhere({ references }: TSESLint.Scope.Variable, { init }: TSESTree.VariableDeclarator): TSESTree.Node | undefined {
    const original = init?.type === 'Identifier' ? variables.of(init) : undefined;
    const [definition] = original?.defs ?? [];
    if (original?.scope.block.type !== 'Program' || definition?.type !== 'Variable') return undefined;
    const { init: made } = definition.node;
    const isAlias = references.every(reference => !reference.isWrite() || reference.init === true);
    if (!isAlias || made === null || !(producesLarge(made, variables) || isContainer(made))) return undefined;
    return original.references.find(({ identifier, init: isInit, writeExpr }) => writeExpr != null && isInit !== true && repetition.mayRepeat(identifier))?.identifier;
  }

  function isContainer(node: TSESTree.Expression): boolean {
    const { type } = node;
    return type === 'ArrayExpression' || (type === 'NewExpression' && node.callee.type === 'Identifier' && /^(?:Map|Set)$/u.test(node.callee.name) && variables.isUnshadowedGlobal(node.callee));
  }

  function localOf(variable: TSESLint.Scope.Variable): Local | undefined {
    const [definition] = variable.defs;
    if (definition?.type !== 'Variable' || definition.node.init === null || definition.node.id.type !== 'Identifier') return undefined;
    // What is assigned anew may be emptied.
    const isKept = variable.references.every(reference => !reference.isWrite() || reference.init === true);
    return isKept && producesLarge(definition.node.init, variables) ? { variable, declaration: definition.node } : undefined;
  }

  function verdictOf(closure: Closure, { variable, declaration }: Local): CaptureFinding | undefined {
    const inside = variable.references.filter(({ identifier }) => contains(closure, identifier));
    if (!repetition.mayRepeat(declaration)) return undefined;
    if (inside.length === 0) return sharedVerdict(closure, variable, declaration);
    const reads = inside.flatMap(({ identifier }) => plainRead(identifier) ?? []);
    const names = new Set(reads.map(read => propertyName(read)));
    if (reads.length < inside.length || names.size !== 1) {
      return finding({ kind: 'capturesLarge', node: closure, witness: declaration }, [{ kind: 'shapeOnly' }]);
    }
    return finding({ kind: 'capturesForRead', node: closure, witness: declaration, reads }, []);
  }

  /** A closure keeps the context that it was made in, with every variable that a sibling put there. */
  function sharedVerdict(
    closure: Closure,
    variable: TSESLint.Scope.Variable,
    declaration: TSESTree.VariableDeclarator,
  ): CaptureFinding | undefined {
    for (const node of descendantsOf(variable.scope.block, sourceCode.visitorKeys)) {
      if (!isFunction(node) || node === variable.scope.block || contains(node, closure) || contains(node, declaration)) continue;
      if (!variablesCapturedBy(sourceCode, node).includes(variable)) continue;
      return finding({ kind: 'sharesContext', node: closure, witness: declaration, sibling: node }, [{ kind: 'shapeOnly' }]);
    }
    return undefined;
  }
}

interface Local {
  readonly variable: TSESLint.Scope.Variable;
  readonly declaration: TSESTree.VariableDeclarator;
}

function isClosure(node: TSESTree.Node): node is Closure {
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression';
}

/** `data.length`, read and not called. */
function plainRead({ parent }: TSESTree.Node): TSESTree.MemberExpression | undefined {
  if (parent?.type !== 'MemberExpression' || parent.computed || !plainProperties.has(propertyName(parent) ?? '')) return undefined;
  const isWritten = parent.parent.type === 'AssignmentExpression' && parent.parent.left === parent;
  return isWritten || parent.parent.type === 'UpdateExpression' ? undefined : parent;
}

function finding(parts: Omit<CaptureFinding, 'assumptions' | 'confidence'>, assumptions: readonly Assumption[]): CaptureFinding {
  return { ...parts, assumptions, confidence: confidenceOf(assumptions) };
}
