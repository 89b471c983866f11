import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Admission } from './admission.ts';

let server: Server;
let admission: Admission;
const tell = vi.fn<(isFull: boolean) => void>();
const clients: Socket[] = [];

beforeEach(async () => {
  tell.mockClear();
  server = createServer((_request, response) => response.end('let in'));
  admission = new Admission(server, { maxConnections: 2, tell });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => {
  for (const client of clients.splice(0)) {
    client.destroy();
  }
  admission.stop();
  server.close();
  server.closeAllConnections();
});

async function dial(): Promise<Socket> {
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  clients.push(client);
  await once(client, 'connect');
  return client;
}

const told = (isFull: boolean): Promise<void> =>
  vi.waitFor(() => expect(tell).toHaveBeenLastCalledWith(isFull));

test('Admission tells when the worker is full and when it has room again, once each', async () => {
  const first = await dial();
  await dial();
  await told(true);
  first.destroy();
  await told(false);
  expect(tell).toHaveBeenCalledTimes(2);
});

test('Admission answers 503 when no worker has room', async () => {
  await dial();
  await dial();
  await told(true);
  admission.setAllFull(true);
  const refused = await dial();
  const [answer] = (await once(refused, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 503 [\s\S]*Retry-After: 10[\s\S]*All workers are full/);
  await once(refused, 'close');
  expect(admission.refused).toBe(1);
});

test('Admission lets in again when there is room', async () => {
  const first = await dial();
  await dial();
  await told(true);
  admission.setAllFull(true);
  first.destroy();
  await told(false);
  admission.setAllFull(false);
  const letIn = await dial();
  letIn.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const [answer] = (await once(letIn, 'data')) as [Buffer];
  expect(answer.toString()).toContain('let in');
});
