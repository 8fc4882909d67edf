import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { interpret } from '../control-flow/interpreter.js';
import type { Model } from '../control-flow/model.js';
import { isOpen } from '../control-flow/path.js';
import type { FunctionNode, LossyExit, Outcome } from '../findings.js';
import { confidenceOf } from '../findings.js';
import type { Variables } from '../scope/variables.js';
import { ancestorsOf } from '../syntax/ancestors.js';
import { contains } from '../syntax/contains.js';
import { isFunction } from '../syntax/functions.js';
import { memberName } from '../syntax/member-name.js';
import { listeningMethods } from '../value-flow/registering-methods.js';
import type { FoundAcquire } from './acquires.js';
import type { Verdicts } from './verdict.js';
import { lossOf } from './losses.js';

type HandedOver = Extract<Outcome, { kind: 'handedOver' }>;

/** Registrations whose callback runs any number of times, so that no single run has to release. */
const repeating = new Set<string>([...listeningMethods, 'each', 'every', 'setInterval', 'subscribe', 'watch']);

/**
 * A releaser that one callback of a call alone can reach, and that the callback calls on some of its paths but not on
 * all: `send(message, (error, reply) => { if (error) return; release(); })`. Undefined if there is no such loss.
 */
export function callbackVerdict(
  sourceCode: Readonly<TSESLint.SourceCode>,
  variables: Variables,
  model: Model,
  verdicts: Verdicts,
  found: FoundAcquire,
  { obligation, reason }: HandedOver,
): Outcome | undefined {
  const { binding, owner } = obligation;
  const variable = binding === undefined ? undefined : variables.of(binding);
  if (reason !== 'capturedByClosure' || variable === undefined || owner.type === 'Program') {
    return undefined;
  }
  const callback = onlyCallback(variable, owner);
  if (callback === undefined) {
    return undefined;
  }
  const { exits, releases } = interpret(callback, sourceCode, model, { site: found.site, variable });
  const known = verdicts.obligationOf(found, owner, releases.get(found.site.id) ?? []);
  const isReleased = exits.some(({ path }) => path.status.get(found.site.id)?.kind === 'released');
  const isHandedOn = exits.some(({ path }) => path.status.get(found.site.id)?.kind === 'escaped');
  const losses = exits.flatMap((completion): LossyExit[] => {
    const status = completion.path.status.get(found.site.id);
    return completion.kind === 'return' && status !== undefined && isOpen(status) && completion.path.trail.assumptions.length === 0
      ? [lossOf(known, completion, status, completion.path.trail)]
      : [];
  });
  const [first, ...others] = losses;
  if (first === undefined || !isReleased || isHandedOn) {
    return undefined;
  }
  const assumptions = [{ kind: 'callbackRunsOnce', node: callback } as const];
  return {
    kind: 'reported',
    obligation: known,
    finding: {
      ...first,
      kind: 'missedInCallback',
      assumptions,
      confidence: confidenceOf(assumptions),
      obligation: known,
      others,
    },
  };
}

/** The callback that holds every mention of the variable, handed to a call that runs it once. */
function onlyCallback(variable: TSESLint.Scope.Variable, owner: FunctionNode): FunctionNode | undefined {
  const mentions = variable.references.filter(reference => reference.isRead()).map(({ identifier }) => identifier);
  const [first] = mentions;
  const callback = first === undefined ? undefined : outermostFunction(first, owner);
  if (callback === undefined || !mentions.every(mention => contains(callback, mention))) {
    return undefined;
  }
  const { parent } = callback;
  return parent.type === 'CallExpression' && parent.callee !== callback && !repeating.has(memberName(parent.callee) ?? '')
    ? callback
    : undefined;
}

/** The outermost function around `node` inside `owner`. */
function outermostFunction(node: TSESTree.Node, owner: FunctionNode): FunctionNode | undefined {
  let found: FunctionNode | undefined;
  for (const current of ancestorsOf(node)) {
    if (current === owner) {
      return found;
    }
    if (isFunction(current)) {
      found = current;
    }
  }
  return undefined;
}
