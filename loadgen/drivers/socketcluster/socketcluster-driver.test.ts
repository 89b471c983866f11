import { afterEach, expect, test, vi } from 'vitest';
import type { PlannedBehaviour } from '../../plan/index.ts';
import type { Driver, DriverOptions } from '../driver.ts';
import { runMarkOf } from '../run-mark.ts';
import {
  driverOptions,
  driverTold,
  FACT,
  pingPong,
  startTarget,
  type TargetOptions,
  type TestTarget,
} from '../testing.ts';
import { createSocketClusterDriver } from './socketcluster-driver.ts';

const every = { mean: 1, shape: 'even', spread: 0.5 } as const;
const channels: PlannedBehaviour = {
  kind: 'channels',
  channels: 2,
  subscriptions: 1,
  channelsOf: '',
  popularity: 'even',
  subscribers: 1,
  publishers: 1,
  publishTo: 'own',
  every,
  payloadBytes: 32,
};
const callers: PlannedBehaviour = { kind: 'calls', event: 'call', payload: { q: 1 }, every, model: 'open' };
const custom: PlannedBehaviour = { kind: 'custom', file: '', options: null };

const START = 1_700_000_000_000;
const opened: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

interface Scene {
  target: TestTarget;
  driver: Driver;
  told: string[];
  wait(text: string): Promise<void>;
}

async function scene(
  options: TargetOptions = {},
  behaviour = pingPong,
  changes: Partial<DriverOptions> = {},
): Promise<Scene> {
  const target = await startTarget(options);
  const { events, told, wait } = driverTold();
  const driver = createSocketClusterDriver(
    driverOptions({ port: target.port, behaviour, events, ...changes }),
  );
  opened.push(
    () => target.close(),
    () => driver.close(),
  );
  return { target, driver, told, wait };
}

/** The server's side of the only connection. */
function peerOf({ target }: Scene) {
  const [socket] = target.sockets;
  return socket ?? expect.fail();
}

async function openUser(stage: Scene, user = 0): Promise<void> {
  stage.driver.connect(user, undefined);
  await stage.wait(`${user} opened 7 5`);
}

test('driver opens a user after the handshake and names its worker', async () => {
  const stage = await scene({ worker: '2' });
  stage.driver.connect(3, '127.0.0.9');
  await stage.wait('3 opened 2 5');
  expect(stage.told).toEqual(['3 opened 2 5']);
  expect(stage.target.packets).toEqual([{ event: '#handshake', data: { authToken: null }, cid: 1 }]);
});

test('driver sends events in one write and tells each answer with its count', async () => {
  const stage = await scene();
  await openUser(stage);
  stage.driver.send(0, 1);
  stage.driver.send(0, 149);
  await stage.wait('0 answer 150 5');
  expect(stage.told.slice(1)).toEqual(Array.from({ length: 150 }, (_, n) => `0 answer ${n + 1} 5`));
  expect(stage.target.packets.at(-1)).toEqual({ event: 'ping', data: { message: 'hello' } });
});

test('driver answers the empty heartbeat, and not the older one that comes with it', async () => {
  const stage = await scene({ greetings: ['#1', ''] });
  await openUser(stage);
  for (const text of ['#1', '', '#1', '']) peerOf(stage).send(text);
  await vi.waitFor(() => expect(stage.target.raw).toEqual(['', '', '']), FACT);
});

test('driver answers the older heartbeat of a server that knows no other', async () => {
  const stage = await scene({ greetings: ['#1'] });
  await openUser(stage);
  peerOf(stage).send('#1');
  await vi.waitFor(() => expect(stage.target.raw).toEqual(['#2']), FACT);
});

test('driver answers a WebSocket ping with its own payload', async () => {
  const stage = await scene();
  await openUser(stage);
  const pong = new Promise((resolve) => peerOf(stage).once('pong', (data) => resolve(String(data))));
  peerOf(stage).ping('abc');
  expect(await pong).toBe('abc');
});

test('driver reads messages in fragments', async () => {
  const stage = await scene();
  await openUser(stage);
  peerOf(stage).send('{"event":"pong","data":', { fin: false });
  peerOf(stage).send('{"count":9}}', { fin: true });
  await stage.wait('0 answer 9 5');
});

test.each([
  ['of one behaviour', pingPong],
  ['of their own', custom],
])(
  'driver ends the connection of users %s at a packet that breaks the protocol',
  async (_what, behaviour) => {
    const stage = await scene({}, behaviour);
    await openUser(stage);
    peerOf(stage).send('[{"event":"#publish"},{"event":"news"}]');
    await stage.wait('0 closed protocol');
    await openUser(stage, 1);
    expect(stage.told).toEqual(['0 opened 7 5', '0 closed protocol', '1 opened 7 5']);
  },
);

