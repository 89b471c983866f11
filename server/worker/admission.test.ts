import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PATIENCE } from '../testing.ts';
import { Admission, type AdmissionOptions } from './admission.ts';

let server: Server;
let admission: Admission;
const tell = vi.fn<(count: { connections: number; isFull: boolean }) => void>();
const clients: Socket[] = [];

beforeEach(async () => {
  tell.mockClear();
  server = createServer((_request, response) => response.end('let in'));
  await open('dealer');
});

async function open(from: AdmissionOptions['from']): Promise<void> {
  admission = new Admission(server, { from, maxConnections: 2, tell });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
}

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

const told = (connections: number): Promise<void> =>
  vi.waitFor(
    () => expect(tell).toHaveBeenLastCalledWith({ connections, isFull: connections >= 2 }),
    PATIENCE,
  );

test('Admission tells when the worker fills up and when it has room again, and nothing of trifles', async () => {
  const first = await dial();
  await dial();
  await told(2);
  first.destroy();
  await told(1);
  expect(tell).toHaveBeenCalledTimes(2);
});

test('Admission answers 503 when no worker has room', async () => {
  await dial();
  await dial();
  await told(2);
  admission.follow({ most: 2, areAllFull: true });
  const refused = await dial();
  const [answer] = (await once(refused, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 503 [\s\S]*Retry-After: 10[\s\S]*All workers are full/);
  await once(refused, 'close');
  expect(admission.refused).toBe(1);
});

test('Admission lets in again when there is room', async () => {
  const first = await dial();
  await dial();
  await told(2);
  admission.follow({ most: 2, areAllFull: true });
  first.destroy();
  await told(1);
  admission.follow({ most: 2, areAllFull: false });
  const letIn = await dial();
  letIn.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const [answer] = (await once(letIn, 'data')) as [Buffer];
  expect(answer.toString()).toContain('let in');
});

test('Admission counts connections it was handed over like those the server accepted', async () => {
  const handed = Array.from({ length: 2 }, () => new Socket());
  const arrived = vi.fn();
  server.on('connection', arrived);
  for (const socket of handed) {
    admission.adopt(socket);
  }
  expect(arrived.mock.calls.flat()).toEqual(handed);
  await told(2);
  handed[0]?.destroy();
  await told(1);
});

test('Admission refuses what it is handed over far past its limit', () => {
  const arrived = vi.fn();
  server.on('connection', arrived);
  for (let connections = 0; connections < 2 + 128 + 3; connections += 1) {
    admission.adopt(new Socket());
  }
  expect(arrived).toHaveBeenCalledTimes(2 + 128);
  expect(admission.refused).toBe(3);
});

test('Admission closes what it is handed over after its end', () => {
  admission.stop();
  const socket = new Socket();
  admission.adopt(socket);
  expect(socket.destroyed).toBe(true);
});

test('Admission has a worker that is closed count as full, until it opens again', async () => {
  await dial();
  admission.close();
  await vi.waitFor(() => expect(tell).toHaveBeenLastCalledWith({ connections: 1, isFull: true }), PATIENCE);
  admission.open();
  await told(1);
});

test('Admission that takes connections from a port by itself answers each one, whatever the master says', async () => {
  admission.stop();
  server.close();
  server = createServer((_request, response) => response.end('let in'));
  await open('port');
  admission.follow({ most: 1, areAllFull: false });
  const answers = Array.from({ length: 20 }, async () => {
    const client = await dial();
    client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    const [answer] = (await once(client, 'data')) as [Buffer];
    return answer.toString().slice(9, 12);
  });
  expect((await Promise.all(answers)).toSorted()).toEqual([
    ...Array(2).fill('200'),
    ...Array(18).fill('503'),
  ]);
  expect(admission.refused).toBe(18);
});
