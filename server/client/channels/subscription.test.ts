import { expect, test, vi } from 'vitest';
import { Stream } from '../events/index.ts';
import { Subscription } from './subscription.ts';

test('Subscription is idle until it is asked for or somebody listens', () => {
  const subscription = new Subscription('a');
  expect(subscription.isIdle).toBe(true);
  subscription.watchers.add(vi.fn());
  expect(subscription.isIdle).toBe(false);
  subscription.watchers.clear();
  subscription.listeners.add('subscribe', vi.fn());
  expect(subscription.isIdle).toBe(false);
  subscription.listeners.remove();
  subscription.state = 'pending';
  expect(subscription.isIdle).toBe(false);
});

test('deliver() reaches watchers and streams of this moment', async () => {
  const subscription = new Subscription('a');
  const late = vi.fn();
  const early = vi.fn(() => void subscription.watchers.add(late));
  const stream = new Stream<unknown>(10, () => undefined);
  subscription.watchers.add(early);
  subscription.streams.add(stream);
  subscription.deliver(1);
  expect(early).toHaveBeenCalledExactlyOnceWith(1);
  expect(late).not.toHaveBeenCalled();
  expect((await stream.next()).value).toBe(1);
});

test('endStreams() ends them all', async () => {
  const subscription = new Subscription('a');
  const streams = [1, 2].map(() => new Stream<unknown>(10, () => undefined));
  streams.forEach((stream) => {
    subscription.streams.add(stream);
  });
  subscription.endStreams();
  expect((await Promise.all(streams.map((stream) => stream.next()))).every(({ done }) => done)).toBe(true);
});