test('driver subscribes, and tells each confirmation', async () => {
  const stage = await scene({}, channels);
  await openUser(stage);
  stage.driver.subscribe(0, [0, 1]);
  await vi.waitFor(() => expect(stage.told.slice(1)).toEqual(['0 subscribed 0', '0 subscribed 1']), FACT);
  expect(stage.target.packets.slice(1).map(({ data }) => data)).toEqual([
    { channel: 'bench/0' },
    { channel: 'bench/1' },
  ]);
});

test('driver delivers publications with their intended time and the filler asked for', async () => {
  const stage = await scene({}, channels);
  await openUser(stage);
  stage.driver.subscribe(0, [1]);
  await stage.wait('0 subscribed 1');
  stage.driver.publish(0, { channel: 1, publisher: 41, sequence: 6, intended: 4.25 });
  await stage.wait('0 push 1 41 6 4.25');
  const body = { r: runMarkOf(START), p: 41, n: 6, t: 4_250_000, f: 'f'.repeat(32) };
  const publication = { event: '#publish', data: { channel: 'bench/1', data: body } };
  expect(stage.target.packets.at(-1)).toEqual(publication);
});

test.each([
  ['a full server', { status: 503 }, 'http-503'],
  ['a broken upgrade', { status: 400 }, 'http-400'],
] as const)('driver says why %s refused', async (_what, options, cause) => {
  const stage = await scene(options);
  stage.driver.connect(0, undefined);
  await stage.wait(`0 refused ${cause}`);
});

test('driver says handshake when the server refuses it', async () => {
  const stage = await scene({
    onPacket: (socket, { cid }) => {
      socket.send(`{"rid":${cid},"error":{"name":"Refused"}}`);
      return true;
    },
  });
  stage.driver.connect(0, undefined);
  await stage.wait('0 refused handshake');
});

test('driver says subscribe when the server refuses a subscription', async () => {
  const stage = await scene(
    {
      onPacket: (socket, { event, cid }) => {
        if (event === '#subscribe') socket.send(`{"rid":${cid},"error":"no"}`);
        return event === '#subscribe';
      },
    },
    channels,
  );
  await openUser(stage);
  stage.driver.subscribe(0, [0]);
  await stage.wait('0 closed subscribe');
});

test.each([
  ['a close frame before the handshake', '#handshake', '0 refused close-4008'],
  ['a close frame after it', 'ping', '0 closed close-4008'],
])('driver names the code of %s', async (_what, at, expected) => {
  const stage = await scene({
    onPacket: (socket, { event }) => {
      if (event === at) socket.close(4008);
      return event === at;
    },
  });
  stage.driver.connect(0, undefined);
  if (at === 'ping') {
    await stage.wait('0 opened 7 5');
    stage.driver.send(0, 1);
  }
  await stage.wait(expected);
});

test('driver reads nothing that follows the end of a connection', async () => {
  const stage = await scene();
  await openUser(stage);
  const peer = peerOf(stage);
  // One write: the answer behind the close frame arrives in the same chunk.
  const { _socket: stream } = peer as unknown as { _socket: NodeJS.WritableStream };
  const pong = Buffer.from('{"event":"pong","data":{"count":1}}');
  stream.write(Buffer.concat([Buffer.from([0x88, 2, 0x0f, 0xa1, 0x81, pong.length]), pong]));
  await stage.wait('0 closed close-4001');
  expect(stage.told).toEqual(['0 opened 7 5', '0 closed close-4001']);
});

test('driver ends a connection that breaks the protocol', async () => {
  const stage = await scene();
  await openUser(stage);
  const { _socket: stream } = peerOf(stage) as unknown as { _socket: NodeJS.WritableStream };
  stream.write(Buffer.from([0x83, 0]));
  await stage.wait('0 closed protocol');
});

test('driver tells of a killed connection as reset or ended', async () => {
  const stage = await scene();
  await openUser(stage);
  peerOf(stage).terminate();
  await vi.waitFor(() => expect(stage.told.at(-1)).toMatch(/^0 closed (reset|ended)$/), FACT);
});

test('driver gives a connection up with the cause it is told', async () => {
  const stage = await scene({ status: 0 });
  stage.driver.connect(0, undefined);
  stage.driver.abandon(0, 'timeout');
  stage.driver.abandon(0, 'timeout');
  expect(stage.told).toEqual(['0 refused timeout']);
});

test('driver.close() ends all connections without a word', async () => {
  const stage = await scene();
  await openUser(stage, 0);
  await openUser(stage, 1);
  await stage.driver.close();
  await vi.waitFor(() => expect(stage.target.sockets.size).toBe(0), FACT);
  expect(stage.told).toEqual(['0 opened 7 5', '1 opened 7 5']);
});

