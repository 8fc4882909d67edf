import type { FunctionNode } from '../../findings.js';
import type { Identity } from '../../identity/identity.js';
import type { SenderCatalogue, SenderSpecification } from '../../sender-specification.js';

/** Something that a function is given and that ends by itself: a socket, a request. */
export interface Ending {
  readonly name: string;
  /** The event with which it ends. */
  readonly event: string;
  /** The method that adds a listener for that. */
  readonly method: string;
}

/** The one parameter of a function that ends by itself; undefined if there is none, or more than one. */
export function endingOf({ params }: FunctionNode, senders: SenderCatalogue, identity: Identity): Ending | undefined {
  const found = params.flatMap(parameter => {
    if (parameter.type !== 'Identifier') return [];
    const sender = Object.values(senders).find(
      ({ endEvent, from }) => endEvent !== undefined && identity.isInstance(parameter, from),
    );
    return sender?.endEvent === undefined ? [] : [{ name: parameter.name, event: sender.endEvent, method: listening(sender) }];
  });
  return found.length === 1 ? found[0] : undefined;
}

/** The method that adds a listener which is called once, where there is one. */
function listening({ add }: SenderSpecification): string {
  return (add.find(({ once }) => once === true) ?? add[0])?.method ?? 'on';
}
