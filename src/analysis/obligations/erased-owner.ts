import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { LossyExit, Outcome } from '../findings.js';
import type { Variables } from '../scope/variables.js';
import { mayHaveMember } from '../types/inherited-members.js';
import type { Types } from '../types/types.js';
import type { FoundAcquire } from './acquires.js';
import { callsOf } from './acquires.js';
import { findingOf } from './losses.js';
import { runsOnce } from './program-code.js';

/** What is known of the file. */
interface Surroundings {
  readonly variables: Variables;
  readonly types: Types | undefined;
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
}

/**
 * An instance that owns a resource is lost where it is handed over by a variable whose declared type has none of the
 * methods that end it: `let compiler: Compiler = new ThreadedCompiler()`. Nobody behind that type can.
 */
export function withErasedOwner({ owned }: FoundAcquire, outcome: Outcome, { variables, types, sourceCode }: Surroundings): Outcome {
  const { obligation } = outcome;
  const { owner, acquire, specification, releases } = obligation;
  if (owned === undefined || outcome.kind !== 'handedOver' || types === undefined || owner.type === 'Program') {
    return outcome;
  }
  const variable = obligation.binding && variables.of(obligation.binding);
  const definition = variable?.defs[0];
  const declared = definition?.type === 'Variable' && definition.node.id.type === 'Identifier' ? definition.node.id : undefined;
  const ending = specification.release.flatMap(release => ('method' in release ? [release.method] : []));
  const isErased =
    declared?.typeAnnotation !== undefined &&
    releases.length === 0 &&
    !mayHaveMember(types, declared, ending) &&
    variable?.references.every(({ identifier }) => !isRetyped(identifier)) === true;
  if (!isErased || runsOnce(acquire, callsOf(sourceCode), variables)) {
    return outcome;
  }
  const loss: LossyExit = {
    kind: 'neverReleased',
    witness: acquire,
    assumptions: [{ kind: 'functionRunsAgain', node: owner }, { kind: 'ownerIsResource' }],
    path: [{ kind: 'acquired', node: acquire }],
  };
  return { kind: 'reported', obligation, finding: findingOf(obligation, [loss]) };
}

/** `(compiler as ThreadedCompiler).close()`, `compiler instanceof ThreadedCompiler`, `'close' in compiler`. */
function isRetyped({ parent }: TSESTree.Node): boolean {
  return parent?.type === 'TSAsExpression' || parent?.type === 'TSTypeAssertion' || parent?.type === 'BinaryExpression';
}
