import { expect, test, vi } from 'vitest';
import { createMemoryBroker } from '../../broker/index.ts';
import { Exchange } from '../exchange.ts';
import { fakeBroker, settled } from '../testing.ts';

test('state goes from unsubscribed over pending to subscribed and back', async () => {
  const exchange = new Exchange();
  exchange.attach(fakeBroker({}));
  const channel = exchange.channel('news');
  const states = [channel.getState()];
  channel.subscribe();
  states.push(channel.state);
  await settled();
  states.push(channel.state);
  channel.unsubscribe();
  states.push(channel.state);
  expect(states).toEqual(['unsubscribed', 'pending', 'subscribed', 'unsubscribed']);
});

test('watch() of a channel nobody has subscribed to subscribes', async () => {
  const exchange = new Exchange();
  exchange.attach(createMemoryBroker(exchange.deliver));
  const channel = exchange.channel('news');
  const watcher = vi.fn();
  channel.watch(watcher);
  const published = vi.fn();
  await channel.publish(1, published);
  expect([channel.watchers(), watcher.mock.calls]).toEqual([[watcher], [[1]]]);
  expect(published).toHaveBeenCalledOnce();
  channel.unwatch(watcher);
  expect(channel.isSubscribed(true)).toBe(false);
});

test('once() and off() do as those of an emitter, for this channel alone', async () => {
  const exchange = new Exchange();
  exchange.attach(fakeBroker({}));
  const channel = exchange.channel('news');
  const [always, once, never] = [vi.fn(), vi.fn(), vi.fn()];
  channel.on('subscribe', always).once('subscribe', once).on('subscribe', never).off('subscribe', never);
  for (const name of ['news', 'else', 'news']) {
    exchange.subscribe(name);
    await settled();
    exchange.unsubscribe(name);
  }
  expect([always, once, never].map(({ mock }) => mock.calls.length)).toEqual([2, 1, 0]);
});

test('destroy() forgets the watchers', async () => {
  const exchange = new Exchange();
  exchange.attach(createMemoryBroker(exchange.deliver));
  const channel = exchange.subscribe('news');
  channel.watch(() => undefined);
  channel.destroy();
  channel.subscribe();
  expect(channel.watchers()).toEqual([]);
});
