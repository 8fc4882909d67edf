import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Identity } from '../identity/identity.js';
import type { Variables } from '../scope/variables.js';
import { ancestorsOf } from '../syntax/ancestors.js';
import { contains } from '../syntax/contains.js';
import { descendantsOf } from '../syntax/descendants.js';
import { memberName } from '../syntax/member-name.js';
import { propertyName, stringOf } from '../syntax/property-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import type { WorkerScript } from '../thread-specification.js';

/** What the question rests on. */
export interface WorkerCodeParts {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly identity: Identity;
  readonly variables: Variables;
  readonly script: WorkerScript;
}

/** What a file says of the worker that it is the script of. */
export interface WorkerCode {
  /** Whether a node runs in a worker, as what the file imports and where it registers tells. */
  runs(node: TSESTree.Node): boolean;
  /** What first registers a listener of the messages of the parent. */
  messageListener(): TSESTree.Node | undefined;
}

/** The worker whose script a file is. */
export function createWorkerCode({ sourceCode, identity, variables, script }: WorkerCodeParts): WorkerCode {
  const names = new Set([...script.exports.flatMap(source => source.export), ...script.handlers, ...script.globals, 'self']);
  let isWorkerFile: boolean | undefined;

  return {
    runs(node) {
      isWorkerFile ??= [...names].some(name => sourceCode.text.includes(name)) && find(isMark) !== undefined;
      return isWorkerFile && !isOfMainThread(node);
    },
    messageListener: () => find(node => listens(node) || (node.type === 'CallExpression' && isListening(node))),
  };

  function find(fits: (node: TSESTree.Node) => boolean): TSESTree.Node | undefined {
    for (const node of descendantsOf(sourceCode.ast, sourceCode.visitorKeys)) if (fits(node)) return node;
    return undefined;
  }

  /** `onmessage = …`, `addEventListener('message', …)`, `parentPort.on('message', …)`. */
  function listens(node: TSESTree.Node): boolean {
    if (node.type === 'AssignmentExpression') return isHandler(node.left);
    if (node.type !== 'CallExpression' || !isMessage(node.arguments[0])) return false;
    const callee = skipWrappers(node.callee);
    if (callee.type === 'Identifier') return callee.name === 'addEventListener' && variables.isUnshadowedGlobal(callee);
    const object = callee.type === 'MemberExpression' ? skipWrappers(callee.object) : undefined;
    return object?.type === 'Identifier' && listening.has(memberName(callee) ?? '') && isExported(object);
  }

  function isMessage(event: TSESTree.Node | undefined): boolean {
    return event !== undefined && script.handlers.includes(`on${stringOf(event) ?? ''}`);
  }

  function isMark(node: TSESTree.Node): boolean {
    switch (node.type) {
      case 'AssignmentExpression':
        return isHandler(node.left);
      case 'CallExpression':
        return isListening(node);
      case 'Identifier':
        return isValue(node) && names.has(node.name) && (isExported(node) || isGlobal(node));
      case 'MemberExpression':
        return names.has(propertyName(node) ?? '') && isExported(node);
      case 'ImportSpecifier':
        return isImported(node);
      default:
        return false;
    }
  }

  /** `import { parentPort } from 'node:worker_threads'`, where it is used. */
  function isImported({ local }: TSESTree.ImportSpecifier): boolean {
    const used = variables.of(local)?.references.map(({ identifier }) => identifier) ?? [];
    return used.some(identifier => identifier.type === 'Identifier' && isExported(identifier));
  }

  function isExported(node: TSESTree.Identifier | TSESTree.MemberExpression): boolean {
    return script.exports.some(source => identity.isExport(node, source));
  }

  function isGlobal(node: TSESTree.Identifier): boolean {
    return script.globals.includes(node.name) && variables.isUnshadowedGlobal(node);
  }

  /** `onmessage = …`, `self.onmessage = …`. */
  function isHandler(left: TSESTree.Expression): boolean {
    if (left.type === 'Identifier') return script.handlers.includes(left.name) && variables.isUnshadowedGlobal(left);
    return left.type === 'MemberExpression' && script.handlers.includes(propertyName(left) ?? '') && isSelf(left.object);
  }

  /** `self.addEventListener('message', …)`. */
  function isListening({ callee, arguments: [event] }: TSESTree.CallExpression): boolean {
    return (
      callee.type === 'MemberExpression' &&
      propertyName(callee) === 'addEventListener' &&
      isSelf(callee.object) &&
      isMessage(event)
    );
  }

  function isSelf(node: TSESTree.Expression): boolean {
    const object = skipWrappers(node);
    return object.type === 'Identifier' && object.name === 'self' && variables.isUnshadowedGlobal(object);
  }

  /** Whether a node stands in the half of its file that a test of `isMainThread` keeps for the main thread. */
  function isOfMainThread(node: TSESTree.Node): boolean {
    for (const ancestor of ancestorsOf(node)) {
      if (ancestor.type !== 'IfStatement') continue;
      const isNegated = ancestor.test.type === 'UnaryExpression' && ancestor.test.operator === '!';
      const test = ancestor.test.type === 'UnaryExpression' ? ancestor.test.argument : ancestor.test;
      const half = isNegated ? ancestor.alternate : ancestor.consequent;
      if (half !== null && contains(half, node) && identity.isExport(test, script.mainThread)) return true;
    }
    return false;
  }
}

const listening = new Set(['addEventListener', 'addListener', 'on', 'once']);

/** Whether an identifier is read, not declared. */
function isValue({ parent }: TSESTree.Identifier): boolean {
  return !/^(?:Import|Export|Property|TS)/u.test(parent.type);
}
