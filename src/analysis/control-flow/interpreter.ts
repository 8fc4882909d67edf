import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../findings.js';
import { bind } from './assignments.js';
import { conditionsOf } from './conditions-of.js';
import { branch } from './conditions.js';
import { escapeValue } from './escapes.js';
import { evaluate } from './expressions.js';
import type { Completion, LossEvent, Semantics } from './machine.js';
import { Machine } from './machine.js';
import type { AcquireSite, Model } from './model.js';
import type { Path, Value, Variable } from './path.js';
import { emptyPath, isOpen, nullish, truthy, unknown, withStatus } from './path.js';
import { executeBody } from './statements.js';

const semantics: Semantics = { evaluate, branch, execute: executeBody };

/** All ways in which one function can end. */
export interface Interpretation {
  /** Only `return` and `throw` completions. */
  readonly exits: readonly Completion[];
  readonly events: readonly LossEvent[];
  /** The acquires that were reached. */
  readonly sites: ReadonlyMap<number, AcquireSite>;
  /** Every node that was seen to release, by obligation. */
  readonly releases: ReadonlyMap<number, ReadonlySet<TSESTree.Node>>;
  /** The obligations for whose end something listens. */
  readonly joined: ReadonlySet<number>;
}

/**
 * An obligation that is held when the function starts: in the parameter that the site's callback carrier names, or in a
 * variable of an outer function, for a callback that releases what its creator acquired.
 */
export interface Held {
  readonly site?: AcquireSite;
  readonly variable?: Variable;
  /** The functions that variables around the function hold. */
  readonly functions?: ReadonlyMap<Variable, FunctionNode>;
}

/**
 * Interprets a function from its first statement to all its exits.
 *
 * @throws TooComplexError if there are more than 2,000 completions.
 */
export function interpret(
  unit: FunctionNode,
  sourceCode: Readonly<TSESLint.SourceCode>,
  model: Model,
  held: Held = {},
): Interpretation {
  const machine = new Machine(unit, sourceCode, model, conditionsOf(unit, sourceCode, model), semantics);
  const abrupt: Completion[] = [];
  const starts = startsOf(machine, held).flatMap(({ path, values }) =>
    unit.params.reduce<Path[]>(
      (paths, parameter, index) =>
        paths.flatMap(next => bind(machine, parameter, values.get(index) ?? unknown, next, abrupt)),
      [path],
    ),
  );
  const completions = [...abrupt, ...machine.group(starts.flatMap(path => executeBody(machine, unit, path)))];
  const { events, sites, releases, joined } = machine;
  return { exits: completions.map(completion => leave(machine, completion)), events, sites, releases, joined };
}

/** Where the function starts: with nothing, or with an obligation in a variable or a parameter. */
function startsOf(machine: Machine, held: Held): { path: Path; values: ReadonlyMap<number, Value> }[] {
  if (held.site === undefined) {
    return [{ path: emptyPath, values: new Map() }];
  }
  const { site, variable } = held;
  const value: Value = { kind: 'resource', id: site.id };
  machine.sites.set(site.id, site);
  const path = withStatus(emptyPath, site.id, { kind: 'held' });
  if (variable !== undefined) {
    const functions = [...(held.functions ?? [])].map(([name, node]): [Variable, Value] => [name, { kind: 'closure', node }]);
    return [{ path: { ...path, variables: new Map([[variable, value], ...functions]) }, values: new Map() }];
  }
  const { parameter = 0, error } = site.callback ?? {};
  return error === undefined
    ? [{ path, values: new Map([[parameter, value]]) }]
    : [
        { path, values: new Map([[parameter, value], [error, nullish]]) },
        { path: emptyPath, values: new Map([[error, truthy]]) },
      ];
}

/** What a function returns is its caller's, unless its documentation says that the caller only borrows it. */
function leave(machine: Machine, completion: Completion): Completion {
  const { kind, value, path, cause } = completion;
  if (kind !== 'return' || value === undefined || machine.model.onlyBorrows(machine.unit)) {
    return completion;
  }
  const flag = value.kind === 'promise' ? value.of : value;
  const given = escapeValue(machine, path, value, 'returned', cause);
  return {
    ...completion,
    path:
      flag.kind === 'flag' && isOpen(given.status.get(flag.id))
        ? withStatus(given, flag.id, { kind: 'escaped', reason: 'returned', node: cause })
        : given,
  };
}
