import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../findings.js';
import type { CallbackCarrier } from '../specification.js';

/** A call or construction. */
export type CallNode = TSESTree.CallExpression | TSESTree.NewExpression;

/** What the interpreter must know of one acquire: which value carries the duty and what discharges it. */
export interface AcquireSite {
  /** Distinguishes the obligations of one function. */
  readonly id: number;
  /** The call; for a parameter that its function owns, the parameter. */
  readonly node: CallNode | TSESTree.Identifier;
  /** The call gives a promise; the resource is held once it is fulfilled. */
  readonly awaited: boolean;
  /** The result may say that nothing was acquired. */
  readonly optional: boolean;
  /** Waiting for it may fail. */
  readonly mayFail: boolean;
  readonly carrier: 'argument' | 'callback' | 'object' | 'receiver' | 'result';
  /** The properties or elements of the result that carry the duty: any one of them discharges. */
  readonly parts?: readonly string[];
  /** Text of the object that the method is called on, aliases resolved. */
  readonly receiver?: string;
  /** Text of the argument that names the resource. */
  readonly argument?: string;
  /** Which argument is the callback that gets the releaser, and as which parameter. */
  readonly callback?: CallbackCarrier;
  /** Calling the value releases. */
  readonly callable: boolean;
  /** Methods of the value that release. */
  readonly methods: ReadonlySet<string>;
  /** Methods of the value that take ownership of it: `handle.createReadStream()`. */
  readonly takingMethods: ReadonlySet<string>;
  /** Methods of the value that do not throw. */
  readonly safeMethods: ReadonlySet<string>;
  /** Methods of the value that fail once it is released, or that start it again. */
  readonly uselessMethods: ReadonlySet<string>;
  /** Methods of the receiver that release. */
  readonly receiverMethods: ReadonlySet<string>;
  /** Events of the resource by which whoever listens waits for its end. */
  readonly joinedBy: ReadonlySet<string>;
}

/**
 * What a call does with a resource that is passed to it; `retain`: its result keeps the resource alive and cannot end it;
 * `takeWhenFulfilled`: it takes it once the promise that it gives is fulfilled.
 */
export type ArgumentEffect = 'borrow' | 'release' | 'retain' | 'take' | 'takeWhenFulfilled';

/**
 * How a call or an awaited promise may fail: not at all, `doubtful` where the callee's body can be read and only makes
 * calls that nobody knows, `assumed` where nothing is known of the callee, `promised` where nothing is known of a promise
 * that is waited for, or in a way that the code itself shows.
 */
export type Failure = 'assumed' | 'doubtful' | 'impossible' | 'promised' | 'shown';

/**
 * The questions that the interpreter asks about the program. All answers are about nodes, none depends on a path, so
 * that an implementation may keep them.
 */
export interface Model {
  /** The variable that a name refers to; undefined for a global. */
  variableOf(node: TSESTree.Identifier): TSESLint.Scope.Variable | undefined;
  /** The acquire that this call is. */
  acquireAt(call: CallNode): AcquireSite | undefined;
  /** What `call` does with the resource in its argument `index`. */
  argumentEffect(call: CallNode, index: number, site: AcquireSite): ArgumentEffect;
  /** Whether `call` only uses the resource which an object literal, its argument `index`, holds in `property`. */
  isLent(call: CallNode, index: number, property: string, site: AcquireSite): boolean;
  /** Whether the resource of `site` is only looked at where its variable is mentioned, and neither kept nor released. */
  isBorrowedAt(mention: TSESTree.Identifier, site: AcquireSite): boolean;
  /** Whether `call` releases the resource of `site` by name: through its receiver, its argument, or inside its callee. */
  releasesByName(call: CallNode, site: AcquireSite): boolean;
  /** Whether the callee of `call` gets the lock of `site` as an argument, and may release or keep it. */
  takesByName(call: CallNode, site: AcquireSite): boolean;
  /** Whether code inside `node` releases the resource of `site` by name. */
  isReleasedByNameIn(node: TSESTree.Node, site: AcquireSite): boolean;
  /** Whether a function outside of `node` does that has not acquired it itself. */
  isReleasedByNameOutside(node: TSESTree.Node, site: AcquireSite): boolean;
  /** Whether `call` may throw before it gives a value. */
  callFailure(call: CallNode | TSESTree.TaggedTemplateExpression): Failure;
  /** Whether the promise `node` may be rejected. */
  awaitFailure(node: TSESTree.Expression): Failure;
  /** Whether control never comes back from `call`: its type is `never`, or it is `process.exit()`. */
  neverReturns(call: CallNode): boolean;
  /** Whether the value of `node` is a promise of work that runs on, and that the resource of `site` protects. */
  startsWork(node: TSESTree.Expression, site: AcquireSite): boolean;
  /** Whether a field, or the caller of a function, only borrows what it gets: the duty stays with whoever gives it. */
  onlyBorrows(place: FunctionNode | TSESTree.MemberExpression): boolean;
  /** Whether `call` runs its function arguments before it returns, at most often in a loop: `items.forEach(f)`. */
  runsCallbacksNow(call: CallNode): boolean;
}
