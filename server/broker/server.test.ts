import { once } from 'node:events';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { PATIENCE } from '../testing.ts';
import { createFrameReader, FrameType, FrameWriter } from './link/index.ts';
import { type ServerOptions, startBrokerServer } from './server.ts';
import { makeFolder } from './testing.ts';

const SECRET = 'test secret';

async function start(changes: Partial<ServerOptions> = {}) {
  const path = join(await makeFolder(), 'broker.sock');
  const server = await startBrokerServer({ path, secret: SECRET, ...changes });
  onTestFinished(() => server.close());
  return { path, server };
}

/** A worker that speaks frames by hand. */
class RawWorker {
  readonly frames: string[] = [];
  readonly socket: Socket;
  readonly ended: Promise<unknown>;
  readonly #writer = new FrameWriter();

  constructor(path: string) {
    this.socket = connect({ path });
    const reader = createFrameReader(({ type, id, channel, payload }) => {
      this.frames.push([type, id, channel, payload.toString()].join('|'));
    });
    this.socket.on('data', (chunk: Buffer) => reader.read(chunk));
    this.socket.on('error', () => {});
    this.ended = once(this.socket, 'close');
    onTestFinished(() => {
      this.socket.destroy();
    });
  }

  send(type: FrameType, id: number, channel = '', payload = ''): this {
    this.#writer.write(type, id, channel, Buffer.from(payload));
    this.#writer.flushTo(this.socket);
    return this;
  }

  hello(): this {
    return this.send(FrameType.hello, 3, '', SECRET);
  }

  async see(count: number): Promise<string[]> {
    await vi.waitFor(() => expect(this.frames.length).toBeGreaterThanOrEqual(count), PATIENCE);
    return this.frames;
  }
}

test('startBrokerServer() welcomes a worker that knows the secret', async () => {
  const { path, server } = await start();
  expect(await new RawWorker(path).hello().see(1)).toEqual([`${FrameType.acknowledged}|0||`]);
  expect(server.figures()).toMatchObject({ connections: 1, accepted: 1, counters: { linksRefused: 0 } });
});

test.each([
  ['a wrong secret', FrameType.hello, 'wrong'],
  ['a secret of the same length', FrameType.hello, 'test sEcret'],
  ['no secret', FrameType.hello, ''],
  ['a publication before the hello', FrameType.publish, SECRET],
])('startBrokerServer() refuses %s and ends the link', async (_what, type, payload) => {
  const { path, server } = await start();
  const worker = new RawWorker(path).send(type, 1, '', payload).send(FrameType.subscribe, 2, 'news');
  await worker.ended;
  expect(worker.frames).toEqual([`${FrameType.refused}|0||the hello is missing or its secret is wrong`]);
  expect(server.figures()).toMatchObject({ connections: 0, counters: { linksRefused: 1, subscribes: 0 } });
});

test('startBrokerServer() refuses a connection that says nothing', async () => {
  const { path } = await start({ helloWithinMs: 10 });
  const worker = new RawWorker(path);
  await worker.ended;
  expect(worker.frames).toEqual([`${FrameType.refused}|0||no hello within 10 ms`]);
});

test.each([
  ['garbage', (worker: RawWorker) => worker.socket.write(Buffer.alloc(100, 0xff)), 'Cannot read a frame of'],
  ['a second hello', (worker: RawWorker) => worker.hello(), 'frames of type 1'],
  ["a broker's frame", (worker: RawWorker) => worker.send(FrameType.message, 0, 'a'), 'frames of type 5'],
])('startBrokerServer() refuses %s from a worker it knows', async (_what, offend, reason) => {
  const { path, server } = await start();
  const worker = new RawWorker(path).hello().send(FrameType.subscribe, 1, 'news');
  await worker.see(2);
  offend(worker);
  await worker.ended;
  expect(worker.frames.at(-1)).toContain(reason);
  expect(server.figures()).toMatchObject({ connections: 0, counters: { linksRefused: 1 } });
});

test("startBrokerServer() sends the publisher's own copy before the acknowledgement", async () => {
  const { path, server } = await start();
  const worker = new RawWorker(path).hello().send(FrameType.subscribe, 1, 'news');
  worker.send(FrameType.publish, 2, 'news', 'text').send(FrameType.publish, 0, 'news', 'unasked');
  expect((await worker.see(5)).slice(1)).toEqual([
    `${FrameType.acknowledged}|1||`,
    `${FrameType.message}|0|news|text`,
    `${FrameType.acknowledged}|2||`,
    `${FrameType.message}|0|news|unasked`,
  ]);
  expect(server.figures()).toMatchObject({ messagesIn: 2, messagesOut: 2 });
});

test('startBrokerServer() acknowledges no subscription without an id and sends nothing after unsubscribe', async () => {
  const { path, server } = await start();
  const worker = new RawWorker(path).hello().send(FrameType.subscribe, 0, 'news');
  worker.send(FrameType.unsubscribe, 0, 'news').send(FrameType.publish, 1, 'news', 'text');
  expect((await worker.see(2)).slice(1)).toEqual([`${FrameType.acknowledged}|1||`]);
  expect(server.figures().counters).toMatchObject({ subscribes: 1, unsubscribes: 1 });
});

test('startBrokerServer() ends the link of a worker that does not read, and serves the others', async () => {
  const { path, server } = await start({ maxQueuedBytes: 100_000 });
  const slow = new RawWorker(path).hello().send(FrameType.subscribe, 1, 'news');
  await slow.see(2);
  slow.socket.pause();
  const publisher = new RawWorker(path).hello();
  const payload = 'x'.repeat(50_000);
  let id = 0;
  await vi.waitFor(
    async () => {
      publisher.send(FrameType.publish, ++id, 'news', payload);
      await publisher.see(id + 1);
      expect(server.figures().counters).toMatchObject({ linksTooSlow: 1 });
    },
    { ...PATIENCE, interval: 1 },
  );
  expect(server.figures().connections).toBe(1);
});

test('startBrokerServer() replaces the file of a broker that was killed, and takes its own away', async () => {
  const path = join(await makeFolder(), 'broker.sock');
  writeFileSync(path, 'left over');
  const server = await startBrokerServer({ path, secret: SECRET });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  await server.close();
  expect(existsSync(path)).toBe(false);
});

test('startBrokerServer() refuses a path that the kernel would cut off', async () => {
  const path = `/tmp/${'x'.repeat(103)}`;
  await expect(startBrokerServer({ path, secret: SECRET })).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: expect.stringContaining('it has 108 bytes, the most is 107'),
  });
});

test('startBrokerServer() closes although a worker does not read', async () => {
  const path = join(await makeFolder(), 'broker.sock');
  const server = await startBrokerServer({ path, secret: SECRET });
  const worker = new RawWorker(path).hello().send(FrameType.subscribe, 1, 'news');
  await worker.see(2);
  worker.socket.pause();
  for (let count = 0; count < 40; count += 1) {
    worker.send(FrameType.publish, 0, 'news', 'x'.repeat(50_000));
  }
  await vi.waitFor(() => expect(server.figures().messagesIn).toBe(40), PATIENCE);
  await server.close();
});
