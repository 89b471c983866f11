import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { ClusterError } from '../../errors/index.ts';
import { findWebSocket } from './socket-like.ts';

test('findWebSocket() prefers the one given to that of the platform', () => {
  class OfPlatform {}
  expect(findWebSocket(WebSocket, { WebSocket: OfPlatform })).toBe(WebSocket);
  expect(findWebSocket(undefined, { WebSocket: OfPlatform })).toBe(OfPlatform);
});

test('findWebSocket() names the option where there is none', () => {
  expect(() => findWebSocket(undefined, {})).toThrow(ClusterError);
  expect(() => findWebSocket(undefined, {})).toThrow(/"webSocket"/);
});
