import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { AddressLimit } from './address-limit.ts';

test('AddressLimit takes so many connections of an address, and others for those that close', () => {
  const limit = new AddressLimit(2);
  const [first, second, third] = [new EventEmitter(), new EventEmitter(), new EventEmitter()];
  expect(limit.take('a', first)).toBe(true);
  expect(limit.take('a', second)).toBe(true);
  expect(limit.take('a', third)).toBe(false);
  expect(limit.take('b', third)).toBe(true);
  third.emit('close');
  expect(limit.take('a', third)).toBe(false);
  first.emit('close');
  expect(limit.take('a', third)).toBe(true);
  second.emit('close');
  third.emit('close');
  expect([limit.take('a', first), limit.take('a', first), limit.take('a', first)]).toEqual([
    true,
    true,
    false,
  ]);
});
