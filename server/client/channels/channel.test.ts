import { beforeEach, expect, test, vi } from 'vitest';
import { Channel } from './channel.ts';
import { Channels } from './channels.ts';

const owner = {
  isOpen: true,
  isAuthenticated: false,
  call: vi.fn(),
  transmit: vi.fn(),
  inBatch: (work: () => void) => work(),
  raise: vi.fn(),
  published: vi.fn(),
};
let channels: Channels;
let channel: Channel<number>;

beforeEach(() => {
  vi.clearAllMocks();
  channels = new Channels(owner);
  channel = new Channel<number>('a', channels);
});

/** Has the server answer the latest call. */
function answer(error: unknown = null): void {
  owner.call.mock.lastCall?.[2](error);
}

test('Channel shows state and options of its subscription', () => {
  expect(channel).toMatchObject({ name: 'a', state: 'unsubscribed', options: {} });
  expect(channel.subscribe({ priority: 1 })).toBe(channel);
  expect(channel).toMatchObject({ state: 'pending', options: { priority: 1 } });
  expect([channel.isSubscribed(), channel.isSubscribed(true)]).toEqual([false, true]);
  answer();
  expect(channel.isSubscribed()).toBe(true);
  channel.unsubscribe();
  expect(channel.state).toBe('unsubscribed');
});

test('watch() and unwatch() add and remove watchers', () => {
  const [first, second] = [vi.fn(), vi.fn()];
  channel.subscribe().watch(first).watch(second).watch(first);
  expect(channel.watchers()).toEqual([first, second]);
  channel.unwatch(first);
  channels.deliver('a', 1);
  expect(first).not.toHaveBeenCalled();
  expect(second).toHaveBeenCalledExactlyOnceWith(1);
  channel.unwatch();
  expect(channel.watchers()).toEqual([]);
});

test('on(), once() and off() hear the channel of this name alone', () => {
  const [always, once, never] = [vi.fn(), vi.fn(), vi.fn()];
  channel.on('subscribe', always).once('subscribe', once).on('subscribe', never).off('subscribe', never);
  for (const name of ['a', 'b', 'a']) {
    channels.subscribe(name);
    answer();
    channels.unsubscribe(name);
  }
  expect([always, once, never].map(({ mock }) => mock.calls.length)).toEqual([2, 1, 0]);
  expect(always).toHaveBeenCalledWith('a', {});
});

test('Channel is read by a loop that unsubscribing ends', async () => {
  channel.subscribe();
  const read: number[] = [];
  const loop = (async () => {
    for await (const data of channel) {
      read.push(data);
    }
  })();
  channels.deliver('a', 1);
  channels.deliver('a', 2);
  channel.unsubscribe();
  await loop;
  expect(read).toEqual([1, 2]);
});

test('stream() keeps no more than its capacity', async () => {
  const stream = channel.subscribe().stream({ capacity: 1 });
  channels.deliver('a', 1);
  channels.deliver('a', 2);
  expect(stream.lost).toBe(1);
  expect((await stream.next()).value).toBe(2);
});

test('publish() and transmitPublish() need no subscription', async () => {
  const published = channel.publish(1);
  answer();
  await published;
  channel.transmitPublish(2);
  expect(owner.transmit).toHaveBeenCalledWith('#publish', { channel: 'a', data: 2 });
});

test('destroy() forgets watchers and listeners', () => {
  const watcher = vi.fn();
  channel.subscribe().watch(watcher).on('subscribe', watcher);
  channel.destroy();
  channel.subscribe();
  answer();
  channels.deliver('a', 1);
  expect(watcher).not.toHaveBeenCalled();
});
