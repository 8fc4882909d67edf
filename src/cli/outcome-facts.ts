import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { LossyExit, Obligation, Outcome } from '../analysis/findings.js';
import { createVariables } from '../analysis/scope/variables.js';
import type { Source } from '../analysis/specification.js';
import type { ExitFacts, ObligationFacts, OutcomeFacts, Place } from './facts.js';

const textLimit = 60;

/** One outcome of the analysis without its nodes. */
export function factsOf(outcome: Outcome, sourceCode: Readonly<TSESLint.SourceCode>): ObligationFacts {
  const { key, specification, acquire, through, owner, binding, releases } = outcome.obligation;
  return {
    key,
    kind: specification.kind,
    noun: specification.noun,
    source: sourceInWords(specification.from),
    ...(specification.docs !== undefined && { docs: specification.docs }),
    ...(through !== undefined && { through }),
    acquire: placeOf(acquire),
    text: shortText(acquire, sourceCode),
    owner: ownerInWords(owner),
    ...(binding && { binding: bindingFacts(binding, sourceCode) }),
    releases: releases.map(placeOf),
    outcome: outcomeFacts(outcome, sourceCode),
  };
}

/** Where `node` is, in the counting of ESLint's messages. */
export function placeOf(node: TSESTree.Node): Place {
  const { start, end } = node.loc;
  return { line: start.line, column: start.column + 1, endLine: end.line, endColumn: end.column + 1 };
}

/** The source text of `node` on one line, cut where it gets long. */
export function shortText(node: TSESTree.Node, sourceCode: Readonly<TSESLint.SourceCode>): string {
  const text = sourceCode.getText(node).replaceAll(/\s+/g, ' ');
  return text.length > textLimit ? `${text.slice(0, textLimit - 1)}…` : text;
}

function outcomeFacts(outcome: Outcome, sourceCode: Readonly<TSESLint.SourceCode>): OutcomeFacts {
  switch (outcome.kind) {
    case 'released':
      return { kind: 'released' };
    case 'handedOver': {
      const { kind, reason, node } = outcome;
      return { kind, reason, place: placeOf(node), text: shortText(node, sourceCode) };
    }
    case 'unknown':
      return { kind: 'unknown', reason: outcome.reason };
    case 'reported': {
      const { finding } = outcome;
      const exits = [finding, ...finding.others].map(exit => exitFacts(exit, sourceCode));
      return { kind: 'reported', confidence: finding.confidence, exits };
    }
  }
}

function exitFacts(exit: LossyExit, sourceCode: Readonly<TSESLint.SourceCode>): ExitFacts {
  return {
    kind: exit.kind,
    witness: placeOf(exit.witness),
    text: shortText(exit.witness, sourceCode),
    assumptions: exit.assumptions.map(assumption =>
      'node' in assumption
        ? { kind: assumption.kind, line: assumption.node.loc.start.line }
        : { kind: assumption.kind },
    ),
    path: exit.path.map(step => ({ kind: step.kind, place: placeOf(step.node) })),
  };
}

function bindingFacts(
  binding: TSESTree.Identifier,
  sourceCode: Readonly<TSESLint.SourceCode>,
): NonNullable<ObligationFacts['binding']> {
  const references = createVariables(sourceCode).of(binding)?.references ?? [];
  const lines = references.filter(({ init }) => init !== true).map(({ identifier }) => identifier.loc.start.line);
  return { name: binding.name, line: binding.loc.start.line, uses: [...new Set(lines)] };
}

function ownerInWords(owner: Obligation['owner']): string {
  if (owner.type === 'Program') return 'the module';
  const name = functionName(owner);
  return name === undefined ? 'an anonymous function' : `\`${name}\``;
}

function functionName(node: Exclude<Obligation['owner'], TSESTree.Program>): string | undefined {
  if (node.id) return node.id.name;
  const { parent } = node;
  switch (parent.type) {
    case 'MethodDefinition':
    case 'Property':
    case 'PropertyDefinition':
      return parent.key.type === 'Identifier' || parent.key.type === 'PrivateIdentifier' ? parent.key.name : undefined;
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' ? parent.id.name : undefined;
    default:
      return undefined;
  }
}

function sourceInWords(source: Source): string {
  if ('global' in source) return `the global \`${source.global}\``;
  const exported = [source.export].flat().map(name => `\`${name}\``).join(', ');
  const origin = 'file' in source ? source.file : ['package' in source ? source.package : source.module].flat().join(' or ');
  return `${exported} of ${origin}`;
}
