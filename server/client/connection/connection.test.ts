import { beforeEach, expect, test, vi } from 'vitest';
import { fakeSockets, ManualClock } from '../testing.ts';
import { jsonCodec } from './codec.ts';
import { Connection, type ConnectionSettings } from './connection.ts';

let clock: ManualClock;
let sockets: ReturnType<typeof fakeSockets>;
const makeOwner = () => ({
  url: vi.fn(() => 'ws://host/'),
  loadToken: vi.fn(async () => null),
  connecting: vi.fn(),
  opened: vi.fn(),
  ready: vi.fn(),
  heard: vi.fn(),
  raw: vi.fn(),
  event: vi.fn(),
  failed: vi.fn(),
  ended: vi.fn(),
});
let owner: ReturnType<typeof makeOwner>;

beforeEach(() => {
  clock = new ManualClock();
  sockets = fakeSockets();
  owner = makeOwner();
});

function makeConnection(settings: Partial<ConnectionSettings> = {}): Connection {
  return new Connection(
    {
      webSocket: sockets.webSocket,
      binaryType: 'arraybuffer',
      codecEngine: jsonCodec,
      connectTimeout: 20_000,
      ackTimeout: 10_000,
      pingTimeoutDisabled: true,
      autoReconnect: true,
      autoReconnectOptions: { initialDelay: 10_000, randomness: 10_000, multiplier: 1.5, maxDelay: 60_000 },
      ...settings,
    },
    owner,
    clock,
  );
}

test('Connection connects for whoever sends, and sends after the handshake in order', async () => {
  const connection = makeConnection();
  connection.transmit('first', 1);
  connection.call('second', 2, vi.fn());
  expect(connection.state).toBe('connecting');
  owner.opened.mockImplementation(() => connection.transmit('ahead', 0));
  await sockets.latest().welcome();
  expect(sockets.latest().packets.slice(1)).toEqual([
    { event: 'ahead', data: 0 },
    { event: 'first', data: 1 },
    { event: 'second', data: 2, cid: 2 },
  ]);
});

test('Connection lets the time of a call run while it connects', async () => {
  const connection = makeConnection();
  const answered = vi.fn();
  connection.call('x', undefined, answered);
  clock.advance(10_000);
  expect(answered).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ name: 'TimeoutError' }));
});

test('Connection fails calls with BadConnectionError when it ends, after telling of the end', async () => {
  const connection = makeConnection();
  const order: unknown[] = [];
  owner.ended.mockImplementation(({ wasOpen }) => order.push(wasOpen));
  connection.call('x', undefined, (error) => order.push((error as { type: string }).type));
  sockets.latest().end(1006);
  connection.connect();
  await sockets.latest().welcome();
  connection.call('y', undefined, (error) => order.push((error as { type: string }).type));
  sockets.latest().end(1006);
  expect(order).toEqual([false, 'connectAbort', true, 'disconnect']);
});

test('Connection comes back with growing pauses and starts over once it was open', async () => {
  const connection = makeConnection();
  connection.connect();
  const pauses: (number | undefined)[] = [];
  for (let attempt = 0; attempt < 4; attempt += 1) {
    sockets.latest().end(1006);
    pauses.push(clock.pauses[0]);
    clock.advance(clock.pauses[0] ?? 0);
  }
  await sockets.latest().welcome();
  sockets.latest().end(1006);
  pauses.push(clock.pauses[0]);
  expect(pauses).toEqual([15_000, 22_500, 33_750, 50_625, 15_000]);
});

test('Connection comes back at once after missed pings, and reads options that were changed meanwhile', async () => {
  const autoReconnectOptions = { initialDelay: 10_000, randomness: 0, multiplier: 1.5, maxDelay: 60_000 };
  const connection = makeConnection({ autoReconnectOptions });
  connection.connect();
  await sockets.latest().welcome();
  sockets.latest().end(4001);
  expect(clock.pauses).toEqual([0]);
  clock.advance(0);
  await sockets.latest().welcome();
  autoReconnectOptions.initialDelay = 5;
  sockets.latest().end(4100);
  expect(clock.pauses).toEqual([5]);
});

