import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { PATIENCE } from '../../testing.ts';
import { makeFolder } from '../testing.ts';
import { FrameType } from './frame.ts';
import { createFrameReader } from './frame-reader.ts';
import { FrameWriter } from './frame-writer.ts';
import { Line } from './line.ts';

/** A broker by hand: remembers what each connection sends, answers a hello as told. */
async function startBroker(answer: (socket: Socket) => void) {
  const path = join(await makeFolder(), 'broker.sock');
  const chunks: string[][] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    const seen: string[] = [];
    chunks.push(seen);
    sockets.add(socket);
    const reader = createFrameReader(({ type, id, channel, payload }) => {
      seen.push([type, id, channel, payload.toString()].join('|'));
      if (type === FrameType.hello) answer(socket);
    });
    socket.on('data', (chunk: Buffer) => reader.read(chunk));
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { path, chunks, sockets };
}

function send(socket: Socket, type: FrameType, payload = '') {
  const writer = new FrameWriter();
  writer.write(type, 0, 'news', Buffer.from(payload));
  writer.flushTo(socket);
}

const welcome = (socket: Socket) => send(socket, FrameType.acknowledged);

function startLine(path: string, welcomeWithinMs = 10_000) {
  const events: string[] = [];
  const line: Line = new Line({
    path,
    secret: 'secret',
    workerId: 3,
    welcomeWithinMs,
    onUp: () => {
      events.push('up');
      line.send(FrameType.subscribe, 0, 'first');
    },
    onDown: (error) => events.push(`${error.code}: ${error.message.replace(path, 'PATH')}`),
    onFrame: ({ payload }) => {
      events.push(payload.toString());
      // In the loop's phase between the writes of this turn and the news that a socket has closed.
      setImmediate(() => line.isUp && line.send(FrameType.publish, 0, 'answer'));
    },
  });
  onTestFinished(() => line.close());
  return { line, events };
}

test('Line says hello, comes up with the welcome, and hands over frames', async () => {
  const { path, chunks, sockets } = await startBroker(welcome);
  const { line, events } = startLine(path);
  expect(line.isUp).toBe(false);
  await vi.waitFor(() => expect(chunks).toEqual([['1|3||secret', '2|0|first|']]), PATIENCE);
  for (const socket of sockets) send(socket, FrameType.message, 'text');
  await vi.waitFor(() => expect(events).toEqual(['up', 'text']), PATIENCE);
  expect(line.isUp).toBe(true);
});

test('Line answers a barrier after what came before it was handed over', async () => {
  const { path, chunks } = await startBroker((socket) => {
    welcome(socket);
    send(socket, FrameType.notice, 'before');
    send(socket, FrameType.barrier);
  });
  const { events } = startLine(path);
  await vi.waitFor(() => expect(chunks[0]).toContain(`${FrameType.acknowledged}|0||`), PATIENCE);
  expect(events).toEqual(['up', expect.stringContaining('before')]);
});

test('Line comes back after a loss and says hello again', async () => {
  const { path, chunks, sockets } = await startBroker(welcome);
  const { events } = startLine(path);
  await vi.waitFor(() => expect(chunks[0]).toHaveLength(2), PATIENCE);
  for (const socket of sockets) socket.destroy();
  await vi.waitFor(() => expect(chunks[1]).toEqual(['1|3||secret', '2|0|first|']), PATIENCE);
  expect(events).toEqual([
    'up',
    'BROKER_UNREACHABLE: Cannot reach the broker at "PATH": it ended the line',
    'up',
  ]);
});

test('Line forgets what it had not written when it broke: the next connection begins with the hello', async () => {
  const { path, chunks, sockets } = await startBroker(welcome);
  startLine(path);
  await vi.waitFor(() => expect(chunks[0]).toHaveLength(2), PATIENCE);
  const writer = new FrameWriter();
  writer.write(FrameType.message, 0, 'news');
  writer.write(99 as FrameType, 0, '');
  for (const socket of sockets) writer.flushTo(socket);
  await vi.waitFor(() => expect(chunks[1]).toEqual(['1|3||secret', '2|0|first|']), PATIENCE);
});

test.each([
  [
    'refuses it',
    (socket: Socket) => send(socket, FrameType.refused, 'wrong secret'),
    'refused: wrong secret',
  ],
  ['answers nonsense', (socket: Socket) => socket.write(Buffer.alloc(20)), 'Cannot read a frame of 0 bytes'],
  ['answers with a message', (socket: Socket) => send(socket, FrameType.message), 'a frame of type 5'],
  ['does not answer', () => {}, 'no welcome'],
])('Line goes down when the broker %s, and tries again', async (_what, answer, reason) => {
  const { path, chunks } = await startBroker(answer);
  const { events } = startLine(path, reason === 'no welcome' ? 20 : undefined);
  await vi.waitFor(() => expect(chunks.length).toBeGreaterThan(1), PATIENCE);
  expect(events[0]).toContain(reason);
  expect(events).not.toContain('up');
});

test('Line goes down when there is no broker', async () => {
  const { events } = startLine(join(await makeFolder(), 'nobody.sock'));
  await vi.waitFor(() => expect(events[0]).toContain('ENOENT'), PATIENCE);
});

test('Line.close() sends what is waiting and never comes back', async () => {
  const { path, chunks } = await startBroker(welcome);
  const { line, events } = startLine(path);
  await vi.waitFor(() => expect(events).toEqual(['up']), PATIENCE);
  line.send(FrameType.unsubscribe, 0, 'last');
  await line.close();
  await vi.waitFor(() => expect(chunks[0]?.at(-1)).toBe('3|0|last|'), PATIENCE);
  expect([line.isUp, events]).toEqual([false, ['up']]);
});

test('Line.close() ends although the broker neither reads nor answers', async () => {
  const { path, sockets } = await startBroker(welcome);
  const { line, events } = startLine(path);
  await vi.waitFor(() => expect(events).toEqual(['up']), PATIENCE);
  for (const socket of sockets) socket.pause();
  line.send(FrameType.publish, 1, 'news', new Uint8Array(3_000_000));
  await line.close();
  expect(line.queuedBytes).toBe(0);
});

test('Line counts its failures in a row, from one again after each welcome', async () => {
  const { path, sockets } = await startBroker(welcome);
  const failures: number[] = [];
  const elsewhere = new Line({
    path: `${path}-nobody`,
    secret: 'secret',
    workerId: 3,
    welcomeWithinMs: 10_000,
    onUp: () => undefined,
    onDown: (_error, count) => failures.push(count),
    onFrame: () => undefined,
  });
  onTestFinished(() => elsewhere.close());
  await vi.waitFor(() => expect(failures.slice(0, 3)).toEqual([1, 2, 3]), PATIENCE);

  const falls: number[] = [];
  let ups = 0;
  const line = new Line({
    path,
    secret: 'secret',
    workerId: 3,
    welcomeWithinMs: 10_000,
    onUp: () => {
      ups += 1;
    },
    onDown: (_error, count) => falls.push(count),
    onFrame: () => undefined,
  });
  onTestFinished(() => line.close());
  for (const wanted of [1, 2]) {
    await vi.waitFor(() => expect(ups).toBe(wanted), PATIENCE);
    for (const socket of sockets) socket.destroy();
    await vi.waitFor(() => expect(falls).toHaveLength(wanted), PATIENCE);
  }
  expect(falls).toEqual([1, 1]);
});
