import { expect, test } from 'vitest';
import { areOrigins, findMisfit } from './checks.ts';

test('areOrigins() takes lists and texts of host:port, with a star for either', () => {
  for (const origins of [
    '*:*',
    'foo.com:*',
    '*:8000, foo.com:80',
    ['[::1]:8000', 'localhost:*'],
    ['127.0.0.1:1'],
  ]) {
    expect(areOrigins(origins)).toBe(true);
  }
});

test('areOrigins() takes nothing that would match nobody', () => {
  for (const origins of [
    '',
    ' ,',
    [],
    'foo.com',
    'http://foo',
    'http://foo:80',
    ['a:1', 'b'],
    '*',
    ':80',
    'a:',
    'a:b',
  ]) {
    expect(areOrigins(origins)).toBe(false);
  }
});

test('findMisfit() finds what JSON would drop or empty, by its path', () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  for (const [value, misfit] of [
    [{ a: () => 1 }, '"a" is a function'],
    [{ a: [{ b: 1n }] }, '"a.0.b" is a bigint'],
    [{ a: Symbol('x') }, '"a" is a symbol'],
    [{ a: new Set() }, '"a" is a Set'],
    [{ a: circle }, '"a.self" is what it lies in'],
  ] as const) {
    expect(findMisfit(value)).toBe(misfit);
  }
});

test('findMisfit() minds neither bytes nor the same object twice', () => {
  const shared = { key: Buffer.from('key') };
  expect(findMisfit({ a: shared, b: [shared, null, undefined, 'text', 1, true] })).toBeUndefined();
});
