import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Variables } from '../../scope/variables.js';
import type { ContainerFinding } from '../containers/model.js';
import { findLargeCaptures } from './closures.js';
import { findFinalizationLeaks } from './finalization.js';
import type { CaptureFinding } from './model.js';

/** What captures are judged by. */
export interface CaptureContext {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly variables: Variables;
  /** The containers of the file that only grow. */
  readonly containers: () => readonly ContainerFinding[];
}

/** What long-lived closures and registries keep alive, in source order. */
export function findCaptures({ sourceCode, variables, containers }: CaptureContext): CaptureFinding[] {
  const found = [
    ...findFinalizationLeaks({ sourceCode, variables }),
    ...findLargeCaptures({ sourceCode, variables, growing: growingOfModule }),
  ];
  return found.sort((left, right) => left.node.range[0] - right.node.range[0]);

  /** What declares a container of the module that grows without bound. */
  function growingOfModule(): ReadonlySet<TSESTree.Node> {
    const growing = containers().filter(({ container, kind }) => container.place === 'module' && kind.startsWith('grows'));
    return new Set(growing.map(({ container }) => container.node));
  }
}
