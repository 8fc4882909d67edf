import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Variables } from '../../scope/variables.js';
import { childrenOf } from '../../syntax/children.js';
import { isFunction } from '../../syntax/functions.js';
import { memberName } from '../../syntax/member-name.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import type { Leak, Running } from './leak.js';
import { leakAs } from './leak.js';

/** What things that run do themselves: what they observe, and whether they end on their own. */
export interface Observations {
  /** Whether what runs can stop itself: its function stops something, or gets the observer that it could disconnect. */
  endsItself(running: Running): boolean;
  /** A leaked observer, in the light of what it observes; undefined if that is nothing, or goes away with the host. */
  judged(leak: Leak): Leak | undefined;
}

const stoppingNames = /^(?:clear(?:Interval|Timeout|Immediate)|disconnect|unobserve|exit)$/u;

/** Observers that observe no element, but the process or the page. */
const processWide: ReadonlySet<string> = new Set(['PerformanceObserver', 'ReportingObserver']);

export function createObservations(
  { visitorKeys }: TSESLint.SourceCode,
  variables: Variables,
  membersByName: ReadonlyMap<string, readonly TSESTree.MemberExpression[]>,
): Observations {
  return { endsItself, judged };

  function endsItself({ kind, start: { arguments: given } }: Running): boolean {
    return given.some(
      argument => (kind === 'observer' && isFunction(argument) && argument.params.length > 1) || stops(argument),
    );
  }

  function stops(node: TSESTree.Node): boolean {
    if (node.type === 'Identifier') {
      const definition = variables.of(node)?.defs[0];
      return definition?.type === 'FunctionName' && isFunction(definition.node) && stops(definition.node.body);
    }
    const callee = node.type === 'CallExpression' ? skipWrappers(node.callee) : undefined;
    const name = callee?.type === 'Identifier' ? callee.name : callee && memberName(callee);
    if (name !== undefined && stoppingNames.test(name)) return true;
    return childrenOf(node, visitorKeys).some(child => child.type !== 'Identifier' && stops(child));
  }

  function judged(leak: Leak): Leak | undefined {
    const observed = observedBy(leak);
    const [first] = observed;
    if (first === undefined) return undefined;
    if (processWide.has(nameOf(leak.running.start)) || observed.some(isOfPage)) {
      // What looks like one of many is, as a rule, the only one of the page.
      const isOne = leak.kind === 'neverStopped' || leak.kind === 'resultDropped';
      return isOne ? leakAs(leak.kind, leak, [...leak.assumptions, { kind: 'shapeOnly' }]) : leak;
    }
    // An element that goes away takes its observers with it.
    return leak.disposer === undefined || observed.some(isMadeHere) ? undefined : leak;
  }

  /** The arguments of the calls of `observe`. */
  function observedBy({ holder, running }: Leak): TSESTree.Expression[] {
    return (membersByName.get('observe') ?? []).flatMap(member => {
      const object = skipWrappers(member.object);
      const isOwn =
        holder.kind === 'field'
          ? memberName(object) === holder.name
          : holder.kind === 'variable'
            ? object.type === 'Identifier' && variables.of(object) === holder.variable
            : object === running.start;
      const { parent } = member;
      const [target] = isOwn && parent.type === 'CallExpression' && parent.callee === member ? parent.arguments : [];
      return target === undefined || target.type === 'SpreadElement' ? [] : [target];
    });
  }

  /** `document`, `document.body`: what lives as long as the page. */
  function isOfPage(node: TSESTree.Expression): boolean {
    const target = skipWrappers(node);
    if (target.type === 'MemberExpression') return isOfPage(target.object) && target.property.type === 'Identifier';
    return target.type === 'Identifier' && target.name === 'document' && variables.isUnshadowedGlobal(target);
  }

  /** An element of this function's, or the host itself. */
  function isMadeHere(node: TSESTree.Expression): boolean {
    const target = skipWrappers(node);
    if (target.type === 'ThisExpression') return true;
    const definition = target.type === 'Identifier' ? variables.of(target)?.defs[0] : undefined;
    const init = definition?.type === 'Variable' ? definition.node.init : undefined;
    return init?.type === 'CallExpression' || init?.type === 'NewExpression';
  }
}

function nameOf({ callee }: Running['start']): string {
  return callee.type === 'Identifier' ? callee.name : (memberName(callee) ?? '');
}
