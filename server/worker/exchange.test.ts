import { expect, onTestFinished, test, vi } from 'vitest';
import { createMemoryBroker } from '../broker/index.ts';
import { Exchange, type Subscriber } from './exchange.ts';
import { fakeBroker, settled } from './testing.ts';

/** A subscriber that keeps the frames it gets. */
class Inbox implements Subscriber {
  readonly frames: Buffer[] = [];

  sendFrame(frame: Buffer): void {
    this.frames.push(frame);
  }
}

function makeExchange(): Exchange {
  const exchange = new Exchange();
  exchange.attach(createMemoryBroker(exchange.deliver));
  return exchange;
}

test('Exchange gives all subscribers of a channel the same frame', async () => {
  const exchange = makeExchange();
  const [one, two, other] = [new Inbox(), new Inbox(), new Inbox()];
  await exchange.join(one, 'news');
  await exchange.join(two, 'news');
  await exchange.join(other, 'else');
  await exchange.publish('news', { a: 1 });
  expect(one.frames).toHaveLength(1);
  expect(one.frames[0]).toBe(two.frames[0]);
  expect(one.frames[0]?.subarray(2).toString()).toBe(
    '{"event":"#publish","data":{"channel":"news","data":{"a":1}}}',
  );
  expect(other.frames).toEqual([]);
});

test('Exchange tells the broker of the first listener and of the last only', async () => {
  const asked: string[] = [];
  const exchange = new Exchange();
  exchange.attach(
    fakeBroker({
      subscribe: async (channel) => void asked.push(`+${channel}`),
      unsubscribe: async (channel) => void asked.push(`-${channel}`),
    }),
  );
  const [one, two] = [new Inbox(), new Inbox()];
  await exchange.join(one, 'news');
  await exchange.join(two, 'news');
  const channel = exchange.subscribe('news');
  channel.watch(() => undefined);
  exchange.leave(one, 'news');
  exchange.leave(one, 'news');
  exchange.leave(two, 'news');
  expect(asked).toEqual(['+news']);
  channel.unsubscribe();
  channel.unsubscribe();
  expect(asked).toEqual(['+news', '-news']);
});

test('Exchange hands watchers the data, also where there is none', async () => {
  const exchange = makeExchange();
  const channel = exchange.subscribe('news');
  const [first, second] = [vi.fn(), vi.fn()];
  channel.watch(first);
  channel.watch(second);
  await channel.publish([1, null]);
  channel.unwatch(second);
  exchange.transmitPublish('news');
  expect(first.mock.calls).toEqual([[[1, null]], [undefined]]);
  expect(second.mock.calls).toEqual([[[1, null]]]);
});

test.each(['not JSON', '{}', 'null', ''])(
  'Exchange keeps what it cannot read from the application, counts it and goes on: %j',
  async (packed) => {
    const exchange = makeExchange();
    const heard = vi.fn();
    exchange.subscribe('news').watch(heard);
    exchange.deliver('news', Buffer.from(packed));
    const reviewed = vi.fn();
    exchange.review = (_subscriber, { data }) => reviewed(data);
    await exchange.join(new Inbox(), 'news');
    exchange.deliver('news', Buffer.from(packed));
    await exchange.publish('news', 'on');
    expect([heard.mock.calls, reviewed.mock.calls]).toEqual([[['on']], [['on']]]);
    expect(exchange.unreadable).toBe(3);
  },
);

test('Exchange serves everyone although a watcher throws', async () => {
  const later: (() => void)[] = [];
  vi.stubGlobal('setImmediate', (callback: () => void) => later.push(callback));
  onTestFinished(() => void vi.unstubAllGlobals());
  const exchange = makeExchange();
  const channel = exchange.subscribe('news');
  const second = vi.fn();
  channel.watch(() => {
    throw new Error('planted');
  });
  channel.watch(second);
  await channel.publish(1);
  expect(second).toHaveBeenCalledWith(1);
  expect(later).toHaveLength(1);
  expect(later[0]).toThrow('planted');
});

