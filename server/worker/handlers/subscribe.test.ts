import { expect, test, vi } from 'vitest';
import { Client, fakeBroker, makeServer, settled } from '../testing.ts';

test('#subscribe is answered after the broker took note, in text and object form', async () => {
  const server = makeServer();
  const client = new Client(server).open();
  client.say({ event: '#subscribe', data: 'old', cid: 2 });
  client.say({ event: '#subscribe', data: { channel: 'new' }, cid: 3 });
  client.say({ event: '#subscribe', data: { channel: 'new' }, cid: 4 });
  await settled();
  expect(client.hear()).toEqual([{ rid: 2 }, { rid: 3 }, { rid: 4 }]);
  expect(client.socket.subscriptions()).toEqual(['old', 'new']);
});

test('#subscribe refuses a name that is no text and a channel too many', async () => {
  const server = makeServer({ socketChannelLimit: 1 });
  const client = new Client(server).open();
  client.say({ event: '#subscribe', data: { channel: 7 }, cid: 2 });
  client.say({ event: '#subscribe', cid: 3 });
  client.say({ event: '#subscribe', data: 'a', cid: 4 });
  client.say({ event: '#subscribe', data: 'b', cid: 5 });
  await settled();
  expect(client.hear()).toMatchObject([
    { rid: 2, error: { name: 'InvalidActionError' } },
    { rid: 3, error: { name: 'InvalidActionError' } },
    { rid: 5, error: { name: 'BrokerError' } },
    { rid: 4 },
  ]);
});

test('#unsubscribe ends deliveries, in text and object form, and refuses what is not subscribed', async () => {
  const server = makeServer();
  const client = new Client(server).open();
  client.say({ event: '#subscribe', data: 'a', cid: 2 });
  client.say({ event: '#subscribe', data: 'b', cid: 3 });
  await settled();
  client.hear();
  client.say({ event: '#unsubscribe', data: 'a', cid: 4 });
  client.say({ event: '#unsubscribe', data: { channel: 'b' }, cid: 5 });
  client.say({ event: '#unsubscribe', data: 'nope', cid: 6 });
  client.say({ event: '#unsubscribe', data: 'nope' });
  await server.exchange.publish('a', 1);
  await server.exchange.publish('b', 1);
  expect(client.hear()).toMatchObject([{ rid: 4 }, { rid: 5 }, { rid: 6, error: { name: 'BrokerError' } }]);
});

