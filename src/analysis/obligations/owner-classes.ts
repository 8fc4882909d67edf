import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { ClassModel, Classes } from '../classes/class-model.js';
import type { CallNode } from '../control-flow/model.js';
import type { Identity } from '../identity/identity.js';
import type { Variables } from '../scope/variables.js';
import { isClass } from '../syntax/functions.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import type { OwnedResource } from '../value-flow/owner-class.js';
import { ownedResourceOf, ownerSpecification } from '../value-flow/owner-class.js';
import type { ProgramCallees } from '../value-flow/program-callees.js';
import type { FoundAcquire, NamedSpecification } from './acquires.js';
import { siteOf } from './acquires.js';
import { sketchOf } from './class-sketch.js';
import { isThread } from './thread-life.js';

/** What is known of the file beside its acquires. */
interface Surroundings {
  readonly calls: readonly CallNode[];
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly variables: Variables;
  readonly identity: Identity;
  readonly classes: Classes;
  readonly callees: ProgramCallees | undefined;
  /** The resources that the file's own text can acquire. */
  readonly specifications: readonly NamedSpecification[];
  /** Further names of terminal disposers. */
  readonly disposers: readonly string[];
}

/**
 * Adds the constructions of classes whose instances own a thread and can end it: such an instance is a resource itself.
 *
 * @returns the given acquires and the new ones
 */
export function withOwnerClasses(
  acquires: ReadonlyMap<CallNode, FoundAcquire>,
  surroundings: Surroundings,
): Map<CallNode, FoundAcquire> {
  const { calls, variables, classes, callees, disposers } = surroundings;
  const all = new Map(acquires);
  const known = new Map<ClassModel, OwnedResource | undefined>();
  for (const call of calls) {
    const owned = call.type === 'NewExpression' && !all.has(call) ? ownedBy(call) : undefined;
    const [acquire] = owned?.specification.acquire ?? [];
    if (owned !== undefined && acquire !== undefined) {
      const { key, specification } = owned;
      all.set(call, { key, specification, acquire, owned, site: siteOf(call, all.size, specification, acquire, variables) });
    }
  }
  return all;

  function ownedBy(call: TSESTree.NewExpression): OwnedResource | undefined {
    const model = modelOf(call.callee);
    if (model === undefined) {
      return callees?.ownedResource(call, disposers);
    }
    if (!known.has(model)) {
      known.set(model, ownedOf(model, acquires, surroundings));
    }
    return known.get(model) ?? callees?.ownedResource(call, disposers);
  }

  function modelOf(callee: TSESTree.Expression): ClassModel | undefined {
    const name = skipWrappers(callee);
    const definition = name.type === 'Identifier' ? variables.of(name)?.defs[0] : undefined;
    const declared = definition?.type === 'Variable' ? definition.node.init : definition?.node;
    return declared == null ? undefined : classes.of(declared);
  }
}

/** What the instances of a class of this file own: by themselves, or as instances of what the class extends. */
function ownedOf(
  model: ClassModel,
  acquires: ReadonlyMap<CallNode, FoundAcquire>,
  surroundings: Surroundings,
): OwnedResource | undefined {
  const { identity, specifications, disposers } = surroundings;
  const root = rootOf(model);
  const parent = isClass(root.node) ? root.node.superClass : null;
  const inherited = specifications.find(
    named =>
      parent !== null &&
      isThread(named) &&
      named.specification.acquire.some(({ how }) => how === 'new') &&
      identity.isExport(parent, named.specification.from),
  );
  if (inherited !== undefined) {
    return { ...inherited, specification: ownerSpecification(inherited.specification), fields: new Set() };
  }
  const sketch = sketchOf(model, acquires, surroundings);
  return sketch && ownedResourceOf(sketch, disposers);
}

function rootOf(model: ClassModel): ClassModel {
  return model.superClass === undefined ? model : rootOf(model.superClass);
}
