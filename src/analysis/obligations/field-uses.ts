import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { ClassModel, FieldUse } from '../classes/class-model.js';
import type { AcquireSite, Model } from '../control-flow/model.js';
import type { Variables } from '../scope/variables.js';
import { propertyName, stringOf } from '../syntax/property-name.js';
import type { ValueUse } from '../value-flow/uses.js';
import { useOf, usesOfVariable } from '../value-flow/uses.js';

/** What the methods of a class do with a resource in one of its fields. */
export interface FieldFacts {
  /** The uses that release it, in source order of the class. */
  readonly releases: readonly FieldUse[];
  /** Those that call another method of it. */
  readonly calls: readonly FieldUse[];
  /** Whether somebody else gets it: it is returned, stored or passed to a call that takes it. */
  readonly isHandedOn: boolean;
  /** Whether something listens for its end: `this.worker.on('exit', f)`. */
  readonly isJoined: boolean;
}

/** What the classes of a file do with the resource of `site` in the field `name`, which `model` declares. */
export function factsOfField(
  model: ClassModel,
  name: string,
  site: AcquireSite,
  { model: questions, variables }: { model: Model; variables: Variables },
): FieldFacts {
  const found = new Map<FieldUse, Effect[]>();
  for (const use of model.usesOf(name)) {
    found.set(use, isStore(use.node) ? [] : effectsOf(use.node));
  }
  const having = (effect: Effect): FieldUse[] =>
    [...found].flatMap(([use, effects]) => (effects.includes(effect) ? [use] : []));
  return {
    releases: having('released'),
    calls: having('called'),
    isHandedOn: having('handedOn').length > 0,
    isJoined: having('joined').length > 0,
  };

  function isJoin({ arguments: [event] }: TSESTree.CallExpression): boolean {
    return event !== undefined && site.joinedBy.has(stringOf(event) ?? '');
  }

  function effectsOf(node: FieldUse['node']): Effect[] {
    if (node.type === 'MemberExpression') {
      return effectsOfUse(useOf(node), []);
    }
    const variable = variables.of(node);
    return variable === undefined || node.parent.type === 'TSParameterProperty'
      ? []
      : effectsOfVariable(variable, [variable]);
  }

  function effectsOfVariable(variable: TSESLint.Scope.Variable, seen: readonly TSESLint.Scope.Variable[]): Effect[] {
    return usesOfVariable(variable).flatMap(use => effectsOfUse(use, seen));
  }

  function effectsOfUse(use: ValueUse, seen: readonly TSESLint.Scope.Variable[]): Effect[] {
    switch (use.kind) {
      case 'called':
        return [site.callable ? 'released' : 'handedOn'];
      case 'methodCalled':
        return [site.methods.has(use.name) ? 'released' : isJoin(use.node) ? 'joined' : 'called'];
      case 'read': {
        const name = use.node.type === 'MemberExpression' ? propertyName(use.node) : undefined;
        return name !== undefined && site.methods.has(name) ? ['released'] : [];
      }
      case 'passed': {
        const effect = questions.argumentEffect(use.node, use.index, site);
        return effect === 'release' ? ['released'] : effect === 'borrow' || effect === 'retain' ? [] : ['handedOn'];
      }
      case 'aliased': {
        const variable = variables.of(use.to);
        return variable === undefined || seen.includes(variable) ? [] : effectsOfVariable(variable, [...seen, variable]);
      }
      case 'returned':
      case 'stored':
        return ['handedOn'];
    }
  }
}

type Effect = 'called' | 'handedOn' | 'joined' | 'released';

/** Whether the field is written there. */
function isStore(node: TSESTree.Node): boolean {
  const { parent } = node;
  return parent?.type === 'AssignmentExpression' && parent.left === node;
}

