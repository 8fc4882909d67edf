import type { TSESTree } from '@typescript-eslint/utils';

import type { ClassModel } from '../../classes/class-model.js';
import type { Assumption, Confidence } from '../../findings.js';

/** How entries are kept: a `record` is an object that is used as a map. */
export type ContainerForm = 'array' | 'map' | 'record' | 'set';

/** A collection that lives longer than the calls that fill it. */
export interface Container {
  readonly form: ContainerForm;
  /** Of the module, of a class, or of each instance of a class. */
  readonly place: 'field' | 'module' | 'static';
  /** As messages say it: `cache`, `this.cache`. */
  readonly name: string;
  /** What declares it: a name, or the field's first assignment. */
  readonly node: TSESTree.Node;
  /** What makes it: `new Map()`. */
  readonly creation: TSESTree.Expression;
  /** The name by which other files reach it, if they can. */
  readonly outerName: string | undefined;
  /** The class, if it belongs to one. */
  readonly model: ClassModel | undefined;
  /** The expressions of this file that denote it. */
  readonly uses: readonly TSESTree.Expression[];
}

/** One entry, or more, that comes in. */
export interface Growth {
  readonly kind: 'grow';
  readonly node: TSESTree.CallExpression | TSESTree.AssignmentExpression;
  /** What the entry is found by; for a set its element. None in an array. */
  readonly key: TSESTree.Expression | undefined;
  /** What is kept. */
  readonly value: TSESTree.Expression | undefined;
}

/**
 * What an expression does with a container.
 *
 * - `shrink`: entries go, or all of it is replaced. `bound`: its size is compared with something.
 * - `read`: nothing changes; `isKeyed` if only by a key, so that a weak collection could do the same.
 * - `unknown`: it goes where this file cannot follow.
 */
export type Operation =
  | Growth
  | { readonly kind: 'shrink'; readonly node: TSESTree.Node; readonly key?: TSESTree.Expression | undefined }
  | { readonly kind: 'bound'; readonly node: TSESTree.Node }
  | { readonly kind: 'read'; readonly node: TSESTree.Node; readonly isKeyed: boolean }
  | { readonly kind: 'unknown'; readonly node: TSESTree.Node };

/**
 * How a container grows without bound.
 *
 * - `growsByConstruction`: each instance puts itself in. `growsPerCall`: every run appends something.
 * - `growsPerKey`: an entry for every key that ever comes. `growsPerObject`: the keys are objects, which it keeps alive.
 * - `keptOnFailure`: what takes the entry out again is skipped when the witness throws.
 * - `keepsRejection`: the promise that it keeps stays there when it is rejected.
 */
export type GrowthKind =
  | 'growsByConstruction'
  | 'growsPerCall'
  | 'growsPerKey'
  | 'growsPerObject'
  | 'keepsRejection'
  | 'keptOnFailure';

/** A container that only grows. */
export interface ContainerFinding {
  readonly kind: GrowthKind;
  readonly container: Container;
  readonly growth: Growth;
  /** The node that shows how it grows, or how the removal is missed. */
  readonly witness: TSESTree.Node;
  readonly assumptions: readonly Assumption[];
  readonly confidence: Confidence;
  /** Whether a `WeakMap` or `WeakSet` does everything that the file does with it. */
  readonly canBeWeak: boolean;
  /** What takes the entry out: the removal that a failure skips, or that of the same key from a container beside it. */
  readonly removal: TSESTree.Node | undefined;
  /** Whether an entry that is taken out is made again when it is asked for: a promise, under the key it is made of. */
  readonly canBeMadeAgain: boolean;
}
