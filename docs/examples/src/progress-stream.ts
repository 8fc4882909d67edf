import type { ServerResponse } from 'node:http';

import type { ProgressHub } from './progress-hub.js';

/** Sends the progress of one image to a browser, as server-sent events, until it goes away. */
export function streamProgress(hub: ProgressHub, id: string, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  hub.on('progress', (image, state) => {
    if (image === id) response.write(`data: ${state}\n\n`);
  });
  response.on('close', () => {
    hub.off('progress', () => response.end());
  });
}
