import { afterEach, expect, test, vi } from 'vitest';
import type { PlannedBehaviour } from '../../plan/index.ts';
import { channels, gapOf } from '../../plan/testing.ts';
import type { DriverOptions } from '../driver.ts';
import { createSocketClusterDriver } from '../socketcluster/index.ts';
import { driverOptions, driverTold, FACT, pingPong, startTarget, type TargetOptions } from '../testing.ts';
import { createClientDriver } from './client-driver.ts';

const callers: PlannedBehaviour = { kind: 'calls', event: 'call', payload: 1, every: gapOf(), model: 'open' };
const custom: PlannedBehaviour = { kind: 'custom', file: '', options: null };

const opened: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function scene(
  options: TargetOptions = {},
  behaviour: PlannedBehaviour = pingPong,
  changes: Partial<DriverOptions> = {},
  create = createClientDriver,
) {
  const target = await startTarget(options);
  const { events, told, wait } = driverTold();
  const driver = create(driverOptions({ port: target.port, behaviour, events, ...changes }));
  opened.push(
    () => target.close(),
    () => driver.close(),
  );
  const open = async (user = 0) => {
    driver.connect(user, undefined);
    await wait(`${user} opened 7 5`);
  };
  return { target, driver, told, wait, open };
}

test.each([
  ['fast', createSocketClusterDriver],
  ['published', createClientDriver],
])('driver of the %s client says and hears the same as the other', async (_name, create) => {
  const pings = await scene({}, pingPong, {}, create);
  await pings.open(3);
  pings.driver.send(3, 2);
  await pings.wait('3 answer 2 5');
  expect(pings.told).toEqual(['3 opened 7 5', '3 answer 1 5', '3 answer 2 5']);
  expect(pings.target.packets.map(({ event, data }) => [event, data])).toEqual([
    ['#handshake', { authToken: null }],
    ['ping', { message: 'hello' }],
    ['ping', { message: 'hello' }],
  ]);

  const calls = await scene({}, callers, {}, create);
  await calls.open();
  calls.driver.call(0, 4);
  await calls.wait('0 response 4 false undefined');

  const publishers = await scene({}, channels({ payloadBytes: 3 }), {}, create);
  await publishers.open();
  publishers.driver.subscribe(0, [2, 5]);
  await publishers.wait('0 subscribed 5');
  publishers.driver.publish(0, { channel: 5, publisher: 9, sequence: 1, intended: 0.25 });
  await publishers.wait('0 push 5 9 1 0.25');
  const { data } = publishers.target.packets.at(-1) as { data: { data: object } };
  expect(JSON.stringify(data.data)).toBe('{"r":"7vatq8","p":9,"n":1,"t":250000,"f":"fff"}');
});

const closeAtOnce: TargetOptions['onPacket'] = (socket) => {
  socket.close(4009);
  return true;
};

test.each([
  ['a status', { status: 503 }, 'http-503'],
  ['the handshake', { onPacket: closeAtOnce }, 'close-4009'],
])('driver is refused by %s', async (_what, options, cause) => {
  const { driver, told, wait } = await scene(options);
  driver.connect(0, undefined);
  await wait(`0 refused ${cause}`);
  expect(told).toHaveLength(1);
});

test('driver is refused by an error in the handshake, and by nobody there', async () => {
  const { target, driver, wait } = await scene({
    onPacket: (socket, { cid }) => {
      socket.send(JSON.stringify({ rid: cid, error: { name: 'Error', message: 'no' } }));
      return true;
    },
  });
  driver.connect(0, undefined);
  await wait('0 refused handshake');
  await target.close();
  driver.connect(1, '127.0.0.7');
  await wait('1 refused refused');
});

test('driver tells of an end nobody asked for, and of none that was asked for', async () => {
  const { target, driver, told, wait, open } = await scene();
  await open(0);
  for (const socket of target.sockets) socket.close(4002);
  await wait('0 closed close-4002');
  await open(1);
  driver.abandon(1, 'bored');
  expect(told.at(-1)).toBe('1 closed bored');
  await open(2);
  driver.leave(2);
  await vi.waitFor(() => expect(target.closeCodes).toContain(1000), FACT);
  expect(told).toHaveLength(5);
});

