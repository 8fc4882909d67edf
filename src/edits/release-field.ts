import type { TSESTree } from '@typescript-eslint/utils';

import type { Finding, Obligation } from '../analysis/findings.js';
import { ancestorsOf } from '../analysis/syntax/ancestors.js';
import { childrenOf } from '../analysis/syntax/children.js';
import { functionAround, isClass, isFunction } from '../analysis/syntax/functions.js';
import { propertyName } from '../analysis/syntax/property-name.js';
import { resolveCallee } from '../analysis/value-flow/resolve-callee.js';
import type { EditContext } from './context.js';
import type { Repair } from './repair.js';

/** Releases what a field holds in the terminal disposer of its class, after what the disposer releases already. */
export function releaseInDisposer(context: EditContext, { obligation, witness }: Finding): Repair | null {
  const { layout } = context;
  const member = witness.parent;
  const disposer = member?.type === 'MethodDefinition' || member?.type === 'PropertyDefinition' ? member.value : null;
  if (!isFunction(disposer) || disposer.body.type !== 'BlockStatement') {
    return null;
  }
  const release = releaseOfField(context, obligation, disposer, disposer.async ? 'await ' : 'void ');
  const statements = disposer.body.body;
  const leaving = statements.find(statement => leaves(context, statement));
  const last = statements.at(-1);
  const place = leaving ?? last;
  if (release === undefined || place === undefined || !layout.ownLines(place, place)) {
    return null;
  }
  const line = `${layout.indentAt(place.range[0])}${release}${layout.semicolon}`;
  return {
    messageId: 'releaseInDisposer',
    data: { release },
    isExact: false,
    scope: disposer,
    draft: {
      span: disposer.range,
      pieces: [
        leaving === undefined
          ? { kind: 'below', at: layout.lineEnd(layout.endOf(place)), lines: [line] }
          : { kind: 'above', at: layout.lineStart(layout.startOf(place)), lines: [line] },
      ],
      shifts: [],
    },
  };
}

/** Releases what a field holds before it gets the next one. */
export function releaseBeforeReplacing(context: EditContext, { obligation, witness }: Finding): Repair | null {
  const { layout } = context;
  const method = functionAround(witness);
  const statement = [...ancestorsOf(witness)].find(({ type }) => type === 'ExpressionStatement');
  const release = method && releaseOfField(context, obligation, method, method.async ? 'await ' : 'void ');
  if (release === undefined || statement?.parent?.type !== 'BlockStatement' || !layout.ownLines(statement, statement)) {
    return null;
  }
  return {
    messageId: 'releaseBeforeReplacing',
    data: { release },
    isExact: false,
    ...(method === undefined ? {} : { scope: method }),
    draft: {
      span: statement.range,
      pieces: [
        {
          kind: 'above',
          at: layout.lineStart(layout.startOf(statement)),
          lines: [`${layout.indentAt(statement.range[0])}${release}${layout.semicolon}`],
        },
      ],
      shifts: [],
    },
  };
}

/** A statement behind which the function may not come. */
function leaves(context: EditContext, node: TSESTree.Node): boolean {
  return (
    node.type === 'ReturnStatement' ||
    node.type === 'ThrowStatement' ||
    (!isFunction(node) && childrenOf(node, context.sourceCode.visitorKeys).some(child => leaves(context, child)))
  );
}

/**
 * The text that releases what a field holds.
 *
 * @param inside a node of the class
 * @param prefix what stands before a call that gives a promise
 */
export function releaseOfField(
  { sourceCode, types, variables }: EditContext,
  { acquire, field, specification }: Obligation,
  inside: TSESTree.Node,
  prefix: 'await ' | 'void ',
): string | undefined {
  const way = specification.release.flatMap(each => ('method' in each ? each.method : []))[0];
  // `wrap(new Worker(url))`: the field holds a proxy.
  const isWrapped = acquire.parent.type === 'CallExpression' || acquire.parent.type === 'NewExpression';
  const isPromise =
    acquire.type !== 'Identifier' &&
    acquire.parent.type !== 'AwaitExpression' &&
    (types?.isPromiseLike(acquire) === true || resolveCallee(acquire, variables)?.async === true);
  if (field === undefined || way === undefined || isWrapped || isPromise) {
    return undefined;
  }
  return `${specification.awaitRelease === true ? prefix : ''}this.${field}${isAlwaysSet() ? '' : '?'}.${way}()`;

  /** Whether the declaration, or the constructor, gives the field its value. */
  function isAlwaysSet(): boolean {
    const owner = isClass(inside) ? inside : [...ancestorsOf(inside)].find(isClass);
    const declared = owner?.body.body.find(
      member => member.type === 'PropertyDefinition' && propertyName(member) === field,
    );
    if (declared?.type !== 'PropertyDefinition') {
      return false;
    }
    if (declared.value !== null) {
      return declared.value.type === 'NewExpression';
    }
    const type = declared.typeAnnotation;
    return type !== undefined && !declared.optional && !/\b(?:null|undefined|any)\b/u.test(sourceCode.getText(type));
  }
}
