import type { TSESLint } from '@typescript-eslint/utils';

import { createClasses } from '../../classes/class-model.js';
import { isTerminalName } from '../../classes/disposers.js';
import type { Identity } from '../../identity/identity.js';
import type { Variables } from '../../scope/variables.js';
import type { SenderCatalogue } from '../../sender-specification.js';
import type { CallPattern } from '../../specification.js';
import { clearsItself } from '../../types/self-clearing.js';
import type { Types } from '../../types/types.js';
import { findBackReferences } from './back-references.js';
import { findListenerCalls } from './calls.js';
import { createCaptures } from './captures.js';
import { findIneffectiveRemovals } from './ineffective-removals.js';
import { createKeys } from './keys.js';
import type { BackReference, IneffectiveRemoval, Sender } from './model.js';
import { createOrigins } from './origins.js';
import { createShapes } from './shapes.js';
import { createSignOffs } from './sign-offs.js';
import { createUses } from './uses.js';
import { createWaits } from './waits.js';

/** What is found about the listeners of one file. */
export interface ListenerFindings {
  /** The removals that take nothing off, in source order. */
  readonly ineffectiveRemovals: readonly IneffectiveRemoval[];
  /** The listeners that keep their hosts alive, in source order. */
  readonly backReferences: readonly BackReference[];
}

/** What the analysis of listeners rests on. */
export interface ListenerInput {
  readonly sourceCode: TSESLint.SourceCode;
  readonly variables: Variables;
  readonly identity: Identity;
  readonly senders: SenderCatalogue;
  readonly types: Types | undefined;
  /** Calls whose first argument is an effect, which may return its clean-up. */
  readonly effects: readonly CallPattern[];
  /** Further names of terminal disposers. */
  readonly disposers: readonly string[];
  /** Whether the file is an entry point, whose objects live as long as the program. */
  readonly isEntry: boolean;
}

/** Finds the listeners of a file that outlive what they belong to, and the removals that take nothing off. */
export function analyseListeners(input: ListenerInput): ListenerFindings {
  const { sourceCode, variables, types, disposers } = input;
  const classes = createClasses(sourceCode, variables);
  const keys = createKeys(variables, classes);
  const calls = findListenerCalls({ ...input, keys, origins: createOrigins(variables, keys) });
  const uses = createUses(sourceCode, variables, keys, calls);
  const ineffective = findIneffectiveRemovals({ calls, uses, variables });
  const captures = createCaptures(sourceCode, variables, keys);
  const waits = createWaits(sourceCode, variables);
  const signOffs = createSignOffs(sourceCode, keys);
  return {
    ineffectiveRemovals: ineffective,
    backReferences: findBackReferences({
      ...input,
      calls,
      ineffective,
      uses,
      captures,
      keys,
      waits,
      classes,
      signOffs,
      shapes: createShapes({ ...input, captures }),
      clearsItself: isClearedByItself,
    }),
  };

  function isClearedByItself({ node }: Sender): boolean {
    return types !== undefined && clearsItself(types, node, name => isTerminalName(name, disposers));
  }
}
