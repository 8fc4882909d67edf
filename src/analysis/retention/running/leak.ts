import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { ClassModel, Method } from '../../classes/class-model.js';
import type { Assumption, Confidence, FunctionNode } from '../../findings.js';
import { confidenceOf } from '../../findings.js';
import type { Release, ResourceKind } from '../../specification.js';
import type { Ending } from './endings.js';

/** What was started and runs on until its handle stops it: an interval, an observer, a subscription. */
export interface Running {
  readonly kind: ResourceKind;
  /** The word for it in messages. */
  readonly noun: string;
  /** The call that starts it; its value is the handle. */
  readonly start: TSESTree.CallExpression | TSESTree.NewExpression;
  /** How the handle stops it. */
  readonly stop: Release;
}

/** Where the handle of something that runs is kept. */
export type Holder =
  | { readonly kind: 'nowhere' }
  | { readonly kind: 'variable'; readonly variable: TSESLint.Scope.Variable }
  | { readonly kind: 'field'; readonly model: ClassModel; readonly name: string };

/**
 * How something runs on for too long.
 *
 * - `resultDropped`: nothing keeps the handle. `neverStopped`: it is kept, and never used.
 * - `skippedByDisposer`: the disposer of the host does not stop it. `missingCleanup`: an effect gives no clean-up function.
 * - `startedAgain`: the handle is assigned anew while it runs.
 * - `rearmedForever`: a function schedules itself again on every path.
 * - `keepsProcessAlive`: a module of a library keeps the process of its user from ending.
 */
export type LeakKind =
  | 'keepsProcessAlive'
  | 'missingCleanup'
  | 'neverStopped'
  | 'rearmedForever'
  | 'resultDropped'
  | 'skippedByDisposer'
  | 'startedAgain';

/** Something that outlives its host. */
export interface Leak {
  readonly kind: LeakKind;
  readonly running: Running;
  readonly holder: Holder;
  /** The class on whose instances it is started, if it is one of this file. */
  readonly model?: ClassModel | undefined;
  /** The method that ends the host and leaves this running. */
  readonly disposer?: Method | undefined;
  /** The effect whose clean-up is missing. */
  readonly effect?: FunctionNode | undefined;
  /** What the function was given that ends by itself, where its result is dropped. */
  readonly ending?: Ending | undefined;
  readonly assumptions: readonly Assumption[];
  readonly confidence: Confidence;
}

/** A leak of that kind, as sure as the assumptions leave it. */
export function leakAs(
  kind: LeakKind,
  parts: Omit<Leak, 'assumptions' | 'confidence' | 'kind'>,
  assumptions: readonly Assumption[],
): Leak {
  return { ...parts, kind, assumptions, confidence: confidenceOf(assumptions) };
}
