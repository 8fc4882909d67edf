import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Variables } from '../../scope/variables.js';
import { isExpression } from '../../syntax/expressions.js';
import { propertyName } from '../../syntax/property-name.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import type { Types } from '../../types/types.js';

/**
 * Where a key comes from.
 *
 * - `bounded`: from a small set that the program writes out. `fresh`: it is new each time.
 * - `given`: made of a parameter of a function, or of a field of an instance; `names` are the names that it goes by.
 * - `unknown`: nothing is known.
 */
export type KeyOrigin =
  | { readonly kind: 'bounded' | 'fresh' | 'unknown' }
  | { readonly kind: 'given'; readonly names: readonly string[]; readonly parameter: TSESLint.Scope.Variable | undefined };

/** What tells keys apart: the text of the file, and the types where there are any. */
export interface KeyContext {
  readonly variables: Variables;
  readonly types: Types | undefined;
}

const unknown: KeyOrigin = { kind: 'unknown' };
const bounded: KeyOrigin = { kind: 'bounded' };
const fresh: KeyOrigin = { kind: 'fresh' };

/** Functions that give a new value with every call. */
const freshFunctions = new Set(['randomUUID', 'randomBytes', 'uuid', 'uuidv4', 'v4', 'nanoid', 'now', 'random']);
const maximumDepth = 6;

/** Where the key `node` comes from. A key whose type has finitely many values is bounded. */
export function keyOrigin(node: TSESTree.Expression, context: KeyContext): KeyOrigin {
  return context.types?.isFinite(node) === true ? bounded : originOf(node, context, 0);
}

function originOf(node: TSESTree.Expression | TSESTree.PrivateIdentifier, context: KeyContext, depth: number): KeyOrigin {
  if (depth > maximumDepth || node.type === 'PrivateIdentifier') return unknown;
  const expression = skipWrappers(node);
  const of = (part: TSESTree.Expression | TSESTree.PrivateIdentifier) => originOf(part, context, depth + 1);
  switch (expression.type) {
    case 'Literal':
      return bounded;
    case 'AwaitExpression':
      return of(expression.argument);
    case 'ThisExpression':
      return { kind: 'given', names: ['this'], parameter: undefined };
    case 'Identifier':
      return originOfName(expression, context, depth);
    case 'TemplateLiteral':
      return joined(expression.expressions.map(of));
    case 'BinaryExpression':
      return expression.operator === '+' ? joined([of(expression.left), of(expression.right)]) : unknown;
    case 'LogicalExpression':
      return joined([of(expression.left), of(expression.right)]);
    case 'ConditionalExpression':
      return joined([of(expression.consequent), of(expression.alternate)]);
    case 'NewExpression':
      return isUrl(expression, context) ? joined(expression.arguments.flatMap(part => (part.type === 'SpreadElement' ? [] : [of(part)]))) : fresh;
    case 'UpdateExpression':
    case 'ObjectExpression':
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return fresh;
    case 'MemberExpression':
      return part(named(of(expression.object), propertyName(expression)));
    case 'CallExpression':
      return originOfCall(expression, of);
    default:
      return unknown;
  }
}

function originOfCall(
  { callee, arguments: given }: TSESTree.CallExpression,
  of: (part: TSESTree.Expression) => KeyOrigin,
): KeyOrigin {
  const method = callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
  const name = callee.type === 'Identifier' ? callee.name : method;
  if (name !== undefined && freshFunctions.has(name)) return fresh;
  const parts = given.map(argument => (argument.type === 'SpreadElement' ? unknown : of(argument)));
  // `peer.toString()` is a conversion; `this.next(key)`, `codec.encode(key)` are made of what they are given.
  if (callee.type === 'MemberExpression' && given.length === 0) return part(of(callee.object));
  return parts.length === 0 ? unknown : joined(parts);
}

function originOfName(node: TSESTree.Identifier, context: KeyContext, depth: number): KeyOrigin {
  const variable = context.variables.of(node);
  const [definition] = variable?.defs ?? [];
  if (variable === undefined || definition === undefined || variable.defs.length !== 1) return unknown;
  if (definition.type === 'Parameter') {
    const { name } = definition;
    if (name.type !== 'Identifier') return unknown;
    const stated = name.typeAnnotation?.typeAnnotation;
    if (isWrittenFinite(stated, context.variables)) return bounded;
    // A type of another file may be finite; only the checker could say.
    if (context.types === undefined && isForeignType(stated, context.variables)) return unknown;
    return { kind: 'given', names: namesOfPattern(name), parameter: variable };
  }
  if (definition.type !== 'Variable') return unknown;
  const { id, init } = definition.node;
  if (id.type === 'Identifier') {
    const written = variable.references.flatMap(({ writeExpr }) =>
      writeExpr != null && isExpression(writeExpr) ? [originOf(writeExpr, context, depth + 1)] : [],
    );
    if (variable.scope.block.type === 'Program') return unknown;
    return written.length === 0 ? unknown : named(joined(written), node.name);
  }
  // `const { origin } = options`
  return init === null ? unknown : named(originOf(init, context, depth + 1), namesOfPattern(definition.name).at(-1));
}