test('driver calls with numbers of its own and tells each response by them, errors as errors', async () => {
  const stage = await scene(
    {
      onPacket: (socket, { event, cid }) => {
        const isSecond = event === 'call' && Number(cid) % 10 === 1;
        if (isSecond) socket.send(`{"rid":${cid},"error":{"name":"No"}}`);
        return isSecond;
      },
    },
    callers,
  );
  await openUser(stage);
  for (const call of [0, 1, 2]) stage.driver.call(0, call);
  await stage.wait('0 response 2 false undefined');
  expect(stage.told.slice(1)).toEqual([
    '0 response 0 false undefined',
    '0 response 1 true undefined',
    '0 response 2 false undefined',
  ]);
  expect(stage.target.packets.at(-1)).toMatchObject({ event: 'call', data: { q: 1 } });
});

test('driver tells users with a behaviour of their own every event, and responses with what they hold', async () => {
  const stage = await scene({}, custom);
  await openUser(stage);
  stage.driver.emit(0, 'ping', {}, undefined);
  await stage.wait('0 event pong {"count":1}');
  stage.driver.emit(0, 'call', 'x', 5);
  await stage.wait('0 response 5 false {"done":true}');
});

test('driver leaves with code 1000, is told nothing more, and comes back as the same user', async () => {
  const stage = await scene();
  await openUser(stage);
  stage.driver.leave(0);
  stage.driver.connect(0, undefined);
  await vi.waitFor(() => expect(stage.target.closeCodes).toEqual([1000]), FACT);
  await vi.waitFor(() => expect(stage.told).toEqual(['0 opened 7 5', '0 opened 7 5']), FACT);
  stage.driver.send(0, 1);
  await stage.wait('0 answer 1 5');
});

test('driver.setReading() holds answers back until it reads on', async () => {
  const stage = await scene();
  await openUser(stage);
  await openUser(stage, 1);
  stage.driver.setReading(0, false);
  stage.driver.send(0, 1);
  await vi.waitFor(() => expect(stage.target.packets.at(-1)).toMatchObject({ event: 'ping' }), FACT);
  stage.driver.send(1, 1);
  await stage.wait('1 answer 2 5');
  expect(stage.told).not.toContain('0 answer 1 5');
  stage.driver.setReading(0, true);
  await stage.wait('0 answer 1 5');
});

test('driver logs in after the handshake, acknowledges its token and brings it along next time', async () => {
  const connect = {
    login: { event: 'login', data: { name: 'a' } },
    query: { room: '1' },
    headers: { 'X-A': 'b' },
  };
  const stage = await scene(
    {
      onPacket: (socket, { event, cid }) => {
        if (event !== 'login') return false;
        socket.send('{"event":"#setAuthToken","data":{"token":"t.o.k"},"cid":8}');
        socket.send(`{"rid":${cid}}`);
        return true;
      },
    },
    pingPong,
    { connect },
  );
  await openUser(stage);
  stage.driver.abandon(0, 'again');
  stage.driver.connect(0, undefined);
  await vi.waitFor(() => expect(stage.told).toHaveLength(3), FACT);
  const { packets, requests } = stage.target;
  expect(packets.map(({ event, data }) => [event, data])).toEqual([
    ['#handshake', { authToken: null }],
    ['login', { name: 'a' }],
    [undefined, undefined],
    ['#handshake', { authToken: 't.o.k' }],
  ]);
  expect(packets[2]).toEqual({ rid: 8 });
  expect(requests[0]?.url).toBe('/socketcluster/?room=1');
  expect(requests[0]?.headers['x-a']).toBe('b');
});

test('driver says login when the server refuses it', async () => {
  const stage = await scene(
    {
      onPacket: (socket, { event, cid }) => {
        if (event === 'login') socket.send(`{"rid":${cid},"error":"no"}`);
        return event === 'login';
      },
    },
    pingPong,
    { connect: { login: { event: 'login' } } },
  );
  stage.driver.connect(0, undefined);
  await stage.wait('0 refused login');
});

test('driver shows the frames of one user to a trace', async () => {
  const frames: string[] = [];
  const trace = {
    user: 1,
    frame: (direction: string, text: string, at: number) => frames.push(`${direction} ${at} ${text}`),
  };
  const stage = await scene({}, pingPong, { trace });
  await openUser(stage, 0);
  await openUser(stage, 1);
  stage.driver.send(0, 1);
  await stage.wait('0 answer 1 5');
  stage.driver.send(1, 2);
  await stage.wait('1 answer 3 5');
  const ping = 'out 5 {"event":"ping","data":{"message":"hello"}}';
  expect(frames).toEqual([
    'out 5 {"event":"#handshake","data":{"authToken":null},"cid":1}',
    'in 5 {"rid":1,"data":{"id":"x","pingTimeout":20000,"isAuthenticated":false}}',
    ping,
    ping,
    'in 5 {"event":"pong","data":{"count":2}}',
    'in 5 {"event":"pong","data":{"count":3}}',
  ]);
});
