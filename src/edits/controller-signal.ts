import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { BackReference } from '../analysis/retention/listeners/model.js';
import { createClasses } from '../analysis/classes/class-model.js';
import type { ClassModel } from '../analysis/classes/class-model.js';
import { terminalDisposersOf } from '../analysis/classes/disposers.js';
import { reachableMethods } from '../analysis/classes/reachable-methods.js';
import { createVariables } from '../analysis/scope/variables.js';
import { isClass } from '../analysis/syntax/functions.js';
import { propertyName } from '../analysis/syntax/property-name.js';
import { classAround } from './hoisted-handler.js';

/**
 * Registers a listener with the signal of the controller that the disposer of its class aborts.
 *
 * @returns null if the class has no such controller, or the options cannot take a signal
 */
export function signalOfController(
  sourceCode: Readonly<TSESLint.SourceCode>,
  { registration: { call, method } }: BackReference,
): TSESLint.ReportFixFunction | null {
  const variables = createVariables(sourceCode);
  const node = classAround(call);
  const model = node && createClasses(sourceCode, variables).of(node);
  if (model === undefined || method !== 'addEventListener') return null;
  const controller = controllerOf(model);
  const [, handler, options] = call.arguments;
  if (controller === undefined || handler === undefined) return null;
  const signal = `signal: this.${controller}.signal`;
  if (options === undefined) return fixer => fixer.insertTextAfter(handler, `, { ${signal} }`);
  if (options.type === 'Literal' && typeof options.value === 'boolean') {
    const capture = options.value ? 'capture: true, ' : '';
    return fixer => fixer.replaceText(options, `{ ${capture}${signal} }`);
  }
  const [first] = options.type === 'ObjectExpression' ? options.properties : [];
  return first === undefined ? null : fixer => fixer.insertTextBefore(first, `${signal}, `);

  /** A field with a controller that is made once, with the instance, and aborted when that ends. */
  function controllerOf({ node: own }: ClassModel): string | undefined {
    const members = isClass(own) ? own.body.body : [];
    return members
      .flatMap(member => (member.type === 'PropertyDefinition' && !member.static && isController(member.value) ? propertyName(member) : []))
      .find(name => name !== undefined && isAborted(name));
  }

  function isController(value: TSESTree.Expression | null): boolean {
    return (
      value?.type === 'NewExpression' &&
      value.callee.type === 'Identifier' &&
      value.callee.name === 'AbortController' &&
      variables.isUnshadowedGlobal(value.callee)
    );
  }

  function isAborted(name: string): boolean {
    if (model === undefined) return false;
    const ending = reachableMethods(model, terminalDisposersOf(model));
    const uses = model.usesOf(name);
    const isReplaced = uses.some(({ node: { parent }, node: use }) => parent.type === 'AssignmentExpression' && parent.left === use);
    return !isReplaced && uses.some(use => use.method !== undefined && ending.has(use.method) && isAbort(use.node));
  }
}

function isAbort({ parent }: TSESTree.Node): boolean {
  if (parent?.type !== 'MemberExpression' || propertyName(parent) !== 'abort') return false;
  return parent.parent.type === 'CallExpression' && parent.parent.callee === parent;
}
