import { expect, test } from 'vitest';
import { originTest } from './origins.ts';

test('originTest() allows everything by default', () => {
  const isAllowed = originTest('*:*');
  expect([isAllowed(undefined), isAllowed('http://evil.example'), isAllowed('nonsense')]).toEqual([
    true,
    true,
    true,
  ]);
});

test('originTest() holds host and port against the list', () => {
  const isAllowed = originTest('good.example:443 other.example:* *:8080');
  expect(isAllowed('https://good.example')).toBe(true);
  expect(isAllowed('http://good.example')).toBe(false);
  expect(isAllowed('http://other.example:1234')).toBe(true);
  expect(isAllowed('http://anyone.example:8080')).toBe(true);
  expect(isAllowed('http://good.example.evil.example')).toBe(false);
});

test('originTest() takes a missing origin for a star', () => {
  expect(originTest(['*:8000'])(undefined)).toBe(false);
  expect(originTest(['*:*'])('null')).toBe(true);
});
