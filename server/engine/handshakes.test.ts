import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { EngineOptions } from './engine.ts';
import { openHandshakes } from './handshakes.ts';
import { Line } from './line/testing.ts';

const options: EngineOptions = { maxPayload: 1_024, perMessageDeflate: false, headers: ['X-All: yes'] };

/** An upgrade request, and the line it came by. */
function makeUpgrade(key = 'dGhlIHNhbXBsZSBub25jZQ=='): {
  line: Line;
  upgrade: { request: IncomingMessage; socket: Line; head: Buffer };
} {
  const line = new Line();
  const headers = { upgrade: 'websocket', 'sec-websocket-key': key, 'sec-websocket-version': '13' };
  const request = { method: 'GET', url: '/', headers, socket: line } as unknown as IncomingMessage;
  return { line, upgrade: { request, socket: line, head: Buffer.alloc(0) } };
}

const answerIn = (line: Line): string => Buffer.concat(line.writes).toString();

test('openHandshakes() makes a socket of the class it is given, of each upgrade that is one', () => {
  class Mine extends WebSocket {}
  const handshakes = openHandshakes(options, Mine);
  const made: Mine[] = [];
  handshakes.answer(makeUpgrade().upgrade, (socket) => made.push(socket));
  handshakes.answer(makeUpgrade('no key').upgrade, (socket) => made.push(socket));
  expect(made).toEqual([expect.any(Mine)]);
  made[0]?.terminate();
});

test('openHandshakes() gives each answer its own headers, also when verifyClient takes time', () => {
  const waiting: ((verified: boolean) => void)[] = [];
  const verifyClient = (_info: unknown, decided: (verified: boolean) => void): void => {
    waiting.push(decided);
  };
  const handshakes = openHandshakes({ ...options, serverOptions: { verifyClient } }, WebSocket);
  const upgrades = [makeUpgrade(), makeUpgrade()];
  for (const [index, { upgrade }] of upgrades.entries()) {
    handshakes.answer({ ...upgrade, headers: [`X-Own: ${index}`] }, (socket) => socket.terminate());
  }
  for (const decided of waiting) {
    decided(true);
  }
  const answers = upgrades.map(({ line }) => answerIn(line));
  expect(answers[0]).toMatch(/^HTTP\/1\.1 101 [\s\S]*\r\nX-All: yes\r\nX-Own: 0\r\n/);
  expect(answers[1]).toMatch(/^HTTP\/1\.1 101 [\s\S]*\r\nX-All: yes\r\nX-Own: 1\r\n/);
});

test('openHandshakes() tells what sockets are made with: what was given, and the defaults of ws', () => {
  const { settings } = openHandshakes({ ...options, serverOptions: { skipUTF8Validation: true } }, WebSocket);
  expect(settings).toMatchObject({
    maxPayload: 1_024,
    skipUTF8Validation: true,
    autoPong: true,
    maxFragments: 16_384,
  });
});
