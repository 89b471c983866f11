import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import * as everywhere from './index.ts';
import * as node from './node.ts';
import { fakeSockets } from './testing.ts';

test('the entry for Node offers what that for browsers does', () => {
  expect(Object.keys(node).toSorted()).toEqual(Object.keys(everywhere).toSorted());
});

test('package.json gives Node the one and everybody else the other', async () => {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  const { exports } = JSON.parse(text) as { exports: Record<string, Record<string, string>> };
  expect(Object.entries(exports['./client'] ?? {})).toEqual([
    ['types', './dist/server/client/index.d.ts'],
    ['browser', './dist/server/client/index.js'],
    ['node', './dist/server/client/node.js'],
    ['default', './dist/server/client/index.js'],
  ]);
});

test('create() connects without option "webSocket", and sends the headers of "wsOptions"', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => server.close());
  await once(server, 'listening');
  const client = node.connect({
    hostname: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    wsOptions: { headers: { 'x-from': 'node' } },
    autoReconnect: false,
  });
  onTestFinished(() => client.destroy());
  const [, request] = await once(server, 'connection');
  expect(request.headers['x-from']).toBe('node');
});

test('create() takes another WebSocket, finds a twin, and refuses what is no options', () => {
  const { webSocket, made } = fakeSockets();
  const client = node.create({ webSocket, port: 1 });
  onTestFinished(() => client.destroy());
  expect(node.create({ webSocket, port: 1 })).toBe(client);
  expect(made).toHaveLength(1);
  expect(() => node.create(8000 as never)).toThrow(/^Cannot create a client with options 8000/);
});
