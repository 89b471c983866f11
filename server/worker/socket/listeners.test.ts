import { expect, test, vi } from 'vitest';
import { Listeners } from './listeners.ts';

test('Listeners calls those of the event, in order, with all details', () => {
  const listeners = new Listeners();
  const calls: unknown[] = [];
  listeners.add('a', (...details: unknown[]) => calls.push(['first', ...details]));
  listeners.add('b', () => calls.push('never'));
  listeners.add('a', (...details: unknown[]) => calls.push(['second', ...details]));
  expect(listeners.call('a', 1, 2)).toBe(true);
  expect(calls).toEqual([
    ['first', 1, 2],
    ['second', 1, 2],
  ]);
});

test('Listeners tells when nobody listens, whatever the name', () => {
  const listeners = new Listeners();
  for (const name of ['__proto__', 'constructor', 'toString', 'x']) {
    expect(listeners.call(name)).toBe(false);
  }
});

test('Listeners calls a listener added with once a single time', () => {
  const listeners = new Listeners();
  const listener = vi.fn();
  listeners.add('a', listener, true);
  void listeners.call('a');
  void listeners.call('a');
  expect(listener).toHaveBeenCalledOnce();
});

test('Listeners calls everyone of the moment when one removes another', () => {
  const listeners = new Listeners();
  const second = vi.fn();
  listeners.add('a', () => listeners.remove('a', second));
  listeners.add('a', second);
  void listeners.call('a');
  void listeners.call('a');
  expect(second).toHaveBeenCalledOnce();
});

test('Listeners removes all of an event when no listener is named', () => {
  const listeners = new Listeners();
  listeners.add('a', () => undefined);
  listeners.add('a', () => undefined);
  listeners.remove('a');
  expect(listeners.call('a')).toBe(false);
});
