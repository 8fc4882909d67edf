import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Interpretation } from '../control-flow/interpreter.js';
import type { Completion } from '../control-flow/machine.js';
import type { AcquireSite, Model } from '../control-flow/model.js';
import type { Status } from '../control-flow/path.js';
import { isOpen } from '../control-flow/path.js';
import type { FunctionNode, LossyExit, Obligation, Outcome } from '../findings.js';
import type { Variables } from '../scope/variables.js';
import { useOf } from '../value-flow/uses.js';
import type { FoundAcquire } from './acquires.js';
import { findingOf, lossOf, lossOfEvent } from './losses.js';
import { diesWithItsFunction, ownReceiver } from './receivers.js';

/** Turns the exits of a function into what became of one obligation. */
export interface Verdicts {
  obligationOf(found: FoundAcquire, owner: Obligation['owner'], releases: Iterable<TSESTree.Node>): Obligation;
  outcomeOf(found: FoundAcquire, unit: FunctionNode, interpretation: Interpretation | undefined): Outcome;
}

/** One exit with the status that the obligation has there. */
interface Exit {
  readonly completion: Completion;
  readonly status: Status;
}

export function createVerdicts(
  sourceCode: Readonly<TSESLint.SourceCode>,
  variables: Variables,
  model: Model,
): Verdicts {
  return { obligationOf, outcomeOf };

  function obligationOf(
    { key, specification, site, acquire, through }: FoundAcquire,
    owner: Obligation['owner'],
    releases: Iterable<TSESTree.Node>,
  ): Obligation {
    const binding = bindingOf(site.node, site.part);
    return {
      key,
      specification,
      acquire: site.node,
      way: acquire,
      owner,
      releases: [...releases].sort((left, right) => left.range[0] - right.range[0]),
      ...(through === undefined ? {} : { through }),
      ...(binding === undefined ? {} : { binding }),
    };
  }

  function outcomeOf(found: FoundAcquire, unit: FunctionNode, interpretation: Interpretation | undefined): Outcome {
    const { site } = found;
    const releases = interpretation?.releases.get(site.id) ?? [];
    const obligation = obligationOf(found, unit, releases);
    const exits = (interpretation?.exits ?? []).flatMap((completion): Exit[] => {
      const status = completion.path.status.get(site.id);
      const isExcused = completion.kind === 'throw' && site.callback?.releasedByThrow === true && !unit.async;
      return status === undefined || isExcused ? [] : [{ completion, status }];
    });
    const events = (interpretation?.events ?? []).filter(({ id }) => id === site.id);
    const open = exits.filter(({ status }) => isOpen(status));
    if (open.length === 0 && events.length === 0) {
      return settledOutcome(obligation, exits);
    }
    if (isByName(found) && open.some(({ completion }) => isNormal(completion))) {
      const elsewhere = releasedElsewhere(found, obligation);
      if (elsewhere !== undefined) {
        return elsewhere;
      }
    }
    const losses = [
      ...lossesOf(found, obligation, exits, open),
      ...events.map(event => lossOfEvent(obligation, event)),
    ];
    return { kind: 'reported', obligation, finding: findingOf(obligation, losses) };
  }

  function settledOutcome(obligation: Obligation, exits: readonly Exit[]): Outcome {
    for (const { status } of exits) {
      if (status.kind === 'escaped') {
        return { kind: 'handedOver', obligation, reason: status.reason, node: status.node };
      }
    }
    return exits.length === 0
      ? { kind: 'unknown', obligation, reason: 'notReached' }
      : { kind: 'released', obligation };
  }

  /** Whether no value leads to the resource: it is released by naming its lock, from anywhere. */
  function isByName({ site }: FoundAcquire): boolean {
    return site.carrier !== 'callback' && (site.carrier !== 'result' || isDropped(site.node));
  }

  /** Locks that are taken in one method and given back in another are the business of who calls both. */
  function releasedElsewhere({ site, specification, through }: FoundAcquire, obligation: Obligation): Outcome | undefined {
    const isNamed =
      site.receiverMethods.size > 0 ||
      site.carrier !== 'result' ||
      specification.release.some(release => 'function' in release);
    if (!isNamed) {
      return undefined;
    }
    // The lock of a callee that hands it over is not the receiver of the call.
    const isOwn = obligation.releases.length > 0 || (through === undefined && ownReceiver(site, variables));
    return model.isReleasedByNameOutside(obligation.owner, site) || !isOwn ? handedOver(obligation) : undefined;
  }

  function handedOver(obligation: Obligation): Outcome {
    return { kind: 'handedOver', obligation, reason: 'releasedElsewhere', node: obligation.acquire };
  }

  function lossesOf(
    found: FoundAcquire,
    obligation: Obligation,
    exits: readonly Exit[],
    open: readonly Exit[],
  ): LossyExit[] {
    const isEverSettled = exits.some(({ status }) => status.kind === 'released' || status.kind === 'escaped');
    const firstNormal = open.find(({ completion, status }) => isNormal(completion) && status.kind !== 'overwritten');
    if (!isEverSettled && obligation.releases.length === 0 && firstNormal !== undefined) {
      const { trail } = firstNormal.completion.path;
      const isHandleDropped = found.site.carrier === 'result' && isDropped(found.site.node);
      return [
        {
          kind: isHandleDropped ? 'handleDropped' : 'neverReleased',
          witness: found.site.node,
          assumptions: [...trail.assumptions],
          path: [...trail.steps],
        },
      ];
    }
    return open.flatMap(({ completion, status }) => {
      const { trail } = completion.path;
      return [trail, ...trail.others].map(each => doubted(found.site, lossOf(obligation, completion, status, each)));
    });
  }

  /** A failure ends the only function that waits for its own lock, unless that function catches it. */
  function doubted(site: AcquireSite, loss: LossyExit): LossyExit {
    return loss.kind === 'missedOnException' && diesWithItsFunction(site, variables)
      ? { ...loss, assumptions: [...loss.assumptions, { kind: 'callerGoesOn', node: site.node }] }
      : loss;
  }
}

