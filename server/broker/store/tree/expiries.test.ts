import { expect, test } from 'vitest';
import { Expiries } from './expiries.ts';

const branch = () => new Map([['a', 1]]);

test('Expiries gives out each key once, at the full second its time was rounded up to', () => {
  const expiries = new Expiries();
  const [one, two] = [branch(), branch()];
  expiries.set(one, 'a', 1_001);
  expiries.set(two, 'a', 2_000);
  expect(expiries.get(one, 'a')).toBe(2_000);
  expect(expiries.take(1_999)).toEqual([]);
  expect(expiries.take(2_000)).toEqual([
    [one, 'a'],
    [two, 'a'],
  ]);
  expect(expiries.take(9_000)).toEqual([]);
});

test('Expiries gives out what is due although something earlier was taken away', () => {
  const expiries = new Expiries();
  const [one, two] = [branch(), branch()];
  expiries.set(one, 'a', 1_000);
  expiries.set(two, 'a', 3_000);
  expect(expiries.delete(one, 'a')).toBe(true);
  expect(expiries.delete(one, 'a')).toBe(false);
  expect(expiries.take(2_000)).toEqual([]);
  expect(expiries.take(3_000)).toEqual([[two, 'a']]);
});

test('Expiries forgets a branch with all its keys', () => {
  const expiries = new Expiries();
  const one = branch();
  expiries.set(one, 'a', 1_000);
  expiries.forget(one);
  expect(expiries.take(5_000)).toEqual([]);
});

test('Expiries takes a new time for a key in place of the old one', () => {
  const expiries = new Expiries();
  const one = branch();
  expiries.set(one, 'a', 1_000);
  expiries.set(one, 'a', 5_000);
  expect(expiries.take(4_000)).toEqual([]);
  expect(expiries.take(5_000)).toEqual([[one, 'a']]);
});
