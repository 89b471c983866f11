import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { PATIENCE } from '../testing.ts';
import { createFrameReader, FrameType, FrameWriter } from './link/index.ts';
import { Router } from './router.ts';
import { bytesOf, makeFolder } from './testing.ts';

const SECRET = 'test secret';

/** A router behind a socket. The test decides when it sweeps. */
async function start(sessionTimeoutMs = 0) {
  const router = new Router({ secret: SECRET, sessionTimeoutMs });
  const server = createServer((socket) => router.accept(socket));
  const path = join(await makeFolder(), 'router.sock');
  server.listen(path);
  await once(server, 'listening');
  onTestFinished(() => {
    router.destroy();
    server.close();
  });
  const worker = async () => {
    const socket = connect({ path });
    const writer = new FrameWriter();
    const frames: string[] = [];
    const reader = createFrameReader(({ type, id, channel, payload }) =>
      frames.push([type, id, channel, payload].join('|')),
    );
    socket.on('data', (chunk: Buffer) => reader.read(chunk));
    const send = (type: FrameType, id: number, channel: string, payload: string) => {
      writer.write(type, id, channel, bytesOf(payload));
      writer.flushTo(socket);
    };
    send(FrameType.hello, 0, '', SECRET);
    await vi.waitFor(() => expect(frames[0]).toBe(`${acknowledged}|0||`), PATIENCE);
    frames.shift();
    return { frames, send, socket };
  };
  return { router, worker };
}

const { request, response, notice, acknowledged, barrier } = FrameType;

test('Router answers requests in order, and those without an id not at all', async () => {
  const { router, worker } = await start();
  const { frames, send } = await worker();
  send(request, 0, 'set', '[["global","a"],1]');
  send(request, 1, 'add', '[["global","a"],2]');
  send(request, 2, 'get', '[["global","a"]]');
  await vi.waitFor(
    () => expect(frames).toEqual([`${response}|1||{}`, `${response}|2||{"value":[1,2]}`]),
    PATIENCE,
  );
  expect(router.figures().counters).toMatchObject({ storeEntries: 4 });
});

test.each([
  ['no JSON', 'get', '{', 'SyntaxError'],
  ['no list', 'get', '7', 'TypeError'],
  ['no path', 'get', '[]', 'TypeError'],
  ['an operation there is not', 'exec', '["s"]', 'TypeError'],
])('Router answers a request with %s with an error and serves on', async (_what, name, payload, error) => {
  const { worker } = await start();
  const { frames, send } = await worker();
  send(request, 1, name, payload);
  send(request, 2, 'get', '[["global","a"]]');
  await vi.waitFor(() => expect(frames).toHaveLength(2), PATIENCE);
  expect(frames[0]).toContain(`"name":"${error}"`);
  expect(frames[1]).toBe(`${response}|2||{}`);
});

test('Router passes a notice on to every worker before it acknowledges it', async () => {
  const { worker } = await start();
  const [one, two] = [await worker(), await worker()];
  one.send(notice, 7, 'told:s', 'text');
  await vi.waitFor(
    () => expect(one.frames).toEqual([`${notice}|0|told:s|text`, `${acknowledged}|7||`]),
    PATIENCE,
  );
  await vi.waitFor(() => expect(two.frames).toEqual([`${notice}|0|told:s|text`]), PATIENCE);
});

test('Router takes a worker that is gone off its sessions and tells the others of their end', async () => {
  const { router, worker } = await start();
  const [one, two] = [await worker(), await worker()];
  one.send(request, 0, 'hold', '["s"]');
  await vi.waitFor(() => expect(two.frames).toEqual([`${notice}|0|known:s|`]), PATIENCE);
  router.sweep();
  expect(router.figures().counters).toMatchObject({ sessions: 1 });
  one.socket.destroy();
  await vi.waitFor(() => expect(router.figures().connections).toBe(1), PATIENCE);
  router.sweep();
  await vi.waitFor(() => expect(two.frames.at(-1)).toBe(`${notice}|0|ended:s|`), PATIENCE);
  expect(router.figures().counters).toMatchObject({ sessions: 0 });
});

const REVOCATION = '{"subject":"a","issuedUntil":1,"until":99999999999}';

test('Router answers `revoke` when every worker has taken it, and waits for none that is gone', async () => {
  const { worker } = await start();
  const [asker, slow, gone] = [await worker(), await worker(), await worker()];
  asker.send(request, 1, 'revoke', `[[${REVOCATION}]]`);
  const told = [`${notice}|0|revoked:|[${REVOCATION}]`, `${barrier}|1||`];
  await vi.waitFor(
    () => expect([asker.frames, slow.frames, gone.frames]).toEqual([told, told, told]),
    PATIENCE,
  );
  asker.send(acknowledged, 1, '', '');
  gone.socket.destroy();
  asker.send(request, 2, 'get', '[["global","a"]]');
  await vi.waitFor(() => expect(asker.frames.at(-1)).toBe(`${response}|2||{}`), PATIENCE);
  expect(asker.frames).not.toContain(`${response}|1||{}`);
  slow.send(acknowledged, 1, '', '');
  await vi.waitFor(() => expect(asker.frames.at(-1)).toBe(`${response}|1||{}`), PATIENCE);
});

test('Router tells a new worker what is revoked, and answers a reminder without waiting for anyone', async () => {
  const { router, worker } = await start();
  const first = await worker();
  first.send(request, 1, 'remind', `[[${REVOCATION}]]`);
  await vi.waitFor(() => expect(first.frames.at(-1)).toBe(`${response}|1||{}`), PATIENCE);
  const later = await worker();
  await vi.waitFor(() => expect(later.frames).toEqual([`${notice}|0|revoked:|[${REVOCATION}]`]), PATIENCE);
  expect(router.figures().counters).toMatchObject({ revocations: 1 });
});
