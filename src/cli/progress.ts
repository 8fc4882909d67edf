import { BroadcastChannel, isMainThread } from 'node:worker_threads';

import type { Output } from './host.js';

const channelName = 'eslint-plugin-thread-hygiene:progress';

let channel: BroadcastChannel | undefined;

/** Tells the audit that a file has been linted, from whichever thread lints it. */
export function announceFile(): void {
  if (isMainThread) {
    listener?.();
    return;
  }
  if (channel === undefined) {
    channel = new BroadcastChannel(channelName);
    channel.unref();
  }
  channel.postMessage(undefined);
}

let listener: (() => void) | undefined;

/**
 * Counts linted files on one line of a terminal.
 *
 * @returns what ends it and clears the line.
 */
export function showProgress(stream: Output, total: number): () => void {
  let count = 0;
  listener = () => {
    count += 1;
    stream.cursorTo(0);
    stream.write(`${count} of ${total} files`);
    stream.clearLine(1);
  };
  const incoming = new BroadcastChannel(channelName);
  incoming.onmessage = () => listener?.();
  return () => {
    incoming.close();
    listener = undefined;
    stream.cursorTo(0);
    stream.clearLine(0);
  };
}
