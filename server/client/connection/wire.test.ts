import { beforeEach, expect, test, vi } from 'vitest';
import { minBinCodec } from '../../protocol/index.ts';
import { type FakeSocket, fakeSockets, ManualClock, turn } from '../testing.ts';
import { jsonCodec } from './codec.ts';
import { Wire, type WireSettings } from './wire.ts';

const HANDSHAKE = { event: '#handshake', data: { authToken: null }, cid: 1 };

let clock: ManualClock;
const makeOwner = () => ({
  loadToken: vi.fn(async (): Promise<string | null> => null),
  opened: vi.fn(),
  heard: vi.fn(),
  event: vi.fn(),
  response: vi.fn(),
  raw: vi.fn(),
  failed: vi.fn(),
  ended: vi.fn(),
});
let owner: ReturnType<typeof makeOwner>;

beforeEach(() => {
  clock = new ManualClock();
  owner = makeOwner();
});

function openWire(settings: Partial<WireSettings> = {}): { wire: Wire; socket: FakeSocket } {
  const sockets = fakeSockets();
  const all = {
    url: 'ws://host/socketcluster/',
    webSocket: sockets.webSocket,
    binaryType: 'arraybuffer',
    codecEngine: jsonCodec,
    connectTimeout: 20_000,
    ackTimeout: 10_000,
    pingTimeoutDisabled: false,
    ...settings,
  };
  const wire = new Wire(all, owner, clock);
  wire.open();
  return { wire, socket: sockets.latest() };
}

test('Wire offers its token and opens with the answer', async () => {
  owner.loadToken.mockResolvedValue('a.b.c');
  const { socket } = openWire();
  expect(socket).toMatchObject({ url: 'ws://host/socketcluster/', binaryType: 'arraybuffer' });
  await socket.welcome();
  expect(socket.packets).toEqual([{ ...HANDSHAKE, data: { authToken: 'a.b.c' } }]);
  expect(owner.opened).toHaveBeenCalledExactlyOnceWith({
    id: 'socket-1',
    pingTimeout: 20_000,
    isAuthenticated: false,
  });
});

test('Wire ends with the code of a refusal and tells why', async () => {
  const { socket } = openWire();
  await socket.open();
  socket.receive({ rid: 1, error: { message: 'no', name: 'Blocked', statusCode: 4600 } });
  expect(owner.failed).toHaveBeenCalledWith(expect.objectContaining({ name: 'Blocked' }));
  expect(owner.ended).toHaveBeenCalledExactlyOnceWith(4600, undefined);
  expect(socket.closedWith?.code).toBe(4600);
});

test('Wire ends with 4007 when it takes too long to connect, 4003 when the answer does', async () => {
  openWire();
  clock.advance(20_000);
  expect(owner.ended).toHaveBeenLastCalledWith(4007, undefined);
  const { socket } = openWire();
  await socket.open();
  clock.advance(10_000);
  expect(owner.ended).toHaveBeenLastCalledWith(4003, expect.any(String));
});

test('Wire that ended while its token was looked up sends nothing', async () => {
  const { wire, socket } = openWire();
  socket.onopen?.({} as never);
  wire.close(1000);
  await turn();
  expect(socket.sent).toEqual([]);
});

test('Wire answers the pings of both protocols, but not before the handshake', async () => {
  const { socket } = openWire();
  await socket.open();
  socket.receive('#1');
  socket.receive('');
  expect(socket.sent).toHaveLength(1);
  await socket.welcome();
  socket.receive('#1');
  socket.receive('');
  expect(socket.sent.slice(-2)).toEqual(['#2', '']);
  expect(owner.raw).not.toHaveBeenCalled();
  expect(owner.heard).toHaveBeenCalledWith('#1');
});

test('Wire leaves with 4000 when no ping came in time; other messages are no pings', async () => {
  const { socket } = openWire();
  await socket.welcome({ pingTimeout: 100 });
  clock.advance(90);
  socket.receive('');
  clock.advance(90);
  socket.receive({ event: 'x' });
  expect(owner.ended).not.toHaveBeenCalled();
  clock.advance(10);
  expect(owner.ended).toHaveBeenCalledExactlyOnceWith(4000, undefined);
});

