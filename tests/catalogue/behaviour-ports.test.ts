import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';

import { describe, expect, it } from 'vitest';

// What declarations cannot say of ports, and what the edits do on the failure path.

describe('the ports of Node', () => {
  it('close the other port of a channel, and ignore a second close', async () => {
    const { port1, port2 } = new MessageChannel();
    const closed = new Promise(resolve => port2.once('close', resolve));
    port1.close();
    port1.close();
    await closed;
    port2.postMessage('lost');
    expect(receiveMessageOnPort(port1)).toBeUndefined();
  });

  it('close the channel in finally when a message cannot be cloned', async () => {
    const { port1, port2 } = new MessageChannel();
    const closed = new Promise(resolve => port2.once('close', resolve));
    const send = (): void => {
      try {
        port1.postMessage(() => undefined);
      } finally {
        port1.close();
      }
    };
    expect(send).toThrow('could not be cloned');
    await closed;
  });

  it('close a broadcast channel in finally when a message cannot be cloned', () => {
    const channel = new BroadcastChannel('behaviour');
    const send = (): void => {
      try {
        channel.postMessage(() => undefined);
      } finally {
        channel.close();
      }
    };
    expect(send).toThrow('could not be cloned');
    channel.close();
    expect(() => {
      channel.postMessage('late');
    }).toThrow('closed');
  });
});
