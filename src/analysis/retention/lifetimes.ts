import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { ClassModel, Method } from '../classes/class-model.js';
import { terminalDisposersOf } from '../classes/disposers.js';
import type { Variables } from '../scope/variables.js';
import { contains } from '../syntax/contains.js';
import { descendantsOf } from '../syntax/descendants.js';
import { functionAround, isClass } from '../syntax/functions.js';
import { memberName } from '../syntax/member-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';

/** What tells how long the instances of the classes of a file live. */
export interface Lifetimes {
  /** Whether the code at `node` runs only when an instance ends for good. */
  isTerminal(node: TSESTree.Node, model: ClassModel): boolean;
  /** The place that shows that instances run on by themselves: a timer, server or socket in a field; a single instance. */
  longLife(model: ClassModel): TSESTree.Node | undefined;
}

/** What the questions are answered from. */
export interface LifetimeContext {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly variables: Variables;
  /** Names of terminal disposers that the settings add. */
  readonly disposers: readonly string[];
}

/** A method under a symbol that is named as a terminal disposer is: `[kClose]() {}`. */
const terminalSymbol = /^k?_*(?:close|dispose|destroy|terminate|disconnect|shutdown)$/iu;

/** Makers of things that keep running, by the last name of the callee. */
const runningMakers = new Set([
  'setInterval', 'createServer', 'createSecureServer', 'createConnection', 'Worker', 'SharedWorker', 'BroadcastChannel',
  'WebSocket', 'WebSocketServer', 'Server', 'EventSource',
]);

/** The lifetimes in one file. */
export function createLifetimes({ sourceCode, variables, disposers }: LifetimeContext): Lifetimes {
  const terminal = new Map<ClassModel, ReadonlySet<Method>>();
  return { isTerminal, longLife };

  function isTerminal(node: TSESTree.Node, model: ClassModel): boolean {
    let methods = terminal.get(model);
    if (methods === undefined) {
      methods = terminalMethods(model);
      terminal.set(model, methods);
    }
    return [...methods].some(method => contains(method.node, node));
  }

  /** The disposers, and the private methods that nothing else calls. */
  function terminalMethods(model: ClassModel): ReadonlySet<Method> {
    const found = new Set([...terminalDisposersOf(model, disposers), ...model.methods.filter(hasTerminalSymbol)]);
    // A set that is iterated sees what is added meanwhile; a method that leads to two others is looked at twice.
    for (let size = -1; size !== found.size; ) {
      size = found.size;
      for (const method of model.methods) if (isPrivate(method) && isCalledOnlyBy(method, found, model)) found.add(method);
    }
    return found;
  }

  function longLife(model: ClassModel): TSESTree.Node | undefined {
    for (const node of descendantsOf(model.node, sourceCode.visitorKeys)) {
      if (isRunning(node) && isKept(node)) return node;
    }
    return singleInstance(model);
  }

  function isRunning(node: TSESTree.Node): node is TSESTree.CallExpression | TSESTree.NewExpression {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return false;
    const callee = skipWrappers(node.callee);
    const name = callee.type === 'Identifier' ? callee.name : memberName(callee);
    if (name === undefined || !runningMakers.has(name)) return false;
    const root = callee.type === 'MemberExpression' ? skipWrappers(callee.object) : callee;
    if (root.type !== 'Identifier') return false;
    const definition = variables.of(root)?.defs[0];
    const isImported =
      definition?.type === 'ImportBinding' ||
      (definition?.type === 'Variable' && definition.node.init !== null && isRequire(definition.node.init));
    return isImported || variables.isUnshadowedGlobal(root);
  }

  /** The one instance that module code makes and keeps. */
  function singleInstance({ node }: ClassModel): TSESTree.Node | undefined {
    if (!isClass(node)) return undefined;
    const variables = sourceCode.scopeManager?.getDeclaredVariables(node) ?? [];
    const made = variables
      .flatMap(({ references }) => references.map(({ identifier }) => identifier.parent))
      .filter(parent => parent.type === 'NewExpression');
    const [only] = made;
    return made.length === 1 && only !== undefined && functionAround(only) === undefined ? only : undefined;
  }
}

/** Whether it goes into a field: `this.timer = setInterval(…)`, `timer = setInterval(…)`, in a list or a chain too. */
function isKept(node: TSESTree.Node): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case 'ArrayExpression':
    case 'CallExpression':
    case 'ChainExpression':
    case 'TSAsExpression':
      return isKept(parent);
    case 'MemberExpression':
      return isKept(parent);
    case 'AssignmentExpression':
      return parent.left.type === 'MemberExpression' && skipWrappers(parent.left.object).type === 'ThisExpression';
    case 'PropertyDefinition':
      return parent.value === node && !parent.static;
    default:
      return false;
  }
}

function isRequire(node: TSESTree.Expression): boolean {
  const call = node.type === 'MemberExpression' ? node.object : node;
  return call.type === 'CallExpression' && call.callee.type === 'Identifier' && call.callee.name === 'require';
}

function hasTerminalSymbol({ node, kind }: Method): boolean {
  const { parent } = node;
  return (
    kind === 'method' &&
    parent.type === 'MethodDefinition' &&
    parent.computed &&
    parent.key.type === 'Identifier' &&
    terminalSymbol.test(parent.key.name)
  );
}

function isPrivate({ name, node: { parent } }: Method): boolean {
  const isDeclared = (parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition') && parent.accessibility === 'private';
  return name !== undefined && (isDeclared || /^[#_]/u.test(name));
}

function isCalledOnlyBy({ name }: Method, callers: ReadonlySet<Method>, model: ClassModel): boolean {
  const uses = name === undefined ? [] : model.usesOf(name);
  return uses.length > 0 && uses.every(({ method }) => method !== undefined && callers.has(method));
}
