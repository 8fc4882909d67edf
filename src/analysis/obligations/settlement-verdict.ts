import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { interpret } from '../control-flow/interpreter.js';
import type { AcquireSite, CallNode, Model } from '../control-flow/model.js';
import type { Variable } from '../control-flow/path.js';
import { isOpen } from '../control-flow/path.js';
import type { FunctionNode, LossyExit, Obligation, Outcome, PathStep } from '../findings.js';
import { variablesCapturedBy } from '../scope/captures.js';
import type { Variables } from '../scope/variables.js';
import { ancestorsOf } from '../syntax/ancestors.js';
import { isFunction } from '../syntax/functions.js';
import { usesOfVariable } from '../value-flow/uses.js';
import type { FoundAcquire } from './acquires.js';
import { findingOf } from './losses.js';
import type { Handler, Settlements } from './settlements.js';
import { isExecutor, settlementsOf } from './settlements.js';

/** What a verdict on the handlers of a resource rests on. */
export interface SettlementContext {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly variables: Variables;
  readonly model: Model;
}

/**
 * A thread that is wrapped in a promise and ended by some of the handlers that settle it, but not by all. An outcome of
 * another kind stays as it is; one that is never released learns where its promise is settled.
 */
export function withSettlements(context: SettlementContext, found: FoundAcquire, outcome: Outcome): Outcome {
  const { obligation } = outcome;
  const { binding, owner } = obligation;
  const variable = binding === undefined ? undefined : context.variables.of(binding);
  const isNever = outcome.kind === 'reported' && outcome.finding.kind === 'neverReleased';
  const isCaptured = outcome.kind === 'handedOver' && outcome.reason === 'capturedByClosure';
  if (variable === undefined || owner.type === 'Program' || !(isNever || isCaptured)) {
    return outcome;
  }
  const settlements = settlementsOf(owner, variable, context.sourceCode, context.variables);
  const losses = lossesOf(context, found.site, obligation, variable, settlements);
  const known = { ...obligation, settlements: losses.map(({ witness }) => witness) };
  if (outcome.kind === 'reported') {
    return { ...outcome, obligation: known, finding: { ...outcome.finding, obligation: known } };
  }
  const ends = settlements.handlers.some(handler => endsOf(context, found.site, variable, handler, settlements).isEnded);
  return losses.length > 0 && ends && isOnlyHandled(context, owner, variable, settlements)
    ? { kind: 'reported', obligation: known, finding: findingOf(known, losses) }
    : outcome;
}

function lossesOf(
  context: SettlementContext,
  site: AcquireSite,
  { acquire, specification }: Obligation,
  variable: Variable,
  settlements: Settlements,
): LossyExit[] {
  const ending = new Set(specification.joinedBy?.map(({ event }) => event));
  return settlements.handlers
    .filter(({ event }) => event === undefined || !ending.has(event))
    .flatMap(handler =>
      endsOf(context, site, variable, handler, settlements).unended.map((witness): LossyExit => {
        const path: PathStep[] = [
          { kind: 'acquired', node: acquire },
          { kind: 'settled', node: witness },
        ];
        const mayEndFirst = specification.script?.endsWhen === 'idle' && handler.event === 'message';
        return {
          kind: 'settledWithout',
          witness,
          path,
          // A script that has sent its result may have nothing left to do.
          assumptions: mayEndFirst ? [{ kind: 'scriptStaysAlive' }] : [],
        };
      }),
    );
}