test('Connection stays away after 1000, 4500, its own disconnect(), and without autoReconnect', async () => {
  for (const end of [1000, 4500, 4999]) {
    const connection = makeConnection();
    connection.connect();
    await sockets.latest().welcome();
    sockets.latest().end(end);
    expect(connection.state).toBe('closed');
    expect(clock.pauses).toEqual([]);
  }
  const leaving = makeConnection();
  leaving.connect();
  await sockets.latest().welcome();
  leaving.disconnect(4100);
  expect(clock.pauses).toEqual([]);
  makeConnection({ autoReconnect: false }).connect();
  sockets.latest().end(1006);
  expect(clock.pauses).toEqual([]);
});

test('disconnect() calls off an attempt that is due, connect() makes it now', () => {
  const connection = makeConnection();
  connection.connect();
  sockets.latest().end(1006);
  connection.connect();
  expect(sockets.made).toHaveLength(2);
  sockets.latest().end(1006);
  connection.disconnect(1000);
  expect(clock.pauses).toEqual([]);
});

test('Connection answers a call over the wire it came from only', async () => {
  const connection = makeConnection();
  connection.connect();
  await sockets.latest().welcome();
  sockets.latest().receive({ event: 'question', cid: 9 });
  sockets.latest().receive({ event: 'no question' });
  const [[, respond], [, ignore]] = owner.event.mock.calls as [
    [unknown, (e: unknown, d: unknown) => void],
    [unknown, (e: unknown, d: unknown) => void],
  ];
  respond(undefined, 42);
  ignore(undefined, 43);
  expect(sockets.latest().packets.slice(1)).toEqual([{ rid: 9, data: 42 }]);
  connection.disconnect(1000);
  connection.connect();
  await sockets.latest().welcome();
  respond(undefined, 44);
  expect(sockets.latest().packets).toHaveLength(1);
});

test('Connection fails only the packet that cannot be encoded', async () => {
  const connection = makeConnection();
  connection.connect();
  await sockets.latest().welcome();
  const answered = vi.fn();
  connection.batch.start();
  connection.transmit('fine', 1);
  connection.call('bad', 1n, answered);
  connection.transmit('bad', 1n);
  connection.batch.flush();
  expect(sockets.latest().packets.slice(1)).toEqual([{ event: 'fine', data: 1 }]);
  expect(answered).toHaveBeenCalledExactlyOnceWith(expect.any(TypeError));
  expect(owner.failed).toHaveBeenCalledExactlyOnceWith(expect.any(TypeError));
});

test('Connection forgets a batch with the connection it was for', async () => {
  const connection = makeConnection();
  connection.connect();
  await sockets.latest().welcome();
  connection.batch.start();
  connection.transmit('old', 1);
  sockets.latest().end(4000);
  clock.advance(0);
  await sockets.latest().welcome();
  connection.transmit('new', 2);
  connection.batch.flush();
  expect(sockets.latest().packets.slice(1)).toEqual([[{ event: 'new', data: 2 }]]);
});

test('Connection tells a failure to come back instead of throwing it from a timer', async () => {
  const connection = makeConnection();
  connection.connect();
  owner.url.mockImplementation(() => {
    throw new RangeError('no address');
  });
  sockets.latest().end(1006);
  clock.advance(15_000);
  expect(owner.failed).toHaveBeenCalledWith(expect.objectContaining({ message: 'no address' }));
});

test('sendMessage() sends as it is, and loses what it cannot send', async () => {
  const connection = makeConnection();
  connection.sendMessage('lost');
  expect(sockets.made).toEqual([]);
  connection.connect();
  await sockets.latest().welcome();
  connection.sendMessage('raw');
  expect(sockets.latest().sent.at(-1)).toBe('raw');
});

test('Connection keeps nothing of what was sent when it cannot even begin to connect', async () => {
  const connection = makeConnection({
    webSocket: class {
      constructor() {
        throw new SyntaxError('no URL');
      }
    } as never,
  });
  expect(() => connection.transmit('a', 1)).toThrow(SyntaxError);
  expect(connection.state).toBe('closed');
});
