import { createServer as createPlain } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer as createTcp, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { startTarget } from '../../drivers/testing.ts';
import { certificate } from '../../drivers/wire/testing.ts';
import type { DriverName, PlannedBehaviour } from '../../plan/index.ts';
import { gapOf } from '../../plan/testing.ts';
import { findTarget } from './find.ts';
import { checkTarget } from './knock.ts';

const messages: PlannedBehaviour = {
  kind: 'messages',
  message: '{"id":{{id}}}',
  correlate: 'id',
  every: gapOf(),
  model: 'open',
};

const opened: (() => void)[] = [];

afterEach(() => {
  for (const close of opened.splice(0)) close();
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  opened.push(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function check(url: string, driver: DriverName, insecure = false): Promise<void> {
  const target = await findTarget(url, driver);
  await checkTarget({ target, driver, connect: {}, insecure, behaviours: [messages] });
}

/** A server of `ws` alone, which says the same back or nothing. */
async function echo({ isSecure = false, isSilent = false } = {}): Promise<number> {
  const server = isSecure ? createSecure(certificate) : createPlain();
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    socket.on('error', () => {});
    socket.on('message', (bytes: Buffer) => isSilent || socket.send(bytes.toString()));
  });
  return listen(server);
}

test('checkTarget() takes whoever speaks what the users are going to', async () => {
  const target = await startTarget();
  opened.push(() => void target.close());
  await check(`ws://127.0.0.1:${target.port}/`, 'socketcluster');
  await check(`ws://127.0.0.1:${await echo()}/`, 'websocket');
  await check(`ws://127.0.0.1:${await echo({ isSilent: true })}/`, 'websocket');
  await check(`wss://127.0.0.1:${await echo({ isSecure: true })}/`, 'websocket', true);
});

test('checkTarget() leaves a target that is not there to the run', async () => {
  await expect(check('ws://127.0.0.1:1/', 'socketcluster')).resolves.toBeUndefined();
});

test('checkTarget() refuses whoever speaks something else, in one sentence', async () => {
  const web = await listen(createPlain((_request, response) => response.end('hello')));
  const mail = await listen(createTcp((socket) => socket.on('error', () => {}).end('220 mail\r\n\r\n')));
  const shell = await listen(createTcp((socket) => socket.on('error', () => {}).write('SSH-2.0-any\r\n')));
  const strict = await startTarget({
    onPacket: (socket) => {
      socket.close(4009);
      return true;
    },
  });
  opened.push(() => void strict.close());
  const secure = await echo({ isSecure: true });
  const cases: [string, DriverName, string][] = [
    [`ws://127.0.0.1:${web}/`, 'socketcluster', 'HTTP status 200'],
    [`ws://127.0.0.1:${mail}/`, 'socketcluster', 'does not speak HTTP'],
    [`ws://127.0.0.1:${shell}/`, 'socketcluster', 'does not speak HTTP'],
    [`wss://127.0.0.1:${web}/`, 'socketcluster', 'does not speak TLS'],
    [`wss://localhost:${secure}/`, 'websocket', 'vouches for its certificate'],
    [`ws://127.0.0.1:${secure}/`, 'websocket', 'wanted is a WebSocket server; behind TLS, wss://'],
    [`ws://127.0.0.1:${strict.port}/`, 'socketcluster', 'ended during the handshake (close-4009)'],
    [`ws://127.0.0.1:${strict.port}/`, 'websocket', 'wanted is --driver socketcluster'],
  ];
  for (const [url, driver, words] of cases) {
    const refusal = await check(url, driver).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'TARGET_UNREACHABLE', message: expect.stringContaining(words) });
    expect((refusal as Error).message).toMatch(/^Cannot use target "wss?:[^"]*": [^\n]+$/);
  }
});

test('checkTarget() refuses a target that says nothing for as long as users wait, and says how long that is', async () => {
  const silent = await listen(createTcp((socket) => void socket.on('error', () => {})));
  for (const driver of ['socketcluster', 'websocket'] as const) {
    const target = await findTarget(`ws://127.0.0.1:${silent}/`, driver);
    const visit = { target, driver, connect: {}, insecure: false, behaviours: [messages] };
    await expect(checkTarget(visit, { connectWithin: 0.05 })).rejects.toMatchObject({
      code: 'TARGET_UNREACHABLE',
      message: expect.stringContaining('it gave no answer within 0.05 s'),
    });
  }
});

test('checkTarget() refuses a WebSocket server that does not answer as SocketCluster', async () => {
  const refusal = check(`ws://127.0.0.1:${await echo()}/`, 'socketcluster');
  await expect(refusal).rejects.toThrow('wanted is --driver websocket');
}, 20_000);
