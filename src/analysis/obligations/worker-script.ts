import path from 'node:path';

import type { TSESTree } from '@typescript-eslint/utils';

import type { Variables } from '../scope/variables.js';
import type { Script } from '../specification.js';
import { memberName } from '../syntax/member-name.js';
import { propertyName, stringOf } from '../syntax/property-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import type { CallNode } from '../control-flow/model.js';

/**
 * Whether a worker lives on when nobody ends it: its script waits for something (`staysAlive`), or comes to an end
 * (`ends`). `unknown` if the script cannot be found or read.
 */
export type ScriptEnd = 'ends' | 'staysAlive' | 'unknown';

/** What leads from a file to the scripts that it starts. */
export interface ScriptSurroundings {
  /** The file that starts the worker, absolute or relative to the working directory. */
  readonly filename: string;
  readonly variables: Variables;
  /** The text of a file; undefined if there is none, or if other files do not count. */
  readonly readFile: (file: string) => string | undefined;
}

/** How the worker that `acquire` starts comes to an end. */
export function scriptEndOf(acquire: CallNode, script: Script, surroundings: ScriptSurroundings): ScriptEnd {
  const text = scriptOf(acquire, script, surroundings);
  if (text === undefined) {
    return 'unknown';
  }
  if (leavesByItself.test(text) || (script.endsWhen === 'collected' && closesItself.test(text))) {
    return 'ends';
  }
  return script.endsWhen === 'idle' && !waits.test(text) ? 'ends' : 'staysAlive';
}

// Scripts are read as text: what they import may wait too, so that only what is written in them counts as waiting.
const waits =
  /parentPort\s*[!?]?\??\.\s*(?:on|addListener|addEventListener|prependListener)\s*\(\s*['"`]message|parentPort\s*[!?]?\??\.\s*onmessage\s*=|\bsetInterval\s*\(|\.listen\s*\(|\bexpose\s*\(|workerpool[\w.]*\.worker\s*\(/u;
const leavesByItself = /\bprocess\s*\.\s*exit\s*\(|parentPort\s*[!?]?\??\.\s*(?:close|unref|off|removeListener|removeAllListeners)\s*\(/u;
const closesItself = /(?<![\w.$])(?:(?:self|globalThis)\s*\.\s*)?close\s*\(\s*\)/u;

function scriptOf(acquire: CallNode, { argument }: Script, surroundings: ScriptSurroundings): string | undefined {
  const source = acquire.arguments[argument];
  if (source === undefined || source.type === 'SpreadElement') {
    return undefined;
  }
  if (isEvaluated(acquire.arguments[argument + 1])) {
    return stringOf(initOf(source, surroundings.variables));
  }
  const file = textOf(source, surroundings, maximumSteps);
  // A file that starts itself runs two programs, of which the text does not tell the one from the other.
  return file === undefined || file === path.resolve(surroundings.filename) ? undefined : readScript(file, surroundings);
}

function isEvaluated(options: TSESTree.CallExpressionArgument | undefined): boolean {
  return (
    options?.type === 'ObjectExpression' &&
    options.properties.some(
      property =>
        property.type === 'Property' &&
        propertyName(property) === 'eval' &&
        property.value.type === 'Literal' &&
        property.value.value === true,
    )
  );
}

const extensions = ['', '.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'];

/** A compiled script has its source beside the file that names it. */
function readScript(file: string, { filename, readFile }: ScriptSurroundings): string | undefined {
  const absolute = path.resolve(path.dirname(path.resolve(filename)), file);
  const source = absolute.replace(/\.([cm]?)js$/u, '.$1ts');
  for (const candidate of [...extensions.map(extension => absolute + extension), source, `${source}x`]) {
    const text = path.extname(candidate) === '' ? undefined : readFile(candidate);
    if (text !== undefined) {
      return text;
    }
  }
  return undefined;
}

const maximumSteps = 8;

/** The path that an expression gives, as far as the file tells. */
function textOf(node: TSESTree.Node, surroundings: ScriptSurroundings, steps: number): string | undefined {
  const { variables, filename } = surroundings;
  const value = initOf(node, variables);
  if (steps === 0) {
    return undefined;
  }
  const next = (inner: TSESTree.Node | undefined): string | undefined =>
    inner === undefined ? undefined : textOf(inner, surroundings, steps - 1);
  const directory = path.dirname(path.resolve(filename));
  switch (value.type) {
    case 'Literal':
      return stringOf(value);
    case 'Identifier':
      return value.name === '__dirname' ? directory : value.name === '__filename' ? path.resolve(filename) : undefined;
    case 'TemplateLiteral':
      return joined(
        value.quasis.flatMap((quasi, index) => [quasi.value.cooked, ...value.expressions.slice(index, index + 1).map(next)]),
      );
    case 'BinaryExpression':
      return value.operator === '+' ? joined([next(value.left), next(value.right)]) : undefined;
    case 'NewExpression': {
      const [relative, base] = value.arguments;
      const isUrl = value.callee.type === 'Identifier' && value.callee.name === 'URL' && base !== undefined;
      const given = isUrl && isOwnUrl(base) ? next(relative) : undefined;
      return given === undefined ? undefined : path.resolve(directory, given);
    }
    case 'MemberExpression':
      if (isOwnUrl(value)) {
        return path.resolve(filename);
      }
      if (value.object.type === 'MetaProperty') {
        return propertyName(value) === 'dirname' ? directory : undefined;
      }
      return ['href', 'pathname'].includes(propertyName(value) ?? '') ? next(value.object) : undefined;
    case 'CallExpression':
      return ofCall(value);
    default:
      return undefined;
  }

  function ofCall({ callee, arguments: given }: TSESTree.CallExpression): string | undefined {
    const name = callee.type === 'Identifier' ? callee.name : memberName(callee);
    switch (name) {
      case 'fileURLToPath':
        return next(given[0]);
      case 'toString':
        return callee.type === 'MemberExpression' ? next(callee.object) : undefined;
      case 'resolve':
      case 'join': {
        const isRequire = callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'require';
        const parts = given.map(next);
        const known = parts.flatMap(part => part ?? []);
        return known.length < parts.length || known.length === 0 || (!isRequire && given.length < 2)
          ? undefined
          : path.join(...known);
      }
      case 'dirname': {
        const file = next(given[0]);
        return file === undefined ? undefined : path.dirname(file);
      }
      default:
        return undefined;
    }
  }
}

function isOwnUrl(node: TSESTree.Node): boolean {
  return node.type === 'MemberExpression' && node.object.type === 'MetaProperty' && propertyName(node) === 'url';
}

function joined(parts: readonly (string | null | undefined)[]): string | undefined {
  return parts.every(part => typeof part === 'string') ? parts.join('') : undefined;
}

/** What a constant stands for. */
function initOf(node: TSESTree.Node, variables: Variables): TSESTree.Node {
  const value = isExpression(node) ? skipWrappers(node) : node;
  const definition = value.type === 'Identifier' ? variables.of(value)?.defs[0] : undefined;
  return definition?.type === 'Variable' && definition.parent.kind === 'const' && definition.node.id.type === 'Identifier'
    ? (definition.node.init ?? value)
    : value;
}

function isExpression(node: TSESTree.Node): node is TSESTree.Expression {
  return node.type.endsWith('Expression') || node.type === 'Identifier' || node.type === 'Literal';
}
