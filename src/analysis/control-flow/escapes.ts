import type { TSESTree } from '@typescript-eslint/utils';

import type { EscapeReason } from '../findings.js';
import type { Closure } from '../scope/captures.js';
import { variablesCapturedBy } from '../scope/captures.js';
import type { Machine } from './machine.js';
import type { Path, Value } from './path.js';
import { isOpen, withStatus } from './path.js';

/** Hands the obligation `id` to somebody whom the analysis cannot see. What is released already stays released. */
export function escapeResource(path: Path, id: number, reason: EscapeReason, node: TSESTree.Node): Path {
  return isOpen(path.status.get(id)) ? withStatus(path, id, { kind: 'escaped', reason, node }) : path;
}

/** Hands on whatever obligation the value carries: the resource itself, a promise of it, a closure that holds it. */
export function escapeValue(machine: Machine, path: Path, value: Value, reason: EscapeReason, node: TSESTree.Node): Path {
  switch (value.kind) {
    case 'resource':
      return escapeResource(path, value.id, reason, node);
    case 'promise': {
      const { of } = value;
      const given = of.kind === 'resource' ? (machine.givenWhenFulfilled.get(of.id) ?? []) : [];
      const next = given.reduce((current, id) => escapeResource(current, id, reason, node), path);
      return escapeValue(machine, next, of, reason, node);
    }
    case 'closure':
      return escapeClosure(machine, path, value.node, reason === 'returned' ? reason : 'capturedByClosure', node);
    case 'constant':
    case 'flag':
    case 'nullish':
    case 'rejected':
    case 'truthy':
    case 'unknown':
      return path;
  }
}

/** A closure leaves: what it captures may be released by it at any later time. */
export function escapeClosure(
  machine: Machine,
  path: Path,
  closure: Closure,
  reason: EscapeReason,
  node: TSESTree.Node,
): Path {
  let next = path;
  for (const variable of variablesCapturedBy(machine.sourceCode, closure)) {
    if (machine.isLocal(variable) && !machine.sharedVariables.has(variable)) {
      machine.sharedVariables.add(variable);
      const value = next.variables.get(variable);
      if (value !== undefined) {
        next = escapeValue(machine, next, value, reason, node);
      }
    } else {
      const value = next.variables.get(variable);
      if (value?.kind === 'resource') {
        next = escapeResource(next, value.id, reason, node);
      }
    }
  }
  return escapeNamed(machine, next, closure, reason, node);
}

/** A closure that leaves may also release by name: `() => mutex.release()`. */
function escapeNamed(
  machine: Machine,
  path: Path,
  closure: Closure,
  reason: EscapeReason,
  node: TSESTree.Node,
): Path {
  let next = path;
  for (const site of machine.sites.values()) {
    if (isOpen(next.status.get(site.id)) && machine.model.isReleasedByNameIn(closure, site)) {
      next = escapeResource(next, site.id, reason, node);
    }
  }
  return next;
}