test('join() waits for the broker, and rejects with the socket out again when none took note', async () => {
  let refuse: (error: Error) => void = () => undefined;
  const subscribe = vi.fn(() => new Promise<void>((_resolve, reject) => (refuse = reject)));
  const exchange = new Exchange();
  exchange.attach(fakeBroker({ subscribe }));
  const inbox = new Inbox();
  const joined = exchange.join(inbox, 'news');
  expect(exchange.has(inbox, 'news')).toBe(true);
  refuse(new Error('away'));
  await expect(joined).rejects.toThrow('away');
  expect(exchange.has(inbox, 'news')).toBe(false);
  exchange.join(inbox, 'news').catch(() => undefined);
  expect(subscribe).toHaveBeenCalledTimes(2);
  refuse(new Error('away'));
});

test('watch() has the broker asked again until it takes note', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const subscribe = vi.fn(async () => {
    if (subscribe.mock.calls.length < 3) {
      throw new Error('away');
    }
  });
  const exchange = new Exchange();
  exchange.attach(fakeBroker({ subscribe }));
  const watcher = vi.fn();
  exchange.subscribe('news').watch(watcher);
  for (const calls of [1, 2, 3, 3]) {
    await settled();
    expect(subscribe).toHaveBeenCalledTimes(calls);
    vi.advanceTimersByTime(1_000);
  }
  exchange.deliver('news', Buffer.from('{"event":"#publish","data":{"channel":"news","data":7}}'));
  expect(watcher).toHaveBeenCalledExactlyOnceWith(7);
});

test('join() that fails on a channel with watchers leaves the watchers alone in it', async () => {
  const exchange = new Exchange();
  exchange.attach(fakeBroker({ subscribe: async () => Promise.reject(new Error('away')) }));
  const [inbox, watcher] = [new Inbox(), vi.fn()];
  exchange.subscribe('news').watch(watcher);
  await expect(exchange.join(inbox, 'news')).rejects.toThrow('away');
  exchange.deliver('news', Buffer.from('{"event":"#publish","data":{"channel":"news"}}'));
  expect(watcher).toHaveBeenCalledOnce();
  expect(inbox.frames).toEqual([]);
});

test('unsubscribe() ends the asking for a channel no broker took note of', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const subscribe = vi.fn(async () => Promise.reject(new Error('away')));
  const exchange = new Exchange();
  exchange.attach(fakeBroker({ subscribe }));
  const channel = exchange.subscribe('news');
  channel.watch(() => undefined);
  await settled();
  channel.unsubscribe();
  vi.advanceTimersByTime(5_000);
  await settled();
  expect(subscribe).toHaveBeenCalledOnce();
});

test('Exchange says so when it is used before it has a broker', () => {
  const exchange = new Exchange();
  expect(() => exchange.publish('news')).toThrow('the worker has no broker yet');
  expect(() => exchange.transmitPublish('news')).toThrow('the worker has no broker yet');
});

test('publish() throws for what cannot be JSON', () => {
  expect(() => makeExchange().publish('news', 1n)).toThrow(TypeError);
});

test('publish() that nobody awaits ends no worker when no broker takes it', async () => {
  const refused = new Error('away');
  const exchange = new Exchange();
  exchange.attach(fakeBroker({ publish: () => Promise.reject(refused) }));
  const unheard = vi.fn();
  process.once('unhandledRejection', unheard);
  onTestFinished(() => void process.off('unhandledRejection', unheard));
  void exchange.publish('c', 1);
  await expect(exchange.publish('c', 2)).rejects.toBe(refused);
  await settled();
  expect(unheard).not.toHaveBeenCalled();
});

test('Exchange refuses names that are no text and watchers that are no functions, at once', () => {
  const exchange = makeExchange();
  for (const name of [undefined, null, 5, ['c']]) {
    expect(() => exchange.publish(name as never)).toThrow(/^Cannot publish to a channel: .*wanted is text$/);
    expect(() => exchange.transmitPublish(name as never)).toThrow(TypeError);
    expect(() => exchange.subscribe(name as never)).toThrow(TypeError);
  }
  const channel = exchange.subscribe('c');
  for (const watcher of [undefined, null, 'notfn', {}]) {
    expect(() => channel.watch(watcher as never)).toThrow(
      /^Cannot watch the channel "c": .*wanted is a function$/,
    );
  }
});
