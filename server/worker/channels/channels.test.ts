import { expect, test, vi } from 'vitest';
import { createMemoryBroker, createMemoryStore } from '../../broker/index.ts';
import { Exchange } from '../exchange.ts';
import { fakeBroker, settled } from '../testing.ts';

function makeExchange(): Exchange {
  const exchange = new Exchange();
  const store = createMemoryStore(() => undefined, undefined, { list: () => [], take: () => undefined });
  exchange.attach(createMemoryBroker(exchange.deliver), store);
  return exchange;
}

test('watch() by name subscribes, and unwatch() of the last leaves', async () => {
  const exchange = makeExchange();
  const [first, second] = [vi.fn(), vi.fn()];
  exchange.watch('news', first);
  exchange.watch('news', second);
  expect(exchange.watchers('news')).toEqual([first, second]);
  await exchange.publish('news', 1);
  exchange.unwatch('news', first);
  await exchange.publish('news', 2);
  expect([first.mock.calls, second.mock.calls]).toEqual([[[1]], [[1], [2]]]);
  exchange.unwatch('news');
  expect(exchange.subscriptions(true)).toEqual([]);
});

test('unwatch() by name reaches the watchers of every handle', async () => {
  const exchange = makeExchange();
  const watcher = vi.fn();
  exchange.subscribe('news').watch(watcher);
  exchange.unwatch('news', watcher);
  await exchange.publish('news', 1);
  expect(watcher).not.toHaveBeenCalled();
  expect(exchange.isSubscribed('news')).toBe(true);
});

test('unsubscribe() of one handle leaves the watchers of another theirs', async () => {
  const exchange = makeExchange();
  const [one, two] = [exchange.subscribe('room'), exchange.subscribe('room')];
  const [first, second] = [vi.fn(), vi.fn()];
  one.watch(first);
  two.watch(second);
  one.unsubscribe();
  await exchange.publish('room', 1);
  expect([first.mock.calls, second.mock.calls]).toEqual([[], [[1]]]);
});

test('subscribe() of a handle has its watchers called again', async () => {
  const exchange = makeExchange();
  const channel = exchange.subscribe('room');
  const watcher = vi.fn();
  channel.watch(watcher);
  channel.unsubscribe();
  await channel.publish(1);
  channel.subscribe();
  await channel.publish(2);
  expect(watcher.mock.calls).toEqual([[2]]);
});

test('subscribe() by name has watchers by name called again, unless the channel was destroyed', async () => {
  const exchange = makeExchange();
  const watcher = vi.fn();
  exchange.watch('news', watcher);
  exchange.unsubscribe('news');
  await exchange.publish('news', 1);
  exchange.subscribe('news');
  await exchange.publish('news', 2);
  exchange.destroyChannel('news');
  exchange.subscribe('news');
  await exchange.publish('news', 3);
  expect(watcher.mock.calls).toEqual([[2]]);
});

test('subscribe() of one name again and again keeps one subscription, which one unsubscribe() ends', () => {
  const exchange = makeExchange();
  exchange.subscribe('news');
  exchange.subscribe('news').unsubscribe();
  expect(exchange.subscriptions(true)).toEqual([]);
});

test('isSubscribed() and subscriptions() count a channel without a broker only when asked for', async () => {
  let take: () => void = () => undefined;
  const exchange = new Exchange();
  exchange.attach(fakeBroker({ subscribe: () => new Promise((resolve) => (take = resolve)) }));
  exchange.subscribe('news');
  expect([exchange.isSubscribed('news'), exchange.isSubscribed('news', true)]).toEqual([false, true]);
  expect([exchange.subscriptions(), exchange.subscriptions(true)]).toEqual([[], ['news']]);
  take();
  await settled();
  expect([exchange.isSubscribed('news'), exchange.subscriptions()]).toEqual([true, ['news']]);
});

test('channels that only sockets have joined are none of the application', async () => {
  const exchange = makeExchange();
  await exchange.join({ sendFrame: () => undefined }, 'news');
  expect(exchange.subscriptions(true)).toEqual([]);
});

test('on() tells of subscriptions, their end, and publications', async () => {
  const exchange = makeExchange();
  const told: unknown[] = [];
  for (const event of ['subscribe', 'unsubscribe', 'message'] as const) {
    exchange.on(event, (...details: unknown[]) => told.push([event, ...details]));
  }
  const channel = exchange.subscribe('news');
  await settled();
  await channel.publish(1);
  channel.destroy();
  expect(told).toEqual([
    ['subscribe', 'news', undefined],
    ['message', 'news', 1],
    ['unsubscribe', 'news', undefined],
  ]);
});

test('on("subscribe") is told also where sockets have joined before', async () => {
  const exchange = makeExchange();
  await exchange.join({ sendFrame: () => undefined }, 'news');
  const subscribed = vi.fn();
  exchange.subscribe('news').on('subscribe', subscribed);
  await settled();
  expect(subscribed).toHaveBeenCalledOnce();
});

test('on("subscribeFail") is told why', async () => {
  const exchange = new Exchange();
  exchange.attach(fakeBroker({ subscribe: () => Promise.reject(new Error('away')) }));
  const failed = vi.fn();
  exchange.on('subscribeFail', failed);
  exchange.subscribe('news').unsubscribe();
  exchange.subscribe('else');
  await settled();
  expect(failed.mock.calls).toEqual([[new Error('away'), 'else']]);
});

test('publish() and invokePublish() tell their callers, by promise or callback', async () => {
  const exchange = makeExchange();
  const published = vi.fn();
  await exchange.publish('news', 1, published);
  expect(published).toHaveBeenCalledExactlyOnceWith(null, undefined);
  await expect(exchange.invokePublish('news', 1)).resolves.toBeUndefined();
  const lost = new Exchange();
  lost.attach(fakeBroker({ publish: () => Promise.reject(new Error('away')) }));
  const failed = vi.fn();
  await lost.publish('news', 1, failed).catch(() => undefined);
  expect(failed).toHaveBeenCalledExactlyOnceWith(new Error('away'));
});

test('the data methods are those of global', async () => {
  const exchange = makeExchange();
  await exchange.set('greeting', 'hello');
  await expect(exchange.get('greeting')).resolves.toBe('hello');
  const bare = new Exchange();
  expect(() => bare.get('greeting')).toThrow(
    'Cannot use the data of the exchange: the worker has no store yet',
  );
});

test('watch() refuses at once what is no function', () => {
  const exchange = makeExchange();
  const refusal = /^Cannot watch the channel "news": .*wanted is a function$/;
  expect(() => exchange.watch('news', 'notfn' as never)).toThrow(refusal);
  expect(() => exchange.subscribe('news').watch('notfn' as never)).toThrow(refusal);
});
