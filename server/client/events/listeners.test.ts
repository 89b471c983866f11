import { expect, test, vi } from 'vitest';
import { callSafely, isLocalEvent, Listeners } from './listeners.ts';

test('isLocalEvent() knows the names a client keeps for itself', () => {
  expect(['connect', 'error', 'kickOut', 'raw'].every(isLocalEvent)).toBe(true);
  expect(['ping', '#publish', '__proto__', 'toString', ''].some(isLocalEvent)).toBe(false);
});

test('Listeners calls those of the event in their order, with all details', () => {
  const listeners = new Listeners();
  const order: unknown[] = [];
  listeners.add('a', (detail: number) => order.push(['first', detail]));
  listeners.add('a', (detail: number) => order.push(['second', detail]));
  listeners.add('b', () => order.push('never'));
  expect(listeners.call('a', 1)).toBe(true);
  expect(order).toEqual([
    ['first', 1],
    ['second', 1],
  ]);
  expect(listeners.call('none')).toBe(false);
});

test('Listeners calls the listeners of the moment when they change meanwhile', () => {
  const listeners = new Listeners();
  const late = vi.fn();
  const once = vi.fn(() => listeners.add('a', late));
  listeners.add('a', once, true);
  listeners.call('a');
  expect(late).not.toHaveBeenCalled();
  listeners.call('a');
  expect([once, late].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
});

test('remove() takes one listener, all of an event, or all', () => {
  const listeners = new Listeners();
  const [first, second] = [vi.fn(), vi.fn()];
  listeners.add('a', first);
  listeners.add('a', second);
  listeners.remove('a', first);
  listeners.call('a');
  expect([first, second].map(({ mock }) => mock.calls.length)).toEqual([0, 1]);
  listeners.remove('a');
  expect(listeners.isEmpty).toBe(true);
  listeners.add('b', first);
  listeners.remove();
  expect(listeners.isEmpty).toBe(true);
});

test('callSafely() throws what a listener throws after the others were called', () => {
  const afterwards = vi.spyOn(globalThis, 'queueMicrotask').mockImplementation(() => undefined);
  const failure = new Error('of the application');
  callSafely(() => {
    throw failure;
  });
  const rethrow = afterwards.mock.lastCall?.[0];
  afterwards.mockRestore();
  expect(rethrow).toThrow(failure);
});
