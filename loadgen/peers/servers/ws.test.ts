import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { FACT } from '../../drivers/testing.ts';
import { createWs } from './ws.ts';

const load = createRequire(import.meta.url);

/** The server, and connections to it that note what they hear. */
async function scene() {
  const controlled = createWs(load);
  const { httpServer } = controlled;
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    httpServer.close();
  });
  const { port } = httpServer.address() as AddressInfo;
  const connect = async (): Promise<{ socket: WebSocket; heard: string[] }> => {
    const heard: string[] = [];
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
    socket.on('message', (data: Buffer, isBinary) =>
      heard.push(`${isBinary ? 'bytes ' : ''}${data.toString()}`),
    );
    await new Promise((resolve) => socket.once('open', resolve));
    onTestFinished(() => socket.terminate());
    return { socket, heard };
  };
  return { ...controlled, connect };
}

test('createWs() counts, and sends back what comes once it is told to', async () => {
  const { count, echo, connect } = await scene();
  const idle = await connect();
  await vi.waitFor(() => expect(count()).toEqual({ sockets: 1, authenticated: 0 }), FACT);
  echo();
  echo();
  const busy = await connect();
  idle.socket.send('unheard');
  busy.socket.send('text');
  busy.socket.send(Buffer.from('raw'));
  await vi.waitFor(() => expect(busy.heard).toEqual(['text', 'bytes raw']), FACT);
  expect(idle.heard).toEqual([]);
  expect(busy.socket.extensions).toBe('');
});

test('createWs() sends on to everybody else once it has channels', async () => {
  const { channels, connect } = await scene();
  channels();
  const [one, other, third] = [await connect(), await connect(), await connect()];
  one.socket.send('news');
  await vi.waitFor(() => expect([other.heard, third.heard]).toEqual([['news'], ['news']]), FACT);
  expect(one.heard).toEqual([]);
});
