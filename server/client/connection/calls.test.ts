import { expect, test, vi } from 'vitest';
import { ManualClock } from '../testing.ts';
import { Calls } from './calls.ts';

test('Calls hands a response to the call it answers, once', () => {
  const calls = new Calls(new ManualClock(), 1);
  const [first, second] = [vi.fn(), vi.fn()];
  expect([calls.add('a', first, 100), calls.add('b', second, 100)]).toEqual([2, 3]);
  calls.settle(3, undefined, 'for b');
  calls.settle(3, undefined, 'again');
  calls.settle(2, { message: 'no', name: 'E' }, undefined);
  expect(second.mock.calls).toEqual([[null, 'for b']]);
  expect(first).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ name: 'E', message: 'no' }),
    undefined,
  );
});

test('Calls takes "error": null for success', () => {
  const calls = new Calls(new ManualClock());
  const answered = vi.fn();
  calls.settle(calls.add('a', answered, 100), null, 1);
  expect(answered).toHaveBeenCalledWith(null, 1);
});

test('Calls fails a call with TimeoutError when its time is over, and drops the late answer', () => {
  const clock = new ManualClock();
  const calls = new Calls(clock);
  const answered = vi.fn();
  const cid = calls.add('slow', answered, 100);
  clock.advance(99);
  expect(answered).not.toHaveBeenCalled();
  clock.advance(1);
  calls.settle(cid, null, 'late');
  expect(answered).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ name: 'TimeoutError', message: expect.stringContaining('"slow"') }),
  );
});

test('Calls waits for ever when told so, and leaves no timer behind an answer', () => {
  const clock = new ManualClock();
  const calls = new Calls(clock);
  calls.add('endless', vi.fn(), Number.POSITIVE_INFINITY);
  expect(clock.pauses).toEqual([]);
  calls.settle(calls.add('quick', vi.fn(), 100), null, undefined);
  expect(clock.pauses).toEqual([]);
});

test('takeAll() fails the calls of its moment, not those made while it fails them', () => {
  const calls = new Calls(new ManualClock());
  const later = vi.fn();
  const early = vi.fn((_error: unknown) => void calls.add('later', later, 100));
  calls.add('early', early, 100);
  calls.takeAll()({ type: 'disconnect', code: 1009, reason: undefined });
  expect(early).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ name: 'BadConnectionError', type: 'disconnect', code: 1009 }),
  );
  expect(String(early.mock.lastCall)).toContain('1009: Message is larger than maxPayload');
  expect(later).not.toHaveBeenCalled();
});
