import type { TSESTree } from '@typescript-eslint/utils';

import type { Identity } from '../../identity/identity.js';
import type { ResourceSpecification } from '../../specification.js';
import { skipWrappers } from '../../syntax/skip-wrappers.js';
import { memberName } from '../../syntax/member-name.js';
import type { Running } from './leak.js';

type Start = Running['start'];

/** What a call starts by the specifications, if its value is the handle. */
export function startedBy(
  call: Start,
  specifications: readonly ResourceSpecification[],
  identity: Identity,
): Running | undefined {
  const name = nameOf(call.callee);
  const how = call.type === 'NewExpression' ? 'new' : 'call';
  for (const { kind, noun, from, acquire, release } of specifications) {
    const exported = 'global' in from ? from.global : from.export;
    const [stop] = release;
    const isNamed = name !== undefined && [exported].flat().some(each => lastOf(each) === name);
    const fits = acquire.some(way => way.how === how && way.obligation === 'result');
    if (isNamed && fits && stop !== undefined && identity.isExport(call.callee, from)) {
      return { kind, noun, start: call, stop };
    }
  }
  return undefined;
}

function nameOf(node: TSESTree.Expression): string | undefined {
  const callee = skipWrappers(node);
  return callee.type === 'Identifier' ? callee.name : memberName(callee);
}

function lastOf(path: string): string | undefined {
  return path.split('.').at(-1);
}
