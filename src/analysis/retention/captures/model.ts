import type { TSESTree } from '@typescript-eslint/utils';

import type { Assumption, Confidence } from '../../findings.js';

/**
 * What keeps something large alive.
 *
 * - `heldValueIsTarget`: the held value of a `FinalizationRegistry` is, or captures, the target itself.
 * - `heldValueIsPart`: it is a part of what the target is made of.
 * - `capturesForRead`: a long-lived closure captures a large local and reads nothing of it but a property.
 * - `capturesLarge`: it uses the large local, anew with each call that registers it.
 * - `capturesModule`: it uses a large variable of its module, or one that only grows, which stays when the module is
 *   evaluated again. `capturesAlias`: it uses a second name of what the module replaces.
 * - `sharesContext`: it does not mention the local, but a sibling closure does, and both share one context.
 */
export type CaptureKind =
  | 'capturesAlias'
  | 'capturesForRead'
  | 'capturesLarge'
  | 'capturesModule'
  | 'heldValueIsPart'
  | 'heldValueIsTarget'
  | 'sharesContext';

/** Something large that lives as long as something long-lived. */
export interface CaptureFinding {
  readonly kind: CaptureKind;
  /** The held value, or the closure. */
  readonly node: TSESTree.Node;
  /** The target, or the local's declaration. */
  readonly witness: TSESTree.Node;
  /** The sibling closure that mentions the local, or the assignment that replaces what the closure keeps. */
  readonly sibling?: TSESTree.Node;
  /** The reads of the local inside the closure, if they are all reads of one property of a constant. */
  readonly reads?: readonly TSESTree.MemberExpression[];
  readonly assumptions: readonly Assumption[];
  readonly confidence: Confidence;
}
