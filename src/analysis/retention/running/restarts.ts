import type { TSESTree } from '@typescript-eslint/utils';

import type { ClassModel, Method } from '../../classes/class-model.js';
import { reachableMethods } from '../../classes/reachable-methods.js';
import type { Assumption } from '../../findings.js';
import { contains } from '../../syntax/contains.js';
import type { Guards } from './guards.js';
import type { Host } from './hosts.js';
import type { Holder, Running } from './leak.js';

/** Methods that a framework calls again only after it has called their counterpart. */
const pairedNames =
  /^(?:componentDidMount|connectedCallback|created|firstUpdated|mounted|ng[A-Z]\w*|on[A-Z]\w*|onload)$/u;

/** Methods that have a counterpart, so that callers know not to call them twice in a row. */
const oneTimeNames =
  /^(?:activate|attach|begin|boot|connect|enable|init|initiali[sz]e|install|launch|listen|mount|open|play|register|resume|run|set_?up|start)/iu;

/**
 * What has to be assumed for a second run of a public method to lose a handle that the first one left running; undefined
 * if the method looks at its state first, or stops what runs.
 */
export function assumptionOfRestart(
  { start }: Running,
  holder: Holder & { kind: 'field' },
  host: Host,
  guards: Guards,
): Assumption | undefined {
  if (host.kind !== 'instance' || start.parent.type !== 'AssignmentExpression' || start.parent.operator !== '=') return undefined;
  const { model, method } = host;
  if (method?.kind !== 'method' || method.name === undefined || !isPublic(method) || pairedNames.test(method.name)) return undefined;
  if (guards.isGuarded(start, method.node) || model.usesOf(method.name).length > 0) return undefined;
  if (mentionsBefore(model, method, holder.name, start)) return undefined;
  return oneTimeNames.test(method.name) ? { kind: 'shapeOnly' } : { kind: 'methodCalledTwice', node: method.node };
}

/** Whether the method, or another one that it names before the start, mentions the field. */
function mentionsBefore(model: ClassModel, method: Method, field: string, start: TSESTree.Node): boolean {
  const [limit] = (start.parent ?? start).range;
  const isBefore = (node: TSESTree.Node): boolean => contains(method.node, node) && node.range[0] < limit;
  if (model.usesOf(field).some(({ node }) => isBefore(node))) return true;
  const called = model.methods.filter(
    ({ name, node }) => name !== undefined && node !== method.node && model.usesOf(name).some(use => isBefore(use.node)),
  );
  const reached = reachableMethods(model, called);
  return model.usesOf(field).some(use => use.method !== undefined && reached.has(use.method));
}

function isPublic({ name, node }: Method): boolean {
  const { parent } = node;
  const accessibility = parent.type === 'MethodDefinition' ? parent.accessibility : undefined;
  return name?.startsWith('#') === false && !name.startsWith('_') && accessibility !== 'private' && accessibility !== 'protected';
}
