import type { TSESTree } from '@typescript-eslint/utils';

import { propertyName } from '../syntax/property-name.js';
import type { EvaluatedCall } from './calls.js';
import type { Completion, Machine } from './machine.js';
import { wholeResource } from './members.js';
import type { CallNode } from './model.js';
import type { Path } from './path.js';
import { withStatus } from './path.js';

/** Evaluates the arguments of a call in order. */
export function evaluateArguments(machine: Machine, node: CallNode, call: EvaluatedCall, abrupt: Completion[]): EvaluatedCall[] {
  return node.arguments.reduce<EvaluatedCall[]>(
    (calls, argument, index) =>
      calls.flatMap(current =>
        machine
          .evaluate(argument.type === 'SpreadElement' ? argument.argument : argument, current.path, abrupt)
          .map(({ path, value }) => ({
            ...current,
            path: withLent(machine, node, index, current.path, path),
            arguments: [...current.arguments, value],
          })),
      ),
    [call],
  );
}

/** An object literal that is an argument keeps nothing of what the call only uses: `insertOne(document, { session })`. */
function withLent(machine: Machine, node: CallNode, index: number, before: Path, after: Path): Path {
  const argument = node.arguments[index];
  return argument?.type === 'ObjectExpression'
    ? argument.properties.reduce((path, property) => {
        const id = lentBy(machine, node, index, property, before);
        return id === undefined ? path : withStatus(path, id, before.status.get(id));
      }, after)
    : after;
}

function lentBy(
  machine: Machine,
  node: CallNode,
  index: number,
  property: TSESTree.ObjectLiteralElement,
  path: Path,
): number | undefined {
  const name = property.type === 'Property' ? propertyName(property) : undefined;
  const variable = property.type === 'Property' && property.value.type === 'Identifier' ? machine.variableOf(property.value) : undefined;
  const id = variable && wholeResource(path.variables.get(variable));
  const site = id === undefined ? undefined : machine.sites.get(id);
  return name !== undefined && site !== undefined && machine.model.isLent(node, index, name, site) ? id : undefined;
}