test('Wire stays without pings when told so, or when the server tells no time-out', async () => {
  const stubborn = openWire({ pingTimeoutDisabled: true });
  await stubborn.socket.welcome({ pingTimeout: 100 });
  const untold = openWire();
  await untold.socket.open();
  untold.socket.receive({ rid: 1, data: {} });
  clock.advance(1_000_000);
  expect(owner.ended).not.toHaveBeenCalled();
});

test('Wire takes packets, arrays of packets and raw messages apart', async () => {
  const { socket } = openWire();
  await socket.welcome();
  socket.receive([{ event: 'a', data: 1 }, { rid: 7, data: 2 }, 'stray']);
  socket.receive('not json');
  socket.receive('{"neither":1}');
  expect(owner.event.mock.calls).toEqual([[{ event: 'a', data: 1 }]]);
  expect(owner.response.mock.calls).toEqual([[{ rid: 7, data: 2 }]]);
  expect(owner.raw.mock.calls).toEqual([['stray'], ['not json'], ['{"neither":1}']]);
});

test('Wire answers a ping that the server has encoded, encoded', async () => {
  const { socket } = openWire({ codecEngine: minBinCodec });
  await socket.open();
  socket.receive(
    minBinCodec.encode({ rid: 1, data: { id: 'x', pingTimeout: 1_000, isAuthenticated: false } }),
  );
  const before = socket.sent.length;
  socket.receive(minBinCodec.encode('#1'));
  expect(socket.sent.slice(before)).toEqual([minBinCodec.encode('#2')]);
  expect(owner.raw).not.toHaveBeenCalled();
});

test('Wire survives a codec that throws', async () => {
  const { socket } = openWire();
  await socket.welcome();
  const broken = {
    encode: jsonCodec.encode,
    decode: () => {
      throw new Error('codec');
    },
  };
  const other = openWire({ codecEngine: broken });
  other.socket.receive('x');
  expect(owner.failed).toHaveBeenCalledWith(expect.objectContaining({ message: 'codec' }));
  expect(owner.raw).toHaveBeenCalledWith('x');
});

test('Wire that cannot even encode its handshake ends with 4003', async () => {
  const encode = (): never => {
    throw new Error('codec');
  };
  const { socket } = openWire({ codecEngine: { encode, decode: jsonCodec.decode } });
  await socket.open();
  expect(owner.failed).toHaveBeenCalledWith(expect.objectContaining({ message: 'codec' }));
  expect(owner.ended).toHaveBeenCalledExactlyOnceWith(4003, undefined);
});

test('close() sends text as the reason, other data ahead in a packet', async () => {
  const first = openWire();
  await first.socket.welcome();
  first.wire.close(4321, 'my reason');
  expect(first.socket.closedWith).toEqual({ code: 4321, reason: 'my reason' });
  const second = openWire();
  await second.socket.welcome();
  second.wire.close(4321, { my: 'data' });
  expect(second.socket.packets.at(-1)).toEqual({
    event: '#disconnect',
    data: { code: 4321, data: { my: 'data' } },
  });
  expect(second.socket.closedWith).toEqual({ code: 4321, reason: '' });
});

test('Wire tells its end once, with what a #disconnect packet said', async () => {
  const { wire, socket } = openWire();
  await socket.welcome();
  socket.receive({ event: '#disconnect', data: { code: 4501, data: { why: 'bye' } } });
  socket.end(4501, 'short');
  wire.close(1000);
  socket.receive({ event: 'late' });
  expect(owner.ended).toHaveBeenCalledExactlyOnceWith(4501, { why: 'bye' });
  expect(owner.event).toHaveBeenCalledTimes(1);
  expect(owner.heard).toHaveBeenCalledTimes(2);
  expect(clock.pauses).toEqual([]);
});
