import { once } from 'node:events';
import { request as sendRequest } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { OptionsInput } from '../../options/index.ts';
import { testOptions, upgradeWith } from '../../testing.ts';
import { makeServer } from '../testing.ts';
import { Front } from './front.ts';

/** A front that listens on any free port of loopback. `answer` gets each request. */
async function begin(
  answer: (response: { end(text: string): unknown }) => void,
  options: Partial<OptionsInput> = {},
): Promise<{ front: Front; port: number }> {
  const scServer = makeServer({ port: 0, host: '127.0.0.1' });
  const front = new Front(
    { id: 0, options: testOptions({ port: 0, host: '127.0.0.1', ...options }), maxConnections: 10 },
    scServer,
    () => undefined,
  );
  front.prepare(front.makeServer());
  front.httpServer.on('request', (_request, response) => answer(response));
  await front.open();
  onTestFinished(() => void front.httpServer.closeAllConnections());
  return { front, port: (front.httpServer.address() as AddressInfo).port };
}

async function dial(port: number): Promise<Socket> {
  const client = connect(port, '127.0.0.1');
  onTestFinished(() => void client.destroy());
  await once(client, 'connect');
  return client;
}

test('end() answers a request whose connection was there before, then closes', async () => {
  const { front, port } = await begin((response) => response.end('late'));
  const client = await dial(port);
  const ended = front.end(8_000);
  client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  expect(String((await once(client, 'data'))[0])).toContain('late');
  await once(client, 'close');
  await ended;
});

test('end() waits for an answer that takes its time', async () => {
  let respond = (_text: string): unknown => undefined;
  const { front, port } = await begin((response) => {
    respond = (text) => response.end(text);
  });
  const sent = sendRequest({ port, host: '127.0.0.1' }).end();
  await once(front.httpServer, 'request');
  let isOver = false;
  const ended = front.end(8_000).then(() => {
    isOver = true;
  });
  await once(front.httpServer, 'close', { signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
  expect(isOver).toBe(false);
  respond('done');
  const [response] = await once(sent, 'response');
  expect(String((await once(response, 'data'))[0])).toBe('done');
  await ended;
});

test('end() gives up on who never leaves', async () => {
  const { front, port } = await begin(() => undefined);
  const client = await dial(port);
  client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(front.httpServer, 'request');
  await front.end(80);
  expect(front.httpServer.listening).toBe(false);
});

test('refuse() answers 503 to who wants in, also on a connection that was there before, and serves requests', async () => {
  const { front, port } = await begin((response) => response.end('page'));
  const client = await dial(port);
  front.refuse();
  client.write(upgradeWith());
  expect(String((await once(client, 'data'))[0])).toMatch(/^HTTP\/1\.1 503 .*\r\nRetry-After: 10\r\n/);
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('page');
});

test.each([
  ['0', {}],
  ['left/0', { hostName: 'left' }],
])('prepare() has the answer to an upgrade name the worker "%s" for %j', async (name, options) => {
  const { port } = await begin(() => undefined, options);
  const client = await dial(port);
  client.write(upgradeWith());
  expect(String((await once(client, 'data'))[0])).toContain(`\r\nSC-Worker: ${name}\r\n`);
});

test('prepare() says on each request where it comes from, and counts it', async () => {
  const { front, port } = await begin((response) => response.end('ok'));
  const seen = once(front.httpServer, 'request');
  await fetch(`http://127.0.0.1:${port}/`, { headers: { 'X-Forwarded-For': '9.9.9.9' } });
  expect((await seen)[0]).toMatchObject({ remoteAddress: '127.0.0.1', forwardedForAddress: '9.9.9.9' });
  expect(front.requests).toBe(1);
});

test('prepare() refuses what is no HTTP server', () => {
  const scServer = makeServer();
  const front = new Front(
    { id: 0, options: testOptions({ port: 0, host: '127.0.0.1' }), maxConnections: 10 },
    scServer,
    () => undefined,
  );
  expect(() => front.prepare(undefined)).toThrow(
    'Cannot use what createHTTPServer gives: current value is of type undefined',
  );
});
