import type { TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../findings.js';
import { variablesCapturedBy } from '../scope/captures.js';
import { contains } from '../syntax/contains.js';
import { isFunction } from '../syntax/functions.js';
import { propertyName } from '../syntax/property-name.js';
import { escapeClosure, escapeResource } from './escapes.js';
import type { Machine } from './machine.js';
import type { AcquireSite } from './model.js';
import type { Path, Variable } from './path.js';
import { withStatus } from './path.js';

/**
 * Gives a function to the resource `id` itself: `worker.on('message', f)`, `worker.onmessage = f`. It lives no longer
 * than the resource, so that it only counts as an owner if it, or a local function that it calls, releases the resource
 * or hands it on.
 */
export function giveHandler(
  machine: Machine,
  path: Path,
  id: number,
  handler: FunctionNode,
  node: TSESTree.Node,
): Path {
  const given = escapeClosure(machine, path, handler, 'capturedByClosure', node);
  const site = machine.sites.get(id);
  return site !== undefined && onlyBorrows(machine, path, site, handler, new Set())
    ? withStatus(given, id, path.status.get(id))
    : escapeResource(given, id, 'capturedByClosure', node);
}

function onlyBorrows(
  machine: Machine,
  path: Path,
  site: AcquireSite,
  handler: FunctionNode,
  seen: Set<FunctionNode>,
): boolean {
  if (seen.has(handler)) {
    return true;
  }
  seen.add(handler);
  return (
    !mentionsRelease(machine, handler, site) &&
    variablesCapturedBy(machine.sourceCode, handler).every(variable => {
      const value = path.variables.get(variable);
      return value?.kind === 'resource' && value.id === site.id
        ? isOnlyBorrowed(machine, site, variable, handler)
        : functionsIn(variable).every(inner => onlyBorrows(machine, path, site, inner, seen));
    })
  );
}

/** Whether a release of this name is mentioned, of whatever it is one: `event.target.terminate()`. */
function mentionsRelease(machine: Machine, node: TSESTree.Node, site: AcquireSite): boolean {
  const name = node.type === 'MemberExpression' ? propertyName(node) : undefined;
  return (
    (name !== undefined && site.methods.has(name)) ||
    machine.childrenOf(node).some(child => mentionsRelease(machine, child, site))
  );
}

function isOnlyBorrowed(machine: Machine, site: AcquireSite, variable: Variable, handler: FunctionNode): boolean {
  return variable.references.every(reference => {
    const { identifier } = reference;
    if (!contains(handler, identifier) || identifier.type !== 'Identifier') {
      return true;
    }
    if (reference.isWrite()) {
      return false;
    }
    return machine.model.isBorrowedAt(identifier, site);
  });
}

/** The functions that are written as values of the variable, at any time. */
function functionsIn(variable: Variable): FunctionNode[] {
  const declared = variable.defs.flatMap(({ node }) => (isFunction(node) && node.id?.name === variable.name ? [node] : []));
  const assigned = variable.references.flatMap(({ writeExpr }) => {
    const value = writeExpr ?? null;
    return value !== null && isFunction(value) ? [value] : [];
  });
  return [...declared, ...assigned];
}
