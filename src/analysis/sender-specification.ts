import type { Index, Name, Source } from './specification.js';

/**
 * What something that listeners are registered on is, as data: how they are added and taken off, and how long it lives.
 * The built-in ones are in `src/catalogue/senders`, users add theirs in `settings['thread-hygiene'].senders`.
 *
 * Plain JSON, as every specification is.
 */
export interface SenderSpecification {
  /** The word for it in messages: "event emitter". */
  noun: string;
  /** Where the class or the object comes from. Identity is decided by binding or type, never by spelling. */
  from: Source;
  /** The methods that add a listener. */
  add: AddingMethod[];
  /** The methods that take listeners off. Without any, a listener stays for as long as its sender. */
  remove: RemovingMethod[];
  /**
   * How long it keeps its listeners.
   *
   * - `program`: as long as the program or the page: `process`, `window`, a media query.
   * - `owner`: as long as whoever owns it: an event emitter.
   * - `caller`: as long as its caller likes, and its event may never come: an abort signal. `once` frees nothing there.
   * - `itself`: it ends by itself, with its listeners: a socket, a stream, a child process, an element of a page.
   */
  lifetime: SenderLifetime;
  /** The event that tells that it has ended, for a lifetime of `itself`: edits stop there what was started for it. */
  endEvent?: Name;
  /**
   * Whatever has these methods, and is called with an event and a function, is taken for one where no binding and no
   * type tells what it is. Nothing is concluded about how long such a thing lives.
   */
  structural?: boolean;
  /** URL of the page these facts were taken from. Every entry of the built-in catalogue has one. */
  docs?: string;
}

/** Senders by key, `package/thing`: the word by which settings replace or remove one. */
export type SenderCatalogue = Readonly<Record<string, SenderSpecification>>;

/** How long a sender keeps its listeners. */
export type SenderLifetime = 'program' | 'owner' | 'caller' | 'itself';

/** A method that adds a listener: `on(event, handler)`. */
export interface AddingMethod {
  /** Its name. */
  method: Name;
  /** The position of the event among its arguments. Without it there is one event only. */
  event?: Index;
  /** The position of the handler. */
  handler: Index;
  /** The position of options with `capture`, `once` and `signal`. */
  options?: Index;
  /** The listener is taken off when the event comes. */
  once?: boolean;
}

/** A method that takes listeners off: `off(event, handler)`. */
export interface RemovingMethod {
  /** Its name. */
  method: Name;
  /** The position of the event. Without it there is one event only, or all are meant. */
  event?: Index;
  /** The position of the handler. Without it, or where the call leaves it out, all handlers are taken off. */
  handler?: Index;
  /** The position of options with `capture`: only a listener with the same flag is taken off. */
  options?: Index;
}
