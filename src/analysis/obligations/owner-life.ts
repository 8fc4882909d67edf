import type { TSESTree } from '@typescript-eslint/utils';

import type { Assumption, LossyExit, Outcome } from '../findings.js';
import type { Variables } from '../scope/variables.js';
import { propertyName } from '../syntax/property-name.js';
import type { FoundAcquire } from './acquires.js';
import { findingOf } from './losses.js';

/**
 * An instance that owns a resource is held to what its class says: it holds nothing before one of its methods has
 * started it, and whoever takes the resource out of its field may end it there.
 */
export function withOwnerLife({ owned }: FoundAcquire, outcome: Outcome, variables: Variables): Outcome {
  if (owned === undefined || outcome.kind !== 'reported') {
    return outcome;
  }
  const { obligation, finding } = outcome;
  const mentions = membersOf(obligation.binding, variables);
  const { startedBy, fields } = owned;
  const start = mentions.find(member => startedBy?.has(propertyName(member) ?? '') === true);
  const losses = [finding, ...finding.others].filter(
    ({ witness }) =>
      startedBy === undefined || (start !== undefined && (witness === obligation.acquire || witness.range[0] > start.range[0])),
  );
  const taken = mentions.find(member => fields.has(propertyName(member) ?? ''));
  if (losses.length === 0 || taken !== undefined) {
    return { kind: 'handedOver', obligation, reason: 'storedInField', node: taken ?? obligation.acquire };
  }
  const assumption: Assumption = { kind: 'ownerIsResource' };
  return {
    ...outcome,
    finding: findingOf(obligation, losses.map(lossWith)),
  };

  function lossWith({ kind, witness, path, assumptions }: LossyExit): LossyExit {
    return { kind, witness, path, assumptions: [...assumptions, assumption] };
  }
}

/** The members that are taken of the value of a variable, in source order. */
function membersOf(binding: TSESTree.Identifier | undefined, variables: Variables): TSESTree.MemberExpression[] {
  const references = (binding && variables.of(binding)?.references) ?? [];
  return references.flatMap(({ identifier: { parent } }) =>
    parent.type === 'MemberExpression' ? [parent] : [],
  );
}