/** Where a handler settles the promise and leaves the resource alive, and whether it ends it on any path. */
function endsOf(
  { sourceCode, model }: SettlementContext,
  site: AcquireSite,
  variable: Variable,
  { node }: Handler,
  { settles }: Settlements,
): { unended: TSESTree.Node[]; isEnded: boolean } {
  if (!isFunction(node)) {
    return { unended: [node], isEnded: false };
  }
  // A settled promise is taken for a resource of its own that nobody can release, so that each path tells where it is.
  const settled = new Map<CallNode, AcquireSite>();
  const { exits } = interpret(
    node,
    sourceCode,
    { ...model, acquireAt: call => (call.type === 'CallExpression' && settles(call) ? settledAt(call) : undefined) },
    { site, variable, functions: functionsAround(sourceCode, node) },
  );
  const lost = exits.filter(({ path, kind }) => kind === 'return' && isOpen(path.status.get(site.id)));
  const unended = [...settled].flatMap(([call, { id }]) => (lost.some(({ path }) => path.status.has(id)) ? [call] : []));
  return {
    unended,
    isEnded: exits.some(({ path }) => path.status.get(site.id)?.kind === 'released'),
  };

  function settledAt(call: CallNode): AcquireSite {
    const known = settled.get(call) ?? {
      ...site,
      id: -1 - settled.size,
      node: call,
      methods: new Set(),
      receiverMethods: new Set(),
      callable: false,
    };
    settled.set(call, known);
    return known;
  }
}

/** The local functions that a handler calls, those that they call included. */
function functionsAround(
  sourceCode: Readonly<TSESLint.SourceCode>,
  handler: FunctionNode,
): ReadonlyMap<Variable, FunctionNode> {
  const functions = new Map<Variable, FunctionNode>();
  const pending = [handler];
  for (const closure of pending) {
    for (const variable of variablesCapturedBy(sourceCode, closure)) {
      const held = functions.has(variable) ? undefined : functionIn(variable);
      if (held !== undefined) {
        functions.set(variable, held);
        pending.push(held);
      }
    }
  }
  return functions;
}

/** The one function that a variable ever holds. */
function functionIn(variable: Variable): FunctionNode | undefined {
  const [definition] = variable.defs;
  if (definition?.type === 'FunctionName') {
    return isFunction(definition.node) ? definition.node : undefined;
  }
  const written = variable.references.flatMap(({ writeExpr }) => writeExpr ?? []);
  const [value] = written;
  return written.length === 1 && isFunction(value) ? value : undefined;
}

/** Whether nobody but its handlers, and the local functions that they call, can end the resource. */
function isOnlyHandled(
  { sourceCode, variables }: SettlementContext,
  owner: FunctionNode,
  variable: Variable,
  { handlers }: Settlements,
): boolean {
  const handling = new Set(handlers.map(({ node }) => node));
  return usesOfVariable(variable).every(({ kind, node }) => {
    const isLookedAt = kind === 'called' || kind === 'methodCalled' || kind === 'read';
    const isHere = functionsBetween(node, owner).every(
      inner => handling.has(inner) || isExecutor(inner) || isCalledOnly(inner, variables, sourceCode),
    );
    return isHere && (isLookedAt || kind === 'passed');
  });
}

/** The functions inside `owner` in which a node stands. */
function functionsBetween(node: TSESTree.Node, owner: FunctionNode): FunctionNode[] {
  const found: FunctionNode[] = [];
  for (const current of ancestorsOf(node)) {
    if (current === owner) {
      break;
    }
    if (isFunction(current)) {
      found.push(current);
    }
  }
  return found;
}

/** Whether a function has a name that is only ever called, or given to a resource or a timer as a handler. */
function isCalledOnly(node: FunctionNode, variables: Variables, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  const [name] = node.type === 'FunctionDeclaration' ? [node.id] : declaredBy(node);
  const variable = name == null ? undefined : variables.of(name);
  return (
    variable !== undefined &&
    sourceCode.ast !== variable.scope.block &&
    variable.references.every(
      ({ identifier, init }) =>
        init === true || (identifier.parent.type === 'CallExpression' && identifier.parent.callee === identifier),
    )
  );
}

function declaredBy({ parent }: FunctionNode): TSESTree.Identifier[] {
  return parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? [parent.id] : [];
}
