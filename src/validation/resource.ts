import type { Acquire, Release, ResourceSpecification } from '../analysis/specification.js';
import { either, memberPath, type SettingsProblem } from './problem.js';

/** What is wrong with a specification whose every field is right: fields that contradict or miss each other. */
export function resourceProblems(specification: ResourceSpecification, path: string): SettingsProblem[] {
  const { acquire, release, scopedForm, joinedBy } = specification;
  const acquires = acquire.flatMap((entry, index) => acquireProblems(entry, memberPath(`${path}.acquire`, index)));
  if (acquires.length > 0) return acquires;
  if (acquire.length === 0) {
    const accepted = 'at least one acquire, or a scopedForm';
    return scopedForm === undefined ? [{ path: `${path}.acquire`, value: acquire, accepted }] : [];
  }
  return [
    ...acquire.flatMap((entry, index) => {
      const accepted = `what one of the releases ends; ${either(formsFor(entry))} would fit`;
      return joinedBy !== undefined || release.some(end => fits(end, entry))
        ? []
        : { path: `${path}.acquire[${index}].obligation`, value: entry.obligation, accepted };
    }),
    ...release.flatMap((end, index) => {
      const accepted = `${either(acquire.flatMap(formsFor))}, to fit an acquire`;
      return acquire.some(entry => fits(end, entry)) ? [] : { path: `${path}.release[${index}]`, value: end, accepted };
    }),
  ];
}

function acquireProblems({ how, name, awaited, optional, obligation }: Acquire, path: string): SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  if (how === 'method' && name === undefined) {
    problems.push({ path: `${path}.name`, value: name, accepted: 'the name of the method, because of how: "method"' });
  }
  if (how !== 'method' && name !== undefined) {
    problems.push({ path: `${path}.name`, value: name, accepted: `nothing, because of how: "${how}"` });
  }
  if (how !== 'method' && (obligation === 'receiver' || obligation === 'object')) {
    problems.push({ path: `${path}.how`, value: how, accepted: '"method", because the obligation is on its receiver' });
  }
  if (how === 'new' && awaited === true) {
    problems.push({ path: `${path}.awaited`, value: awaited, accepted: 'false, because `new` gives no promise' });
  }
  if (how === 'new' && optional === true) {
    problems.push({
      path: `${path}.optional`,
      value: optional,
      accepted: 'false, because `new` always gives an object',
    });
  }
  return problems;
}

/** Whether a release can end what an acquire gives. */
function fits(release: Release, { how, obligation }: Acquire): boolean {
  if ('receiverMethod' in release) {
    return how === 'method' && (release.argument === undefined || obligation !== 'receiver');
  }
  if ('function' in release) return true;
  return (
    obligation !== 'receiver' && !(typeof obligation === 'object' && 'argument' in obligation && 'call' in release)
  );
}

/** The releases that fit an acquire, for messages. */
function formsFor(acquire: Acquire): string[] {
  const forms = [
    { text: '{ call: true }', release: { call: true } },
    { text: '{ method }', release: { method: '' } },
    { text: '{ receiverMethod }', release: { receiverMethod: '' } },
    { text: '{ function, argument }', release: { function: '', argument: 0 } },
  ] satisfies { text: string; release: Release }[];
  return forms.filter(({ release }) => fits(release, acquire)).map(({ text }) => text);
}
