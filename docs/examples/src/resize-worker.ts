import { parentPort } from 'node:worker_threads';

export interface ResizeRequest {
  original: Uint8Array;
  width: number;
}

export type ResizeReply = { thumbnail: Uint8Array } | { error: string };

parentPort?.on('message', ({ original, width }: ResizeRequest) => {
  parentPort?.postMessage(reply(original, width));
});

function reply(original: Uint8Array, width: number): ResizeReply {
  if (original.byteLength === 0) return { error: 'The image is empty.' };
  // Stands for the work of an image library: every n-th byte.
  const step = Math.max(1, Math.floor(original.byteLength / width));
  return { thumbnail: original.filter((_, index) => index % step === 0) };
}
