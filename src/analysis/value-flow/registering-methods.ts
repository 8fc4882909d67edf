/** Methods of emitters and event targets that register a function for every event to come. */
export const listeningMethods: ReadonlySet<string> = new Set(['addEventListener', 'addListener', 'on', 'prependListener']);

/** Those, and the ones that register a function for the next event alone. */
export const registeringMethods: ReadonlySet<string> = new Set([...listeningMethods, 'once', 'prependOnceListener']);
