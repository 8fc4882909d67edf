import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { createClasses } from '../classes/class-model.js';
import type { Variables } from '../scope/variables.js';
import { ancestorsOf } from '../syntax/ancestors.js';
import { descendantsOf } from '../syntax/descendants.js';
import { propertyName } from '../syntax/property-name.js';
import { skipWrappers } from '../syntax/skip-wrappers.js';
import { referenceText } from '../value-flow/reference-text.js';
import { useOf, usesOfVariable } from '../value-flow/uses.js';
import type { ValueUse } from '../value-flow/uses.js';

type Variable = TSESLint.Scope.Variable;

/** The one place that holds a value: a variable, a field of the instances of a class, a property of a constant. */
export interface Holder {
  /** The variable, or the class whose `this` it belongs to. */
  readonly root: Variable | TSESTree.Node;
  /** How it is written: `worker`, `this.worker`, `reference.current`. */
  readonly text: string;
}

/** The holders of one file. */
export interface Holders {
  /** The holder that an expression names, aliases followed; undefined for what is computed. */
  of(node: TSESTree.Expression): Holder | undefined;
  /** The holder that the value of an expression goes into. */
  receiving(node: TSESTree.Expression): Holder | undefined;
  /** What the file does with what is in a holder; undefined if the holder itself gets out of sight. */
  usesOf(holder: Holder): readonly ValueUse[] | undefined;
}

/** Finds the holders of a file. Its expressions are indexed on the first question about uses. */
export function createHolders(sourceCode: TSESLint.SourceCode, variables: Variables): Holders {
  let expressions: readonly TSESTree.Expression[] | undefined;

  return { of: holderOf, receiving, usesOf };

  function holderOf(node: TSESTree.Expression): Holder | undefined {
    const text = referenceText(node, variables);
    const root = rootOf(node, maximumAliases);
    return text === undefined || root === undefined || text.includes('(') ? undefined : { root, text };
  }

  function rootOf(node: TSESTree.Expression, aliases: number): Holder['root'] | undefined {
    const expression = skipWrappers(node);
    switch (expression.type) {
      case 'MemberExpression':
        return rootOf(expression.object, aliases);
      case 'ThisExpression':
        return createClasses(sourceCode, variables).around(expression)?.node;
      case 'Identifier': {
        const variable = variables.of(expression);
        const source = aliases === 0 ? undefined : sourceOf(variable);
        return source === undefined ? variable : rootOf(source, aliases - 1);
      }
      default:
        return undefined;
    }
  }

  function receiving(node: TSESTree.Expression): Holder | undefined {
    const { parent } = node;
    switch (parent.type) {
      case 'ChainExpression':
      case 'ConditionalExpression':
      case 'LogicalExpression':
      case 'TSAsExpression':
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
        return receiving(parent);
      case 'VariableDeclarator':
        return parent.id.type === 'Identifier' ? holderOf(parent.id) : undefined;
      case 'AssignmentExpression':
        return parent.right === node && parent.left.type !== 'ArrayPattern' && parent.left.type !== 'ObjectPattern'
          ? holderOf(parent.left)
          : undefined;
      case 'PropertyDefinition': {
        const name = propertyName(parent);
        return name === undefined || parent.static ? undefined : { root: parent.parent.parent, text: `this.${name}` };
      }
      default:
        return undefined;
    }
  }

  function usesOf(holder: Holder): readonly ValueUse[] | undefined {
    if ('references' in holder.root && !isKeptHere(holder.root, holder.text)) return undefined;
    expressions ??= [...descendantsOf(sourceCode.ast, sourceCode.visitorKeys)].filter(isNamed);
    return expressions.flatMap(node => {
      const found = holderOf(node);
      return found !== undefined && isSame(found, holder) ? [useOf(node)] : [];
    });
  }
}

/** Whether two names mean the same place. */
export function isSame(left: Holder, right: Holder): boolean {
  return left.root === right.root && left.text === right.text;
}

const maximumAliases = 5;

/** What a constant renames. */
function sourceOf(variable: Variable | undefined): TSESTree.Expression | undefined {
  const definition = variable?.defs[0];
  if (definition?.type !== 'Variable' || definition.parent.kind !== 'const' || definition.node.init === null) return undefined;
  const init = skipWrappers(definition.node.init);
  return init.type === 'MemberExpression' || init.type === 'Identifier' || init.type === 'ThisExpression' ? init : undefined;
}

/** Whether nobody else gets hold of the variable, or of the object whose property holds the value. */
function isKeptHere(variable: Variable, text: string): boolean {
  const isVariable = variable.defs.every(({ type }) => type === 'Variable');
  const isExported =
    variable.defs.some(({ node }) => [...ancestorsOf(node)].slice(0, 2).some(({ type }) => type === 'ExportNamedDeclaration')) ||
    variable.references.some(({ identifier: { parent } }) => exportingTypes.has(parent.type));
  if (!isVariable || variable.defs.length === 0 || isExported) return false;
  return (
    variable.name === text ||
    usesOfVariable(variable).every(({ kind }) => kind === 'aliased' || kind === 'methodCalled' || kind === 'read')
  );
}

const exportingTypes = new Set(['ExportDefaultDeclaration', 'ExportSpecifier']);

/** Whether a node names a value, and is no part of a longer name of one, nor a declaration. */
function isNamed(node: TSESTree.Node): node is TSESTree.Identifier | TSESTree.MemberExpression {
  if (node.type === 'MemberExpression') return true;
  const { parent } = node;
  return (
    node.type === 'Identifier' &&
    !(parent?.type === 'MemberExpression' && parent.property === node && !parent.computed) &&
    !(parent?.type === 'VariableDeclarator' && parent.id === node) &&
    !(parent?.type === 'Property' && parent.key === node && !parent.shorthand)
  );
}
