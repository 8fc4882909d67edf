import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Interpretation } from '../control-flow/interpreter.js';
import type { Completion, LossEvent } from '../control-flow/machine.js';
import type { AcquireSite, CallNode, Model } from '../control-flow/model.js';
import type { Status } from '../control-flow/path.js';
import { isOpen } from '../control-flow/path.js';
import type { Assumption, FunctionNode, LossyExit, Obligation, Outcome } from '../findings.js';
import type { Variables } from '../scope/variables.js';
import type { CallbackCarrier } from '../specification.js';
import { isFunction } from '../syntax/functions.js';
import { useOf } from '../value-flow/uses.js';
import type { FoundAcquire } from './acquires.js';
import { ownerOf } from './fresh-results.js';
import { endsTheProgram } from './function-lives.js';
import { isLeftToExpire } from './leases.js';
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
    const binding = bindingOf(site);
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
    const events = (interpretation?.events ?? []).filter(event => event.id === site.id && !isReleasedAgain(event, releases));
    const open = exits.filter(({ status }) => isOpen(status));
    if (open.length === 0 && events.length === 0) {
      return settledOutcome(obligation, exits);
    }
    if (isLeftToExpire(found)) {
      return { kind: 'handedOver', obligation, reason: 'endsByItself', node: site.node };
    }
    if (isByName(found) && open.some(({ completion }) => isNormal(completion))) {
      const elsewhere = releasedElsewhere(found, obligation);
      if (elsewhere !== undefined) {
        return elsewhere;
      }
    }
    const losses = [
      ...lossesOf(found, obligation, exits, open),
      ...events.map(event => doubtedEvent(found, lossOfEvent(obligation, event))),
    ].map(loss => ({ ...loss, assumptions: [...loss.assumptions, ...assumptionsOfCollection(found)] }));
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
    const isValue = site.carrier === 'callback' || site.carrier === 'object';
    return !isValue && (site.carrier !== 'result' || isDropped(site.node));
  }

  /** Locks that are taken in one method and given back in another are the business of who calls both. */
  function releasedElsewhere({ site, specification, isHidden }: FoundAcquire, obligation: Obligation): Outcome | undefined {
    const isNamed =
      site.receiverMethods.size > 0 ||
      site.carrier !== 'result' ||
      specification.release.some(release => 'function' in release);
    if (!isNamed) {
      return undefined;
    }
    const isOwn = obligation.releases.length > 0 || (isHidden ?? ownReceiver(site, variables));
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
      return [trail, ...trail.others].map(each => doubted(found, lossOf(obligation, completion, status, each)));
    });
  }

  /**
   * A failure ends the only function that waits for its own lock, unless that function catches it, or the program that
   * waits for any. What an object URL keeps is memory alone: nobody guards it against calls that merely might throw.
   */
  function doubted({ site, specification: { kind } }: FoundAcquire, loss: LossyExit): LossyExit {
    if (loss.kind !== 'missedOnException') {
      return loss;
    }
    if (kind === 'lock' && diesWithItsFunction(site, loss.witness, variables)) {
      return { ...loss, assumptions: [...loss.assumptions, { kind: 'callerGoesOn', node: site.node }] };
    }
    if (kind === 'lock' && endsTheProgram(ownerOf(site.node), variables)) {
      return { ...loss, assumptions: [...loss.assumptions, { kind: 'programGoesOn', node: site.node }] };
    }
    return kind === 'url' && loss.assumptions.length > 0
      ? { ...loss, assumptions: [...loss.assumptions, { kind: 'shapeOnly' }] }
      : loss;
  }
}

/** What no finding about something that the engine may collect can do without. */
function assumptionsOfCollection({ specification: { collected } }: FoundAcquire): Assumption[] {
  if (collected === undefined) {
    return [];
  }
  return [{ kind: collected === 'always' ? 'shapeOnly' : 'notCollected' }];
}

/** A release that comes without an acquire is a defect where it throws, or can free what somebody else holds. */
function doubtedEvent({ site, specification: { releaseTwice = 'ok' } }: FoundAcquire, loss: LossyExit): LossyExit {
  const isHarmful = releaseTwice !== 'ok' || site.receiverMethods.size > 0;
  return loss.kind === 'acquiredInsideTry' && !isHarmful
    ? { ...loss, assumptions: [...loss.assumptions, { kind: 'shapeOnly' }] }
    : loss;
}

function isNormal({ kind }: Completion): boolean {
  return kind === 'return';
}

/** A use that starts it again does no harm where it is released once more. */
function isReleasedAgain({ kind, witness }: LossEvent, releases: Iterable<TSESTree.Node>): boolean {
  return kind === 'usedAfterRelease' && [...releases].some(release => release.range[0] > witness.range[1]);
}

/** Whether the result of the acquire is thrown away: `await mutex.acquire();`. */
function isDropped(node: TSESTree.Expression): boolean {
  return outermost(node).parent.type === 'ExpressionStatement';
}

/** The expression that has the value of `node`, and that of nothing else. */
export function outermost(node: TSESTree.Expression): TSESTree.Expression {
  const { parent } = node;
  return parent.type === 'AwaitExpression' ||
    parent.type === 'ChainExpression' ||
    parent.type === 'TSAsExpression' ||
    parent.type === 'TSNonNullExpression' ||
    (parent.type === 'UnaryExpression' && parent.operator === 'void')
    ? outermost(parent)
    : node;
}

/** The one name that holds what releases. */
function bindingOf({ node, carrier, parts, callback }: AcquireSite): TSESTree.Identifier | undefined {
  if (node.type === 'Identifier') {
    return node;
  }
  if (callback !== undefined) {
    return parameterOf(node, callback);
  }
  return carrier === 'object' ? objectOf(node) : resultOf(node, parts);
}

/** The name of the object that a method is called on. */
function objectOf({ callee }: CallNode): TSESTree.Identifier | undefined {
  const object = callee.type === 'MemberExpression' ? callee.object : undefined;
  return object?.type === 'Identifier' ? object : undefined;
}

/** The parameter that holds what releases, in the callback that gets it. */
function parameterOf(call: CallNode, { callback, parameter }: CallbackCarrier): TSESTree.Identifier | undefined {
  const receiver = call.arguments[callback];
  const found = isFunction(receiver) ? receiver.params[parameter] : undefined;
  return found?.type === 'Identifier' ? found : undefined;
}

/** The one name that is bound to the value which releases. */
export function resultOf(node: TSESTree.Expression, parts: readonly string[] | undefined): TSESTree.Identifier | undefined {
  const outer = outermost(node);
  const { parent } = outer;
  const target =
    parent.type === 'VariableDeclarator' && parent.init === outer
      ? parent.id
      : parent.type === 'AssignmentExpression' && parent.right === outer
        ? parent.left
        : undefined;
  if (target?.type === 'Identifier') {
    return parts === undefined || useOf(outer).kind === 'aliased' ? target : undefined;
  }
  if (target?.type === 'ArrayPattern') {
    const element = target.elements[Number(parts?.[0])];
    return element?.type === 'Identifier' ? element : undefined;
  }
  if (target?.type === 'ObjectPattern') {
    for (const property of target.properties) {
      if (property.type === 'Property' && property.key.type === 'Identifier' && property.value.type === 'Identifier') {
        if (parts === undefined ? target.properties.length === 1 : parts.includes(property.key.name)) {
          return property.value;
        }
      }
    }
  }
  return undefined;
}
