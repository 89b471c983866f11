import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { letIn } from './let-in.ts';
import { makeServer } from './testing.ts';

test('letIn() makes sockets of the clients at the path, with headers, until it is ended', async () => {
  const scServer = makeServer({ path: '/rt/' });
  const httpServer = createServer();
  const entrance = letIn(scServer, httpServer, { headers: ['X-Extra: yes'] });
  await once(httpServer.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void httpServer.close());
  const { port } = httpServer.address() as AddressInfo;
  const client = new WebSocket(`ws://127.0.0.1:${port}/rt/`);
  const [{ headers }] = (await once(client, 'upgrade')) as [{ headers: object }];
  expect(headers).toMatchObject({ 'x-extra': 'yes', 'set-cookie': [expect.stringContaining('ssid=')] });
  expect(scServer.connections).toBe(1);
  entrance.end();
  expect(httpServer.listenerCount('upgrade')).toBe(0);
  client.terminate();
});
