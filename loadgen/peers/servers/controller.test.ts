import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { run } from './controller.ts';

test('run() makes the worker obey and listen for its sockets', () => {
  const httpServer = createServer();
  const scServer = Object.assign(new EventEmitter(), { clients: new Map() });
  run({ httpServer, scServer });
  expect(httpServer.listenerCount('request')).toBe(1);
  expect(scServer.listenerCount('connection')).toBe(1);
});
