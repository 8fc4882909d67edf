import type { ClassModel, Method } from './class-model.js';

/**
 * The names of methods after which an instance is no longer used. `stop`, `reset`, `clear`, `cancel`, `abort` and `end`
 * are not among them: what they release is released, but what they do not release may be needed for the next start.
 */
const terminalDisposers: ReadonlySet<string> = new Set([
  'close',
  'dispose',
  'destroy',
  'terminate',
  'disconnect',
  'shutdown',
  'unmount',
  'componentWillUnmount',
  'ngOnDestroy',
  'disconnectedCallback',
  'onunload',
  '[Symbol.dispose]',
  '[Symbol.asyncDispose]',
]);

/** Whether a method of this name ends an instance for good. */
export function isTerminalName(name: string, furtherNames: readonly string[] = []): boolean {
  return terminalDisposers.has(name.replace(/^#?_*/u, '')) || furtherNames.includes(name);
}

/** The methods of a class, and of its superclasses in this file, that end an instance for good. */
export function terminalDisposersOf(model: ClassModel, furtherNames: readonly string[] = []): Method[] {
  const own = model.methods.filter(
    ({ name, kind, isStatic }) =>
      !isStatic &&
      (kind === 'method' || kind === 'fieldFunction') &&
      name !== undefined &&
      isTerminalName(name, furtherNames),
  );
  return model.superClass === undefined ? own : [...own, ...terminalDisposersOf(model.superClass, furtherNames)];
}
