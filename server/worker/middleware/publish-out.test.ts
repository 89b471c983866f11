import { expect, test, vi } from 'vitest';
import { payloadOf } from '../../engine/index.ts';
import { Codec } from '../codec/index.ts';
import { Lines, type Next } from './lines.ts';
import { type Outgoing, PublishOut, type Recipient } from './publish-out.ts';

function makeSocket(): Recipient & { sent: string[] } {
  const sent: string[] = [];
  return {
    sent,
    sendFrame: (frame) => void sent.push(frame[0] === 0x81 ? payloadOf(frame).toString() : frame.toString()),
  };
}

function setUp(): { lines: Lines; out: PublishOut; gone: Set<unknown>; warn: ReturnType<typeof vi.fn> } {
  const warn = vi.fn();
  const gone = new Set<unknown>();
  const lines = new Lines({ deadlineMs: 1_000, warn });
  const out = new PublishOut(lines, new Codec(), { has: (recipient) => !gone.has(recipient) });
  return { lines, out, gone, warn };
}

const outgoing = (n: number, socket: Recipient): Outgoing => ({
  socket,
  channel: 'c',
  data: { n },
  frame: Buffer.from(`shared ${n}`),
});

test('PublishOut sends the shared frame where nothing was changed, an own one where it was, none where blocked', () => {
  const { lines, out } = setUp();
  const [same, changed, blocked] = [makeSocket(), makeSocket(), makeSocket()];
  lines.add('publishOut', (request: { socket: unknown; data: unknown }, next: Next) => {
    if (request.socket === changed) {
      request.data = 'mine';
    }
    next(request.socket === blocked ? true : undefined);
  });
  for (const socket of [same, changed, blocked]) {
    out.send(socket, outgoing(1, socket));
  }
  expect(same.sent).toEqual(['shared 1']);
  expect(changed.sent).toEqual(['{"event":"#publish","data":{"channel":"c","data":"mine"}}']);
  expect(blocked.sent).toEqual([]);
});

test('PublishOut encodes anew where data was changed in place and the function says so', () => {
  const { lines, out } = setUp();
  const socket = makeSocket();
  lines.add('publishOut', (request: { data: { n: number }; useCache: boolean }, next: Next) => {
    request.data.n = 7;
    request.useCache = false;
    next();
  });
  out.send(socket, outgoing(1, socket));
  expect(socket.sent).toEqual(['{"event":"#publish","data":{"channel":"c","data":{"n":7}}}']);
});

test('PublishOut keeps the order of a socket when middleware takes time', () => {
  const { lines, out } = setUp();
  const socket = makeSocket();
  const held: Next[] = [];
  lines.add('publishOut', (_request: object, next: Next) => held.push(next));
  out.send(socket, outgoing(1, socket));
  out.send(socket, outgoing(2, socket));
  expect(held).toHaveLength(1);
  held.shift()?.();
  held.shift()?.();
  expect(socket.sent).toEqual(['shared 1', 'shared 2']);
});

test('PublishOut drops a copy whose recipient has left the channel while middleware took time', () => {
  const { lines, out, gone } = setUp();
  const socket = makeSocket();
  const held: Next[] = [];
  lines.add('publishOut', (_request: object, next: Next) => held.push(next));
  out.send(socket, outgoing(1, socket));
  gone.add(socket);
  held.shift()?.();
  expect(socket.sent).toEqual([]);
});

test('caughtUp() resolves after the copies that are under way, at once when there are none', async () => {
  const { lines, out } = setUp();
  const socket = makeSocket();
  const held: Next[] = [];
  lines.add('publishOut', (_request: object, next: Next) => held.push(next));
  await out.caughtUp(socket);
  out.send(socket, outgoing(1, socket));
  const caughtUp = out.caughtUp(socket).then(() => socket.sent.push('caught up'));
  out.send(socket, outgoing(2, socket));
  held.shift()?.();
  await caughtUp;
  expect(socket.sent).toEqual(['shared 1', 'caught up']);
});

test('PublishOut drops a copy that middleware made unfit to be sent, warns, and sends the next', () => {
  const { lines, out, warn } = setUp();
  const socket = makeSocket();
  lines.add('publishOut', (request: { data: unknown }, next: Next) => {
    if ((request.data as { n: number }).n === 1) {
      request.data = 10n;
    }
    next();
  });
  out.send(socket, outgoing(1, socket));
  out.send(socket, outgoing(2, socket));
  expect(socket.sent).toEqual(['shared 2']);
  expect(warn).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ message: expect.stringContaining('"c"'), cause: expect.any(TypeError) }),
  );
});
