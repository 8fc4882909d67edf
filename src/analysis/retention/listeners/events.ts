import type { EventKey } from './model.js';

/** Events of things that end by themselves, and those that come once in a life. */
const terminal = new Set(
  (
    'abort close closed connect connected connection data disconnect drain end error exit finish init initialized ' +
    'listening load loadend loaded message open pipe readable ready response secureConnect shutdown spawn ' +
    'started stopped success timeout unpipe upgrade upgradeneeded versionchange'
  ).split(' '),
);

const userInterface =
  /^(?:animation|before|blur|change|click|composition|contextmenu|copy|cut|dblclick|drag|drop|focus|gesture|got|input|invalid|key|load|lost|mouse|paste|play|pause|pointer|reset|resize|scroll|seek|select|slot|submit|time|toggle|touch|transition|volume|wheel)/iu;

/** Whether an event belongs to something that ends, or gets ready, once: a socket, a stream, a process, a request. */
export function isTerminalEvent({ name, isLiteral }: EventKey): boolean {
  return isLiteral && name !== undefined && terminal.has(name);
}

/** Whether an event belongs to an element of a page, which ends with what listens to it. */
export function isUserInterfaceEvent({ name, isLiteral }: EventKey): boolean {
  return isLiteral && name !== undefined && userInterface.test(name);
}

const ofProgram =
  /^(?:SIG[A-Z]+|before-?unload|beforeExit|disconnect|DOMContentLoaded|exit|load|message|page(?:hide|show)|rejectionHandled|uncaughtException\w*|unhandledrejection|unload|warning)$/iu;

/** Whether an event tells of the start, the end or the failure of the whole program. */
export function isProgramEvent({ name, isLiteral }: EventKey): boolean {
  return isLiteral && name !== undefined && ofProgram.test(name);
}
