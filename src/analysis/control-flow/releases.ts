import type { TSESTree } from '@typescript-eslint/utils';

import { contains } from '../syntax/contains.js';
import type { Machine } from './machine.js';
import type { Path, Value } from './path.js';
import { isOpen, unknown, withStatus, withStep } from './path.js';

/** Whether calling the value releases its resource. */
export function isReleaser(machine: Machine, value: Value): boolean {
  if (value.kind !== 'resource' || value.parts !== undefined) {
    return false;
  }
  const site = machine.sites.get(value.id);
  return value.member === undefined ? site?.callable === true : site?.methods.has(value.member) === true;
}

/** The methods by which a function is called or bound. */
const functionMethods = new Set(['apply', 'bind', 'call']);

/** What a property of the value is. A resource's own members are only borrowed, unless one of them releases. */
export function partOf(machine: Machine, value: Value, name: string | undefined): Value {
  if (value.kind !== 'resource' || name === undefined) {
    return unknown;
  }
  if (functionMethods.has(name) && isReleaser(machine, value)) {
    return value;
  }
  if (value.parts !== undefined) {
    return value.parts.includes(name) ? { kind: 'resource', id: value.id } : unknown;
  }
  const site = value.member === undefined ? machine.sites.get(value.id) : undefined;
  return site?.methods.has(name) === true || site?.takingMethods.has(name) === true ? { kind: 'resource', id: value.id, member: name } : unknown;
}

export function releaseResource(machine: Machine, node: TSESTree.Node, id: number, path: Path): Path {
  const status = path.status.get(id);
  machine.releases.set(id, (machine.releases.get(id) ?? new Set()).add(node));
  if (isOpen(status)) {
    return withStep(withStatus(path, id, { kind: 'released', node }), { kind: 'released', node });
  }
  const last = path.trail.steps.at(-1);
  if (status === undefined && last !== undefined && isOfSameTry(machine, id, node, last.node)) {
    machine.events.push({ kind: 'acquiredInsideTry', id, witness: last.node, trail: path.trail });
  }
  return path;
}

/** Whether the acquire stands in a `try` whose `finally` holds the release, and the failure comes from that `try`. */
function isOfSameTry(machine: Machine, id: number, release: TSESTree.Node, failure: TSESTree.Node): boolean {
  const acquired = machine.sites.get(id)?.node;
  for (let node = release.parent; node !== undefined && node !== machine.unit; node = node.parent) {
    if (node.type === 'TryStatement' && node.finalizer !== null && contains(node.finalizer, release)) {
      return acquired !== undefined && contains(node.block, acquired) && contains(node.block, failure);
    }
  }
  return false;
}
