/** A client that is not ours speaks to the null server. */
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startNullServer } from './start.ts';

test('startNullServer() starts a server that answers a client that is not ours, and ends it', async () => {
  const server = await startNullServer({ reply: 'polo' });
  const socket = new WebSocket(server.url);
  try {
    await once(socket, 'open');
    for (const text of [
      '{"event":"#handshake","data":{},"cid":1}',
      '{"event":"marco"}',
      'x'.repeat(70_000),
    ]) {
      const answer = once(socket, 'message');
      socket.send(text);
      const heard = String((await answer)[0]);
      if (text.startsWith('x')) expect(heard).toBe(text);
      else expect(heard).toContain(text.includes('marco') ? '"polo"' : '"rid":1');
    }
  } finally {
    socket.terminate();
    await server.stop();
  }
  await expect(fetch(server.url.replace('ws:', 'http:'))).rejects.toThrow();
});
