import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Identity } from '../../identity/identity.js';
import type { Variables } from '../../scope/variables.js';
import type { AddingMethod, RemovingMethod, SenderCatalogue, SenderSpecification } from '../../sender-specification.js';
import { childrenOf } from '../../syntax/children.js';
import { propertyName } from '../../syntax/property-name.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import { handlerOf } from './handlers.js';
import type { Keys } from './keys.js';
import type { Registration, Removal, Sender, SenderOrigin } from './model.js';
import { optionsOf } from './options.js';
import type { Origins } from './origins.js';

/** What adds and removes listeners in a file. */
export interface ListenerCalls {
  readonly registrations: readonly Registration[];
  readonly removals: readonly Removal[];
}

/** What the search for listeners rests on. */
export interface ListenerSearch {
  readonly sourceCode: TSESLint.SourceCode;
  readonly variables: Variables;
  readonly identity: Identity;
  readonly senders: SenderCatalogue;
  readonly keys: Keys;
  readonly origins: Origins;
}

/** Finds the registrations and removals of a file, in source order. */
export function findListenerCalls({
  sourceCode,
  variables,
  identity,
  senders,
  keys,
  origins,
}: ListenerSearch): ListenerCalls {
  const adding = byMethod(senders, ({ add }) => add);
  const removing = byMethod(senders, ({ remove }) => remove);
  const registrations: Registration[] = [];
  const removals: Removal[] = [];
  const known = new Map<string, SenderSpecification | undefined>();
  search(sourceCode.ast);
  return { registrations, removals };

  function search(node: TSESTree.Node): void {
    if (node.type === 'CallExpression') searchCall(node);
    for (const child of childrenOf(node, sourceCode.visitorKeys)) search(child);
  }

  function searchCall(call: TSESTree.CallExpression): void {
    const callee = skipWrappers(call.callee);
    const method = methodOf(callee);
    if (method === undefined) return;
    const added = adding.get(method);
    if (added !== undefined) {
      const found = firstFit(callee, added);
      const registration = found && registrationOf(call, method, found);
      if (registration !== undefined) registrations.push(registration);
    }
    const removed = removing.get(method);
    if (removed !== undefined) {
      const found = firstFit(callee, removed);
      if (found !== undefined) removals.push(removalOf(call, method, found));
    }
  }

  /** The method that a call names: of something, or of the global object. */
  function methodOf(callee: TSESTree.Expression): string | undefined {
    if (callee.type === 'MemberExpression') return propertyName(callee);
    const isGlobal = callee.type === 'Identifier' && variables.isUnshadowedGlobal(callee);
    return isGlobal && callee.name.endsWith('EventListener') ? callee.name : undefined;
  }

  function firstFit<Form>(callee: TSESTree.Expression, forms: readonly Known<Form>[]): Fit<Form> | undefined {
    const node = callee.type === 'MemberExpression' ? startOfChain(callee.object) : callee;
    const specification = specificationOf(node, forms);
    const known = forms.find(form => form.specification === specification);
    if (known !== undefined) return { form: known.form, sender: senderOf(node, known.specification) };
    const structural = forms.find(form => form.specification.structural === true);
    return structural && { form: structural.form, sender: senderOf(node, undefined) };
  }

  /** What the earlier calls of a chain were made on: `bus` of `bus.on(…).on(…)`. */
  function startOfChain(node: TSESTree.Expression): TSESTree.Expression {
    const expression = skipWrappers(node);
    const callee = expression.type === 'CallExpression' ? skipWrappers(expression.callee) : undefined;
    const name = callee?.type === 'MemberExpression' ? propertyName(callee) : undefined;
    const isEarlier = name !== undefined && (adding.has(name) || removing.has(name)) && callee?.type === 'MemberExpression';
    return isEarlier ? startOfChain(callee.object) : expression;
  }

  function specificationOf<Form>(
    node: TSESTree.Expression,
    forms: readonly Known<Form>[],
  ): SenderSpecification | undefined {
    const key = keys.of(node);
    if (key !== undefined && known.has(key)) return known.get(key);
    const specification = isGlobalCall(node)
      ? forms.find(({ specification: { lifetime } }) => lifetime === 'program')?.specification
      : forms.find(form => isSender(node, form.specification))?.specification;
    if (key !== undefined) known.set(key, specification);
    return specification;
  }

  function isGlobalCall(node: TSESTree.Expression): boolean {
    return node.type === 'Identifier' && methodOf(node) !== undefined;
  }

  function isSender(node: TSESTree.Expression, { from }: SenderSpecification): boolean {
    if (identity.isExport(node, from) || identity.isInstance(node, from)) return true;
    const made = initialValue(node);
    return made?.type === 'CallExpression' && identity.isExport(made.callee, from);
  }

  function initialValue(node: TSESTree.Expression): TSESTree.Expression | undefined {
    if (node.type !== 'Identifier') return node;
    const definition = variables.of(node)?.defs[0];
    const init = definition?.type === 'Variable' && definition.node.id === definition.name ? definition.node.init : null;
    return init === null ? undefined : skipWrappers(init);
  }

  function senderOf(node: TSESTree.Expression, specification: SenderSpecification | undefined): Sender {
    const origin = specification?.lifetime === 'program' ? 'global' : withoutUnnamedGlobal(origins.of(node));
    return { node, key: isGlobalCall(node) || isGlobalObject(node) ? 'global' : keys.of(node), origin, specification };
  }

  function isGlobalObject(node: TSESTree.Expression): boolean {
    const isNamed = node.type === 'Identifier' && /^(?:window|self|globalThis)$/u.test(node.name);
    return isNamed && variables.isUnshadowedGlobal(node);
  }

  function registrationOf(
    call: TSESTree.CallExpression,
    method: string,
    { form, sender }: Fit<AddingMethod>,
  ): Registration | undefined {
    const handler = handlerOf(call.arguments[form.handler], keys);
    if (handler === undefined) return undefined;
    const options = optionsOf(form.options === undefined ? undefined : call.arguments[form.options], variables);
    return {
      call,
      method,
      sender,
      event: eventOf(call, form),
      handler,
      isOnce: form.once === true || options.isOnce,
      hasSignal: options.hasSignal,
      capture: options.capture,
    };
  }

  function removalOf(call: TSESTree.CallExpression, method: string, { form, sender }: Fit<RemovingMethod>): Removal {
    const argument = form.handler === undefined ? undefined : call.arguments[form.handler];
    const options = optionsOf(form.options === undefined ? undefined : call.arguments[form.options], variables);
    const isAnyEvent = form.event !== undefined && call.arguments.length <= form.event;
    return {
      call,
      method,
      sender,
      event: isAnyEvent ? { name: undefined, isLiteral: false } : eventOf(call, form),
      handler:
        argument === undefined || argument.type === 'SpreadElement'
          ? undefined
          : (handlerOf(argument, keys) ?? { kind: 'unknown', node: argument }),
      capture: options.capture,
    };
  }

  function eventOf(call: TSESTree.CallExpression, { event }: AddingMethod | RemovingMethod): Registration['event'] {
    return event === undefined ? theOnlyEvent : keys.ofEvent(call.arguments[event]);
  }
}

/** A form of a call, and what has it. */
interface Known<Form> {
  readonly specification: SenderSpecification;
  readonly form: Form;
}

/** The form that a call has. */
interface Fit<Form> {
  readonly form: Form;
  readonly sender: Sender;
}

const theOnlyEvent: Registration['event'] = { name: '', isLiteral: true };

function byMethod<Form extends AddingMethod | RemovingMethod>(
  senders: SenderCatalogue,
  formsOf: (specification: SenderSpecification) => readonly Form[],
): Map<string, Known<Form>[]> {
  const found = new Map<string, Known<Form>[]>();
  for (const specification of Object.values(senders)) {
    for (const form of formsOf(specification)) {
      const others = found.get(form.method);
      if (others === undefined) found.set(form.method, [{ specification, form }]);
      else others.push({ specification, form });
    }
  }
  return found;
}

/** A global that no specification names: it may be anything. */
function withoutUnnamedGlobal(origin: SenderOrigin): SenderOrigin {
  return origin === 'global' ? 'unknown' : origin;
}