test('driver brings a token, and uses the one a login gives from then on', async () => {
  const tokens: unknown[] = [];
  const { driver, target, open, wait } = await scene(
    {
      onPacket: (socket, { event, data, cid }) => {
        if (event === '#handshake') tokens.push((data as { authToken: unknown }).authToken);
        if (event !== 'login') return false;
        socket.send('{"event":"#setAuthToken","data":{"token":"e30.e30.x"}}');
        socket.send(`{"rid":${cid}}`);
        return true;
      },
    },
    pingPong,
    { connect: { tokens: { key: 'k', distinct: 2 }, login: { event: 'login', data: { name: 'n' } } } },
  );
  await open();
  driver.abandon(0, 'gone');
  await wait('0 closed gone');
  driver.connect(0, undefined);
  await vi.waitFor(() => expect(tokens).toHaveLength(2), FACT);
  expect(tokens).toEqual([expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/), 'e30.e30.x']);
  expect(target.packets.filter(({ event }) => event === 'login')).toHaveLength(1);
});

test('driver tells every event to users of a behaviour of their own, and shows the frames of one', async () => {
  const frames: string[] = [];
  const trace = { user: 0, frame: (way: string, text: string) => void frames.push(`${way} ${text}`) };
  const { driver, open, wait } = await scene({}, custom, { trace });
  await open();
  driver.emit(0, 'ping', { a: 1 }, undefined);
  await wait('0 event pong {"count":1}');
  driver.emit(0, 'call', 1, 7);
  await wait('0 response 7 false {"done":true}');
  expect(frames).toContain('out {"event":"ping","data":{"a":1}}');
  expect(frames).toContain('in {"event":"pong","data":{"count":1}}');
});

test.each([
  ['what the client throws at', pingPong, '{"event":"__proto__"}'],
  ['what the client throws at, as a call', pingPong, '{"event":"__defineGetter__","cid":1}'],
  ['a packet that breaks the protocol', custom, '{"event":"#publish","data":null}'],
])('driver ends a connection at %s', async (_what, behaviour, text) => {
  const { target, told, wait, open } = await scene({}, behaviour);
  await open();
  for (const socket of target.sockets) socket.send(text);
  await wait('0 closed protocol');
  expect(told.filter((line) => !line.includes(' event '))).toEqual(['0 opened 7 5', '0 closed protocol']);
});

test('driver keeps no token that is none', async () => {
  const tokens: unknown[] = [];
  const { driver, open, wait } = await scene(
    {
      onPacket: (socket, { event, data, cid }) => {
        if (event === '#handshake') tokens.push((data as { authToken: unknown }).authToken);
        if (event !== 'login') return false;
        socket.send('{"event":"#setAuthToken","data":{"token":{"a":1}}}');
        socket.send(`{"rid":${cid}}`);
        return true;
      },
    },
    pingPong,
    { connect: { login: { event: 'login', data: null } } },
  );
  await open();
  driver.abandon(0, 'gone');
  await wait('0 closed gone');
  driver.connect(0, undefined);
  await vi.waitFor(() => expect(tokens).toEqual([null, null]), FACT);
});

test('driver stops to read and reads on', async () => {
  const { driver, told, wait, open } = await scene();
  await open();
  driver.setReading(0, false);
  driver.send(0, 1);
  await open(1);
  driver.send(1, 1); // Answered later than the other one.
  await wait('1 answer 2 5');
  expect(told).not.toContain('0 answer 1 5');
  driver.setReading(0, true);
  await wait('0 answer 1 5');
});

test.each([
  ['fast', createSocketClusterDriver],
  ['published', createClientDriver],
])('driver of the %s client tells publications of another run from its own', async (_name, create) => {
  const { target, driver, told, wait, open } = await scene({}, channels(), {}, create);
  await open();
  driver.subscribe(0, [0]);
  await wait('0 subscribed 0');
  const publish = (data: object): void => {
    for (const socket of target.sockets)
      socket.send(JSON.stringify({ event: '#publish', data: { channel: 'bench/0', data } }));
  };
  publish({ r: 'others', p: 1, n: 2, t: 3, f: '' });
  // Nobody marks what a target says by itself.
  publish({ p: 1, n: 2, t: 3 });
  await wait('0 push 0 1 2 0.000003');
  expect(told.slice(2)).toEqual(['0 foreign', '0 push 0 1 2 0.000003']);
});

test.each([
  ['fast', createSocketClusterDriver],
  ['published', createClientDriver],
])(
  'driver of the %s client drops users whose target reads nothing, but for one message',
  async (_name, create) => {
    const { target, driver, told, open } = await scene({}, custom, {}, create);
    for (const user of [0, 1]) {
      await open(user);
      for (const socket of target.sockets) socket.pause();
      driver.emit(user, 'long', 'x'.repeat(32 * 1024 * 1024), undefined);
    }
    const [, ofPinged] = target.sockets;
    expect(told.filter((text) => text.includes('closed'))).toEqual([]);
    await vi.waitFor(() => {
      driver.emit(0, 'more', 1, undefined);
      ofPinged?.ping();
      expect(told).toEqual(expect.arrayContaining(['0 closed unread', '1 closed unread']));
    }, FACT);
  },
);