function isNormal({ kind }: Completion): boolean {
  return kind === 'return';
}

/** Whether the result of the acquire is thrown away: `await mutex.acquire();`. */
function isDropped(node: TSESTree.Expression): boolean {
  return outermost(node).parent.type === 'ExpressionStatement';
}

function outermost(node: TSESTree.Expression): TSESTree.Expression {
  const { parent } = node;
  return parent.type === 'AwaitExpression' ||
    parent.type === 'ChainExpression' ||
    parent.type === 'TSAsExpression' ||
    parent.type === 'TSNonNullExpression' ||
    (parent.type === 'UnaryExpression' && parent.operator === 'void')
    ? outermost(parent)
    : node;
}

/** The one name that is bound to the value which releases. */
function bindingOf(node: TSESTree.Expression, part: string | undefined): TSESTree.Identifier | undefined {
  const outer = outermost(node);
  const { parent } = outer;
  const target =
    parent.type === 'VariableDeclarator' && parent.init === outer
      ? parent.id
      : parent.type === 'AssignmentExpression' && parent.right === outer
        ? parent.left
        : undefined;
  if (target?.type === 'Identifier') {
    return part === undefined || useOf(outer).kind === 'aliased' ? target : undefined;
  }
  if (target?.type === 'ArrayPattern') {
    const element = target.elements[Number(part)];
    return element?.type === 'Identifier' ? element : undefined;
  }
  if (target?.type === 'ObjectPattern') {
    for (const property of target.properties) {
      if (property.type === 'Property' && property.key.type === 'Identifier' && property.value.type === 'Identifier') {
        if (part === undefined ? target.properties.length === 1 : property.key.name === part) {
          return property.value;
        }
      }
    }
  }
  return undefined;
}
