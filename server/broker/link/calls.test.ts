import { expect, test } from 'vitest';
import { Calls } from './calls.ts';

function add(calls: Calls, kind: 'publish' | 'subscribe' = 'publish', channel = 'news') {
  const settled: unknown[] = [];
  const id = calls.add(
    kind,
    channel,
    () => settled.push('resolved'),
    (error) => settled.push(error.message),
  );
  return { id, settled };
}

test('Calls.add() numbers calls from 1, since 0 asks for no acknowledgement', () => {
  const calls = new Calls();
  expect([add(calls).id, add(calls).id]).toEqual([1, 2]);
});

test('Calls.take() gives a call once', () => {
  const calls = new Calls();
  const { id, settled } = add(calls);
  calls.take(id)?.resolve();
  calls.take(id)?.resolve();
  expect(settled).toEqual(['resolved']);
});

test('Calls.expire() rejects the calls that are old enough and returns them', () => {
  const calls = new Calls();
  const { id, settled } = add(calls);
  expect(calls.expire(60_000)).toEqual([]);
  expect(settled).toEqual([]);
  expect(calls.expire(0)).toHaveLength(1);
  expect(settled).toEqual(['Cannot publish to "news": no acknowledgement within 0 ms']);
  expect(calls.take(id)).toBeUndefined();
});

test('Calls.reject() rejects the chosen calls and keeps the others', () => {
  const calls = new Calls();
  const published = add(calls);
  const subscribed = add(calls, 'subscribe');
  calls.markSent(published.id);
  calls.reject('the link broke', (call) => call.isSent);
  expect(published.settled).toEqual(['Cannot publish to "news": the link broke']);
  expect([...calls].map(([id]) => id)).toEqual([subscribed.id]);
});

test('Calls.isSubscribing() looks at subscriptions of that channel only', () => {
  const calls = new Calls();
  add(calls, 'publish', 'a');
  add(calls, 'subscribe', 'b');
  expect([calls.isSubscribing('a'), calls.isSubscribing('b')]).toEqual([false, true]);
});
