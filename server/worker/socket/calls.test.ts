import { expect, test, vi } from 'vitest';
import { Calls } from './calls.ts';

test('Calls settles a call once, by its number', () => {
  const calls = new Calls();
  const answered = vi.fn();
  const cid = calls.add('x', 10, answered);
  calls.settle(cid, undefined, 'data');
  calls.settle(cid, undefined, 'again');
  expect(answered).toHaveBeenCalledExactlyOnceWith(null, 'data');
});

test('Calls takes a null error for none', () => {
  const calls = new Calls();
  const answered = vi.fn();
  calls.settle(calls.add('x', 10, answered), null, 'answer');
  expect(answered).toHaveBeenCalledWith(null, 'answer');
});

test('Calls ignores responses to nothing', () => {
  const calls = new Calls();
  const answered = vi.fn();
  calls.add('x', 10, answered);
  for (const rid of [2, '1', null, '__proto__']) {
    calls.settle(rid, undefined, 1);
  }
  expect(answered).not.toHaveBeenCalled();
});

test('Calls gives up those whose time is over with a TimeoutError', () => {
  const calls = new Calls();
  const early = vi.fn();
  const late = vi.fn();
  calls.add('early', 5, early);
  calls.add('late', 6, late);
  expect(calls.expire(5)).toBe(6);
  expect(early.mock.calls[0]?.[0]).toMatchObject({ name: 'TimeoutError' });
  expect(late).not.toHaveBeenCalled();
  expect(calls.expire(6)).toBeUndefined();
});

test('Calls abandons all with a BadConnectionError when the socket ends', () => {
  const calls = new Calls();
  const answered = vi.fn();
  calls.add('x', 5, answered);
  calls.abandon();
  expect(answered.mock.calls[0]?.[0]).toMatchObject({ name: 'BadConnectionError', type: 'disconnect' });
});
