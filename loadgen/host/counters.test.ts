import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { readNetwork, readTables, waitedMs } from './counters.ts';

test('readNetwork() counts the segments of a connection', async () => {
  const before = readNetwork();
  const server = createServer((socket) => socket.end('x')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').resume();
  await once(socket, 'close');
  server.close();
  expect(readNetwork().segmentsSent).toBeGreaterThan(before.segmentsSent);
  expect(readNetwork().listenOverflows).toBeGreaterThanOrEqual(before.listenOverflows);
});

test('readTables() tells shares', () => {
  for (const share of Object.values(readTables())) {
    expect(share).toBeGreaterThanOrEqual(0);
    expect(share).toBeLessThanOrEqual(1);
  }
});

test('waitedMs() only grows', () => {
  const before = waitedMs();
  expect(waitedMs()).toBeGreaterThanOrEqual(before);
});
