import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { createVariables } from '../analysis/scope/variables.js';
import { isFunction } from '../analysis/syntax/functions.js';
import { propertyName } from '../analysis/syntax/property-name.js';
import { createLayout } from './layout.js';

/**
 * Lets a registry hold a `WeakRef` of its held value, and its cleanup begin with what is left of it:
 * `registry.register(target, new WeakRef(part))`.
 *
 * @param held the second argument of `register`
 * @returns null if the registry is not a variable of which this is the only registration, or its cleanup is not written
 * out with one parameter and a block
 */
export function heldWeakly(sourceCode: TSESLint.SourceCode, held: TSESTree.Node): TSESLint.ReportFixFunction | null {
  const registry = registryOf(held, sourceCode);
  const cleanup = registry?.creation.arguments[0];
  if (registry === undefined || !isFunction(cleanup) || cleanup.body.type !== 'BlockStatement') return null;
  const [parameter] = cleanup.params;
  const [first] = cleanup.body.body;
  if (parameter?.type !== 'Identifier' || cleanup.params.length > 1 || first === undefined) return null;
  const name = `${parameter.name}Ref`;
  if (parameter.typeAnnotation !== undefined || new RegExp(String.raw`\b${name}\b`, 'u').test(sourceCode.text)) return null;
  const { newline, semicolon, indentAt } = createLayout(sourceCode);
  const indent = `${newline}${indentAt(first.range[0])}`;
  const head = `const ${parameter.name} = ${name}.deref()${semicolon}${indent}if (${parameter.name} === undefined) return${semicolon}${indent}`;
  return fixer => [
    ...registry.types.flatMap(type => [fixer.insertTextBefore(type, 'WeakRef<'), fixer.insertTextAfter(type, '>')]),
    fixer.replaceText(parameter, name),
    fixer.insertTextBefore(first, head),
    fixer.insertTextBefore(held, 'new WeakRef('),
    fixer.insertTextAfter(held, ')'),
  ];
}

interface Registry {
  readonly creation: TSESTree.NewExpression;
  /** Where the type of the held values is stated. */
  readonly types: readonly TSESTree.TypeNode[];
}

/** The registry that `held` is registered with, if it is registered with it alone. */
function registryOf({ parent }: TSESTree.Node, sourceCode: TSESLint.SourceCode): Registry | undefined {
  const object = parent?.type === 'CallExpression' && parent.callee.type === 'MemberExpression' ? parent.callee.object : undefined;
  const variable = object?.type === 'Identifier' ? createVariables(sourceCode).of(object) : undefined;
  const [definition] = variable?.defs ?? [];
  if (variable === undefined || definition?.type !== 'Variable') return undefined;
  const registrations = variable.references.filter(({ identifier: { parent: user } }) => {
    return user.type === 'MemberExpression' && propertyName(user) === 'register';
  });
  const creations = variable.references.flatMap(({ writeExpr }) => (writeExpr?.type === 'NewExpression' ? [writeExpr] : []));
  const isHidden = definition.parent.parent.type !== 'ExportNamedDeclaration' && registrations.length === 1;
  const [creation] = creations;
  if (!isHidden || creations.length !== 1 || creation === undefined) return undefined;
  const stated = definition.name.typeAnnotation?.typeAnnotation;
  if (stated !== undefined && stated.type !== 'TSTypeReference') return undefined;
  const types = [creation, ...(stated === undefined ? [] : [stated])].flatMap(({ typeArguments }) => typeArguments?.params ?? []);
  return { creation, types };
}
