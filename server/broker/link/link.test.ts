import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { PATIENCE } from '../../testing.ts';
import { bytesOf, Inbox, makeFolder } from '../testing.ts';
import { FrameType, MAX_PAYLOAD_BYTES } from './frame.ts';
import { createFrameReader } from './frame-reader.ts';
import { FrameWriter } from './frame-writer.ts';
import { Link } from './link.ts';

/** A broker by hand: welcomes, answers only when told, and can go and come back. */
class HandBroker {
  readonly path: string;
  readonly seen: string[] = [];
  answers = true;
  #server = createServer();
  #socket: Socket | undefined;

  constructor(path: string) {
    this.path = path;
    onTestFinished(() => this.go());
  }

  async come(): Promise<void> {
    this.#server = createServer((socket) => this.#accept(socket));
    await new Promise<void>((resolve) => this.#server.listen(this.path, resolve));
  }

  async go(): Promise<void> {
    this.#socket?.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  send(type: FrameType, id: number, channel = '', text = ''): void {
    const writer = new FrameWriter();
    writer.write(type, id, channel, bytesOf(text));
    writer.flushTo(this.#socket!);
  }

  #accept(socket: Socket): void {
    this.#socket = socket;
    const reader = createFrameReader(({ type, id, channel, payload }) => {
      if (type === FrameType.hello) {
        this.send(FrameType.acknowledged, 0);
        return;
      }
      this.seen.push([type, id, channel, payload.toString()].join('|'));
      if (this.answers && id !== 0) this.send(FrameType.acknowledged, id);
    });
    socket.on('data', (chunk: Buffer) => reader.read(chunk));
    socket.on('error', () => {});
  }
}

async function begin({ ackTimeoutMs = 10_000 } = {}) {
  const broker = new HandBroker(join(await makeFolder(), 'broker.sock'));
  await broker.come();
  const inbox = new Inbox();
  const states: string[] = [];
  const notices: string[] = [];
  const link = new Link({
    path: broker.path,
    secret: 'secret',
    workerId: 0,
    deliver: inbox.deliver,
    onNotice: (topic, payload) => notices.push(`${topic} ${Buffer.from(payload)}`),
    ackTimeoutMs,
    onState: (state) => states.push(state),
  });
  onTestFinished(() => link.close());
  const become = (state: string) => vi.waitFor(() => expect(states.at(-1)).toBe(state), PATIENCE);
  return { broker, inbox, link, notices, states, become };
}

const REQUEST = FrameType.request;
const SUBSCRIBE = FrameType.subscribe;
const PUBLISH = FrameType.publish;

test('Link subscribes again after a loss, before what was published meanwhile, in order', async () => {
  const { broker, link, states, become } = await begin();
  await link.subscribe('a');
  await link.subscribe('b');
  await link.publish('a', bytesOf('0'));
  link.unsubscribe('b');
  await broker.go();
  await become('down');
  broker.seen.length = 0;
  const published = [link.publish('a', bytesOf('1')), link.publish('a', bytesOf('3'))];
  link.transmit('a', bytesOf('4'));
  const subscribed = link.subscribe('c');
  await broker.come();
  await Promise.all([...published, subscribed]);
  await link.publish('a', bytesOf('5'));
  const withoutIds = broker.seen.map((line) => line.replace(/\|\d+\|/, '|'));
  expect(withoutIds).toEqual([
    `${SUBSCRIBE}|a|`,
    `${SUBSCRIBE}|c|`,
    `${SUBSCRIBE}|c|`,
    `${PUBLISH}|a|1`,
    `${PUBLISH}|a|3`,
    `${PUBLISH}|a|4`,
    `${PUBLISH}|a|5`,
  ]);
  expect(states).toEqual(['up', 'down', 'up']);
  expect(link.lost).toBe(0);
});

test('Link rejects the publications that were on their way when the line broke, and keeps subscribing', async () => {
  const { broker, link, become } = await begin();
  await become('up');
  broker.answers = false;
  const published = link.publish('a', bytesOf('1'));
  const subscribed = link.subscribe('a');
  await vi.waitFor(() => expect(broker.seen).toHaveLength(2), PATIENCE);
  const rejection = expect(published).rejects.toMatchObject({
    code: 'BROKER_UNREACHABLE',
    message: expect.stringContaining('Cannot publish to "a": the link broke'),
  });
  await broker.go();
  await rejection;
  broker.answers = true;
  await broker.come();
  await subscribed;
  expect(broker.seen.filter((line) => line.startsWith(`${PUBLISH}|`))).toHaveLength(1);
});

test('Link rejects calls that the broker does not acknowledge in time', async () => {
  const { broker, link, become } = await begin({ ackTimeoutMs: 300 });
  await become('up');
  broker.answers = false;
  await expect(link.publish('a', bytesOf('1'))).rejects.toThrow(
    'Cannot publish to "a": no acknowledgement within 300 ms',
  );
  await expect(link.subscribe('a')).rejects.toMatchObject({ code: 'BROKER_UNREACHABLE' });
  // Its caller was told that it has no subscription, so it must have none.
  await vi.waitFor(() => expect(broker.seen.at(-1)).toBe(`${FrameType.unsubscribe}|0|a|`), PATIENCE);
});

test('Link takes a late acknowledgement of a rejected call for nothing', async () => {
  const { broker, inbox, link, become } = await begin({ ackTimeoutMs: 300 });
  await become('up');
  broker.answers = false;
  await expect(link.publish('a', bytesOf('1'))).rejects.toThrow();
  broker.send(FrameType.acknowledged, 1);
  broker.answers = true;
  await link.subscribe('a');
  broker.send(FrameType.message, 0, 'a', 'text');
  expect(await inbox.take(1)).toEqual(['a:text']);
});

test('Link drops from its backlog what nobody waits for any more', async () => {
  const { broker, link, become } = await begin({ ackTimeoutMs: 300 });
  await become('up');
  await broker.go();
  await become('down');
  link.transmit('a', bytesOf('lost'));
  await expect(link.publish('a', bytesOf('rejected'))).rejects.toMatchObject({ code: 'BROKER_UNREACHABLE' });
  await vi.waitFor(() => expect(link.lost).toBe(1), PATIENCE);
  await broker.come();
  await become('up');
  await link.publish('a', bytesOf('new'));
  expect(broker.seen.map((line) => line.split('|').at(-1))).toEqual(['new']);
});

test('Link refuses and counts what does not fit into the backlog', async () => {
  const { broker, link, become } = await begin();
  await become('up');
  await broker.go();
  await become('down');
  const first = link.publish('a', new Uint8Array(1_048_000));
  await expect(link.publish('a', new Uint8Array(1_000))).rejects.toThrow(
    'the backlog of the broken link is full',
  );
  link.transmit('a', new Uint8Array(1_000));
  expect(link.lost).toBe(1);
  await broker.come();
  await first;
});

test('Link delivers nothing of a channel that was given up, whatever the broker sends', async () => {
  const { broker, inbox, link } = await begin();
  await Promise.all([link.subscribe('a'), link.subscribe('b')]);
  link.unsubscribe('a');
  broker.send(FrameType.message, 0, 'a', 'late');
  broker.send(FrameType.message, 0, 'b', 'text');
  expect(await inbox.take(1)).toEqual(['b:text']);
});

test('Link settles a subscription that was given up while the line was away', async () => {
  const { broker, link, become } = await begin();
  await become('up');
  await broker.go();
  await become('down');
  const subscribed = link.subscribe('a');
  link.unsubscribe('a');
  await broker.come();
  await subscribed;
  expect(broker.seen).toEqual([]);
});

test('Link refuses what does not fit into a frame before it can break the line', async () => {
  const { link, states } = await begin();
  await expect(link.subscribe('a'.repeat(70_000))).rejects.toThrow('its name has 70000 bytes');
  await expect(link.publish('a', new Uint8Array(MAX_PAYLOAD_BYTES + 1))).rejects.toThrow('the payload has');
  link.transmit('a'.repeat(70_000), bytesOf('x'));
  expect(link.lost).toBe(1);
  await link.publish('a', bytesOf('fits'));
  expect(states).toEqual(['up']);
});

test('Link.close() rejects the calls that wait and counts what nobody will get', async () => {
  const { broker, link, become } = await begin();
  await become('up');
  await broker.go();
  await become('down');
  link.transmit('a', bytesOf('lost'));
  const rejections = [link.publish('a', bytesOf('1')), link.subscribe('a')].map((call) =>
    expect(call).rejects.toThrow('the link is closed'),
  );
  await link.close();
  await Promise.all(rejections);
  expect(link.lost).toBe(1);
});

test('Link gives each request its own response, in whatever order they come', async () => {
  const { broker, link, become } = await begin();
  await become('up');
  broker.answers = false;
  const asked = [link.request('get', bytesOf('a')), link.request('get', bytesOf('b'))];
  await vi.waitFor(() => expect(broker.seen).toEqual([`${REQUEST}|1|get|a`, `${REQUEST}|2|get|b`]), PATIENCE);
  broker.send(FrameType.response, 2, '', 'second');
  broker.send(FrameType.response, 1, '', 'first');
  expect(await Promise.all(asked)).toEqual(['first', 'second']);
});

test('Link sends a request made while the line is away later, in its place among publications', async () => {
  const { broker, link, become } = await begin();
  await become('up');
  await broker.go();
  await become('down');
  broker.seen.length = 0;
  const published = [link.publish('a', bytesOf('1')), link.request('get', bytesOf('x'))];
  published.push(link.publish('a', bytesOf('2')));
  link.tell('hold', bytesOf('nobody waits'));
  await broker.come();
  await Promise.all(published);
  expect(broker.seen.map((line) => line.split('|').at(-1))).toEqual(['1', 'x', '2']);
});

test('Link rejects the requests and notices that were on their way when the line broke, and sends none again', async () => {
  const { broker, link, become } = await begin();
  await become('up');
  broker.answers = false;
  const rejections = [link.request('set', bytesOf('x')), link.notify('told:s', bytesOf('y'))].map((call) =>
    expect(call).rejects.toMatchObject({ code: 'BROKER_UNREACHABLE' }),
  );
  await vi.waitFor(() => expect(broker.seen).toHaveLength(2), PATIENCE);
  await broker.go();
  await Promise.all(rejections);
  await broker.come();
  broker.answers = true;
  await link.publish('a', bytesOf('after'));
  expect(broker.seen.filter((line) => line.endsWith('x') || line.endsWith('y'))).toHaveLength(2);
});

test('Link rejects a request that is not answered in time', async () => {
  const { broker, link, become } = await begin({ ackTimeoutMs: 300 });
  await become('up');
  broker.answers = false;
  await expect(link.request('get', bytesOf('x'))).rejects.toThrow(
    'Cannot ask the store for "get": no acknowledgement within 300 ms',
  );
});

test('Link hands over notices, its own one before notify() resolves', async () => {
  const { broker, link, notices, become } = await begin();
  await become('up');
  broker.answers = false;
  const notified = link.notify('told:s', bytesOf('mine'));
  await vi.waitFor(() => expect(broker.seen).toHaveLength(1), PATIENCE);
  broker.send(FrameType.notice, 0, 'told:s', 'mine');
  broker.send(FrameType.acknowledged, 1);
  await notified;
  expect(notices).toEqual(['told:s mine']);
});