test('channel names from Object.prototype are names like any other', async () => {
  const server = makeServer();
  const client = new Client(server).open();
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''];
  for (const [index, channel] of names.entries()) {
    client.say(`{"event":"#subscribe","data":{"channel":${JSON.stringify(channel)}},"cid":${index + 2}}`);
  }
  await settled();
  client.hear();
  for (const channel of names) {
    await server.exchange.publish(channel, 'x');
  }
  expect(client.hear()).toEqual(
    names.map((channel) => ({ event: '#publish', data: { channel, data: 'x' } })),
  );
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('#subscribe is refused with a BrokerError when no broker takes note, and may be tried again', async () => {
  const subscribe = vi.fn<() => Promise<void>>().mockRejectedValueOnce(new Error('away at /run/b0'));
  const server = makeServer({}, fakeBroker({ subscribe: subscribe.mockResolvedValue() }));
  const subscription = vi.fn();
  server.on('subscription', subscription);
  const client = new Client(server).open();
  client.say({ event: '#subscribe', data: 'a', cid: 2 });
  await settled();
  const refusal = client.hear();
  expect(refusal).toMatchObject([{ rid: 2, error: { name: 'BrokerError' } }]);
  expect(JSON.stringify(refusal)).not.toContain('/run/b0');
  expect(client.socket.subscriptions()).toEqual([]);
  client.say({ event: '#subscribe', data: 'a', cid: 3 });
  await settled();
  expect(client.hear()).toEqual([{ rid: 3 }]);
  expect(subscription).toHaveBeenCalledExactlyOnceWith(client.socket, 'a');
});

test('#subscribe that fails late leaves a newer subscription to the channel alone', async () => {
  const asked: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const subscribe = (): Promise<void> => {
    return new Promise((resolve, reject) => asked.push({ resolve, reject }));
  };
  const server = makeServer({}, fakeBroker({ subscribe }));
  const client = new Client(server).open();
  client.say({ event: '#subscribe', data: 'a', cid: 2 });
  client.say({ event: '#unsubscribe', data: 'a', cid: 3 });
  client.say({ event: '#subscribe', data: 'a', cid: 4 });
  asked[1]!.resolve();
  await settled();
  asked[0]!.reject(new Error('late'));
  await settled();
  expect(client.hear()).toMatchObject([{ rid: 3 }, { rid: 4 }, { rid: 2, error: { name: 'BrokerError' } }]);
  expect(client.socket.subscriptions()).toEqual(['a']);
  client.end();
  expect(server.exchange.has(client.socket, 'a')).toBe(false);
});

test('#subscribe that is overtaken by #unsubscribe is not told to the application', async () => {
  const server = makeServer();
  const subscription = vi.fn();
  server.on('subscription', subscription);
  const client = new Client(server).open();
  client.say({ event: '#subscribe', data: 'a', cid: 2 });
  client.say({ event: '#unsubscribe', data: 'a', cid: 3 });
  await settled();
  expect(subscription).not.toHaveBeenCalled();
});

test('a client that is gone while middleware decides gets into no channel', async () => {
  const server = makeServer();
  let decide: () => void = () => undefined;
  server.addMiddleware(server.MIDDLEWARE_SUBSCRIBE, (_request: unknown, next: () => void) => {
    decide = next;
  });
  const client = new Client(server).open();
  client.say({ event: '#subscribe', data: { channel: 'c' }, cid: 7 });
  client.end();
  decide();
  await settled();
  expect(server.exchange.has(client.socket, 'c')).toBe(false);
});

test('#subscribe refuses a name that is too long, and names that are too long together', async () => {
  const server = makeServer({ channelNameLimit: 100, socketChannelNamesLimit: 250 });
  const client = new Client(server).open();
  const name = (n: number): string => `${n}`.padEnd(100, 'x');
  client.say({ event: '#subscribe', data: `${name(0)}x`, cid: 2 });
  client.say({ event: '#subscribe', data: name(1), cid: 3 });
  client.say({ event: '#subscribe', data: name(2), cid: 4 });
  client.say({ event: '#subscribe', data: name(3), cid: 5 });
  client.say({ event: '#subscribe', data: name(2), cid: 6 });
  client.say({ event: '#subscribe', data: 'short', cid: 7 });
  await settled();
  expect(client.hear()).toMatchObject([
    { rid: 2, error: { name: 'InvalidActionError', message: 'Channel name is longer than 100 characters' } },
    {
      rid: 5,
      error: { name: 'BrokerError', message: expect.stringMatching(/limit of 250 characters of names$/) },
    },
    { rid: 3 },
    { rid: 4 },
    { rid: 6 },
    { rid: 7 },
  ]);
  client.say({ event: '#unsubscribe', data: name(1) });
  client.say({ event: '#subscribe', data: name(3), cid: 8 });
  await settled();
  expect(client.hear()).toEqual([{ rid: 8 }]);
});

test('each subscription is followed by one unsubscription: asked for, kicked out, or at the end', async () => {
  const server = makeServer();
  const heard: string[] = [];
  server.on('subscription', (_socket, channel) => heard.push(`+${channel}`));
  server.on('unsubscription', (_socket, channel) => heard.push(`-${channel}`));
  server.on('disconnection', () => heard.push('end'));
  const client = new Client(server).open();
  for (const channel of ['a', 'b', 'c', 'c']) {
    client.say({ event: '#subscribe', data: channel });
  }
  await settled();
  client.say({ event: '#unsubscribe', data: 'a' });
  client.socket.kickOut('b');
  client.end();
  expect(heard).toEqual(['+a', '+b', '+c', '-a', '-b', '-c', 'end']);
});

test('a subscription that no broker had noted when it ended is told of by nobody', async () => {
  const noted: (() => void)[] = [];
  const server = makeServer(
    {},
    fakeBroker({ subscribe: () => new Promise((resolve) => noted.push(resolve)) }),
  );
  const heard: string[] = [];
  server.on('subscription', (_socket, channel) => heard.push(`+${channel}`));
  server.on('unsubscription', (_socket, channel) => heard.push(`-${channel}`));
  const client = new Client(server).open();
  client.say({ event: '#subscribe', data: 'left' });
  client.say({ event: '#unsubscribe', data: 'left' });
  client.say({ event: '#subscribe', data: 'twice' });
  client.say({ event: '#unsubscribe', data: 'twice' });
  client.say({ event: '#subscribe', data: 'twice' });
  client.say({ event: '#subscribe', data: 'ended' });
  for (const note of noted.slice(0, -1)) {
    note();
  }
  await settled();
  client.end();
  noted.at(-1)?.();
  await settled();
  expect(heard).toEqual(['+twice', '-twice']);
});
