import { beforeEach, expect, test, vi } from 'vitest';
import type { Untyped } from '../../protocol/index.ts';
import { Channels } from './channels.ts';
import { Subscriber } from './subscriber.ts';

const call = vi.fn();
let channels: Channels;
let subscriber: Subscriber<Untyped>;

beforeEach(() => {
  vi.clearAllMocks();
  channels = new Channels({
    isOpen: true,
    isAuthenticated: false,
    call,
    transmit: vi.fn(),
    inBatch: (work) => work(),
    raise: vi.fn(),
    published: vi.fn(),
  });
  subscriber = new Subscriber(channels);
});

test('Subscriber does by name what its channels do', () => {
  const watcher = vi.fn();
  subscriber.watch('a', watcher);
  expect(subscriber.subscribe('a').state).toBe('pending');
  expect([subscriber.subscriptions(), subscriber.subscriptions(true)]).toEqual([[], ['a']]);
  call.mock.lastCall?.[2](null);
  expect(subscriber.isSubscribed('a')).toBe(true);
  channels.deliver('a', 1);
  subscriber.unwatch('a', watcher);
  channels.deliver('a', 2);
  expect(watcher.mock.calls).toEqual([[1]]);
  subscriber.unsubscribe('a');
  expect(subscriber.subscriptions(true)).toEqual([]);
});

test('a channel of a name is one channel however often it is asked for', () => {
  subscriber.channel('a').subscribe();
  expect(subscriber.channel('a').state).toBe('pending');
  subscriber.destroyChannel('a');
  expect(subscriber.channel('a').state).toBe('unsubscribed');
});

test('processPendingSubscriptions() asks for what waits', () => {
  subscriber.subscribe('a');
  channels.suspend();
  subscriber.processPendingSubscriptions();
  expect(call).toHaveBeenCalledTimes(2);
});

test('publish() resolves with what the server answers', async () => {
  const published = subscriber.publish('a', 1);
  call.mock.lastCall?.[2](null, 'stored');
  expect(await published).toBe('stored');
});
