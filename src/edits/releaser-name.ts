import type { TSESTree } from '@typescript-eslint/utils';

import type { Obligation } from '../analysis/findings.js';
import { contains } from '../analysis/syntax/contains.js';
import type { EditContext } from './context.js';
import type { Piece } from './draft.js';

/** The expression that stands for what releases, and what has to be written so that there is one. */
export interface Releaser {
  readonly name?: string;
  readonly pieces: readonly Piece[];
}

/**
 * The variable, or the part of one, that holds what releases; a new one where the result of the acquire is dropped.
 *
 * @returns null if the result goes somewhere that leaves no name
 */
export function releaserOf(context: EditContext, obligation: Obligation): Releaser | null {
  const { way: { obligation: carrier }, binding } = obligation;
  const part = partOf(carrier);
  if (binding !== undefined) {
    const isWhole = binding.parent.type === 'VariableDeclarator' || binding.parent.type === 'AssignmentExpression';
    return { name: isWhole && part !== undefined ? `${binding.name}${memberText(part)}` : binding.name, pieces: [] };
  }
  if (carrier === 'receiver' || (typeof carrier === 'object' && 'argument' in carrier)) {
    return { pieces: [] };
  }
  const value = valueOf(obligation.acquire);
  const { parent } = value;
  const name = freshName(context, obligation);
  if (parent.type === 'ExpressionStatement' && parent.parent.type === 'BlockStatement') {
    return { name, pieces: [{ kind: 'before', at: parent.range[0], text: `const ${patternText(part, name)} = ` }] };
  }
  if (parent.type !== 'VariableDeclarator' || part === undefined) {
    return null;
  }
  return extendPattern(parent.id, part, name);
}

/** `const [value] = …` becomes `const [value, release] = …`. */
function extendPattern(pattern: TSESTree.BindingName, part: number | string, name: string): Releaser | null {
  if (pattern.type === 'ArrayPattern' && pattern.elements.length === part && pattern.typeAnnotation === undefined) {
    const last = pattern.elements.at(-1);
    return last?.type === 'Identifier'
      ? { name, pieces: [{ kind: 'behind', at: last.range[1], lines: [`, ${name}`] }] }
      : null;
  }
  if (pattern.type === 'ObjectPattern' && typeof part === 'string' && pattern.typeAnnotation === undefined) {
    const last = pattern.properties.at(-1);
    return last?.type === 'Property'
      ? { name, pieces: [{ kind: 'behind', at: last.range[1], lines: [`, ${propertyText(part, name)}`] }] }
      : null;
  }
  return null;
}

function partOf(carrier: Obligation['way']['obligation']): number | string | undefined {
  if (typeof carrier === 'string') {
    return undefined;
  }
  if ('property' in carrier) {
    return [carrier.property].flat()[0];
  }
  return 'element' in carrier ? carrier.element : undefined;
}

function memberText(part: number | string): string {
  return typeof part === 'number' ? `[${String(part)}]` : `.${part}`;
}

function patternText(part: number | string | undefined, name: string): string {
  if (part === undefined) {
    return name;
  }
  return typeof part === 'number' ? `[${', '.repeat(part)}${name}]` : `{ ${propertyText(part, name)} }`;
}

function propertyText(part: string, name: string): string {
  return part === name ? name : `${part}: ${name}`;
}

function valueOf(node: TSESTree.Expression): TSESTree.Expression {
  const { parent } = node;
  return parent.type === 'AwaitExpression' || parent.type === 'ChainExpression' ? valueOf(parent) : node;
}

/** A name for what an acquire gives, that no variable in sight has. */
function freshName({ sourceCode }: EditContext, { specification, owner }: Obligation): string {
  const isReleaser = specification.release.some(way => 'call' in way);
  const words = specification.noun.toLowerCase().split(/[^a-z]+/u);
  const noun = words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
  const name = isReleaser ? 'release' : noun;
  const scopes = (sourceCode.scopeManager?.scopes ?? []).filter(
    ({ block }) => contains(owner, block) || contains(block, owner),
  );
  const taken = new Set(
    scopes.flatMap(({ block, variables, references }) => [
      ...variables.map(variable => variable.name),
      ...references.map(({ identifier }) => (contains(owner, block) && 'name' in identifier ? identifier.name : '')),
    ]),
  );
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}${String(number)}`;
    if (!taken.has(candidate)) {
      return candidate;
    }
  }
}
