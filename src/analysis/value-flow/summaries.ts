import type { TSESLint } from '@typescript-eslint/utils';

import type { ArgumentEffect, CallNode } from '../control-flow/model.js';
import type { FunctionNode } from '../findings.js';
import type { Variables } from '../scope/variables.js';
import type { ResourceSpecification } from '../specification.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import { documentationOf } from './documentation.js';
import { loggerName } from './harmless.js';
import { ownershipTags } from './ownership-tags.js';
import type { ProgramCallees } from './program-callees.js';
import { resolveCallee } from './resolve-callee.js';
import type { ValueUse } from './uses.js';
import { parameterVariable, usesOfVariable } from './uses.js';

/** What summaries know beyond the file's own functions. */
export interface SummaryParts {
  /** Whether a call takes ownership of whatever is passed to it. */
  isRegistrar(call: CallNode): boolean;
  /** The callees of other files; undefined where only this file counts. */
  readonly callees: ProgramCallees | undefined;
}

/** Flow-insensitive facts about what functions do with a resource in one of their parameters. */
export interface Summaries {
  /** What the callee of `call` does with its argument `index`, a value that `specification` describes. */
  ofArgument(call: CallNode, index: number, specification: ResourceSpecification): ArgumentEffect;
}

const maximumDepth = 5;

/**
 * Summaries of the file's own functions and, with `callees`, of the program's. Only a parameter that is merely looked at
 * is `borrow`; a function that nobody can see, or that keeps the value in any way, answers `take`. What the function's
 * documentation says goes first (`ownershipTags`).
 */
export function createSummaries(
  sourceCode: Readonly<TSESLint.SourceCode>,
  variables: Variables,
  { isRegistrar, callees }: SummaryParts,
): Summaries {
  return { ofArgument: (call, index, specification) => ofArgument(call, index, specification, []) };

  function ofArgument(
    call: CallNode,
    index: number,
    specification: ResourceSpecification,
    through: readonly FunctionNode[],
  ): ArgumentEffect {
    if (isRegistrar(call)) {
      return 'take';
    }
    if (isLogged(call)) {
      return 'borrow';
    }
    const callee = resolveCallee(call, variables);
    if (callee === undefined) {
      return callees?.argumentEffect(call, index, specification) ?? 'take';
    }
    const variable = parameterVariable(sourceCode, callee.params[index]);
    const tag = variable && ownershipTags(documentationOf(callee, sourceCode)).parameters.get(variable.name);
    if (tag !== undefined) {
      return tag === 'borrows' ? 'borrow' : 'take';
    }
    if (through.includes(callee) || through.length >= maximumDepth || isAbstract(callee)) {
      return 'take';
    }
    if (variable === undefined || variable.references.some(reference => reference.isWrite() && !reference.init)) {
      return 'take';
    }
    const effects = usesOfVariable(variable).map(use => ofUse(use, specification, [...through, callee]));
    if (effects.includes('release')) {
      return 'release';
    }
    return effects.includes('take') ? 'take' : 'borrow';
  }

  function ofUse(use: ValueUse, specification: ResourceSpecification, through: readonly FunctionNode[]): ArgumentEffect {
    switch (use.kind) {
      case 'called':
        return specification.release.some(way => 'call' in way) ? 'release' : 'borrow';
      case 'methodCalled':
        return specification.release.some(way => 'method' in way && way.method === use.name) ? 'release' : 'borrow';
      case 'read':
        return 'borrow';
      case 'passed':
        return ofArgument(use.node, use.index, specification, through);
      case 'aliased':
      case 'returned':
      case 'stored':
        return 'take';
    }
  }
}

/** Whether the function only throws: what it would do with its parameters is for another class to say. */
function isAbstract({ body }: FunctionNode): boolean {
  return body.type === 'BlockStatement' && body.body[0]?.type === 'ThrowStatement';
}

function isLogged(call: CallNode): boolean {
  const callee = skipWrappers(call.callee);
  return callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && loggerName.test(callee.object.name);
}