/** The name that a pattern binds, behind the name of the property that it takes it from. */
function namesOfPattern(name: TSESTree.Node): string[] {
  if (name.type !== 'Identifier') return [];
  const { parent } = name;
  const property = parent.type === 'AssignmentPattern' ? parent.parent : parent;
  const key = property.type === 'Property' ? propertyName(property) : undefined;
  return key === undefined || key === name.name ? [name.name] : [key, name.name];
}

function named(origin: KeyOrigin, name: string | undefined): KeyOrigin {
  return origin.kind === 'given' && name !== undefined ? { ...origin, names: [...origin.names, name] } : origin;
}

/** A part of something new need not be new. */
function part(origin: KeyOrigin): KeyOrigin {
  return origin.kind === 'fresh' ? unknown : origin;
}

function isUrl({ callee }: TSESTree.NewExpression, { variables }: KeyContext): boolean {
  return callee.type === 'Identifier' && callee.name === 'URL' && variables.isUnshadowedGlobal(callee);
}

/** What is made of several parts: one part that is not bounded is enough. */
function joined(parts: readonly KeyOrigin[]): KeyOrigin {
  const given = parts.flatMap(part => (part.kind === 'given' ? [part] : []));
  const [first] = given;
  if (parts.some(({ kind }) => kind === 'fresh')) return fresh;
  if (first !== undefined) return { ...first, names: given.flatMap(({ names }) => names.slice(-2)) };
  return parts.every(({ kind }) => kind === 'bounded') ? bounded : unknown;
}

/** Whether an annotation spells out finitely many values. */
function isWrittenFinite(type: TSESTree.TypeNode | undefined, variables: Variables, depth = 0): boolean {
  if (depth > maximumDepth) return false;
  switch (type?.type) {
    case 'TSBooleanKeyword':
    case 'TSLiteralType':
      return true;
    case 'TSTypeOperator':
      return type.operator === 'keyof';
    case 'TSUnionType':
      return type.types.every(part => isWrittenFinite(part, variables, depth + 1));
    case 'TSTypeReference': {
      const definition = type.typeName.type === 'Identifier' ? variables.of(type.typeName)?.defs[0] : undefined;
      const alias = definition?.node.type === 'TSTypeAliasDeclaration' ? definition.node : undefined;
      return definition?.node.type === 'TSEnumDeclaration' || (alias !== undefined && isWrittenFinite(alias.typeAnnotation, variables, depth + 1));
    }
    default:
      return false;
  }
}

/** Whether an annotation names a type that another file declares. */
function isForeignType(type: TSESTree.TypeNode | undefined, variables: Variables): boolean {
  if (type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return false;
  return variables.of(type.typeName)?.defs[0]?.type === 'ImportBinding';
}

/** Words that name one of an unlimited number of things: somebody, a connection, an address. Hosts are few, as a rule. */
const identityWord =
  /^(?:addr|address|client|conn|connection|digest|email|fingerprint|guid|hash|ip|nonce|origin|participant|peer|player|req|request|room|session|socket|transaction|tx|txid|user|username|uuid|visitor)$/u;

/** Words that do so with a handle behind them alone: `messageId`, where a `message` is often one of the program's own. */
const handledWord = /^(?:conversation|device|guest|invite|job|member|message|msg|order|task|thread|ticket|upload)$/u;

/** Words that say that a name is a handle of what stands before them: `peerId`, `sessionKey`. */
const handleWord = /^(?:id|identifier|identity|ids|key|string|str)$/u;

/** Whether a key by one of these names tells one of an unlimited number of things apart. */
export function isIdentityLike(names: readonly string[]): boolean {
  return names.slice(-2).some((name, index, last) => {
    const own = wordsOf(name);
    const isHandle = own.length === 1 && handleWord.test(own[0] ?? '');
    // `request.id` says what `requestId` does.
    const words = isHandle ? [...wordsOf((index > 0 ? last[index - 1] : names.at(-3)) ?? ''), ...own] : own;
    const [core = '', end = ''] = words.slice(-2);
    return identityWord.test(end === '' ? core : end) || (handleWord.test(end) && (identityWord.test(core) || handledWord.test(core)));
  });
}

function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/gu, '$1 $2')
    .split(/[^A-Za-z\d]+/u)
    .filter(word => word !== '')
    .map(word => word.toLowerCase());
}
