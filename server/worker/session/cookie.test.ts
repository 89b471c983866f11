import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cookieName, makeSessionId, readSessionId, writeSessionId } from './cookie.ts';

const NAME = cookieName('my app');

test('makeSessionId() makes ids that differ, each with 32 digits and its worker', () => {
  const ids = Array.from({ length: 1_000 }, () => makeSessionId(12));
  expect(new Set(ids).size).toBe(1_000);
  expect(ids.every((id) => /^[0-9a-f]{32}_12$/.test(id))).toBe(true);
});

test('readSessionId() reads what writeSessionId() wrote, wherever it stands in the header', () => {
  const id = makeSessionId(3);
  const pair = writeSessionId(id, NAME, false).split(';')[0]!;
  for (const header of [pair, `a=b; ${pair}`, `${pair};c=d`, `x${pair}; ${pair}`, `a=${NAME}; ${pair}`]) {
    expect(readSessionId(header, NAME)).toBe(id);
  }
});

test('readSessionId() passes over a malformed id, which a path above may have set', () => {
  const id = `${'a'.repeat(32)}_1`;
  expect(readSessionId(`${NAME}=old; ${NAME}=${id}`, NAME)).toBe(id);
});

test.each([
  undefined,
  '',
  'a=b',
  `${NAME}=`,
  `${NAME}=${'a'.repeat(32)}`,
  `${NAME}=${'A'.repeat(32)}_1`,
  `${NAME}=${'a'.repeat(31)}_1`,
  `${NAME}=${'a'.repeat(32)}_1000`,
  `${NAME}=${'a'.repeat(32)}_1 `.repeat(2),
  `x${NAME}=${'a'.repeat(32)}_1`,
  `n/other/ssid=${'a'.repeat(32)}_1`,
])('readSessionId() finds no id in %j', (header) => {
  expect(readSessionId(header, NAME)).toBeUndefined();
});

test('readSessionId() gives ids and nothing else, whatever comes in', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      const id = readSessionId(`${before}${NAME}=${after}`, NAME);
      expect(id === undefined || /^[0-9a-f]{32}_\d{1,3}$/.test(id)).toBe(true);
    }),
  );
});

test('writeSessionId() keeps the id from scripts and other sites, and from plain connections when asked', () => {
  const id = makeSessionId(0);
  expect(writeSessionId(id, NAME, false)).toBe(`n/my%20app/ssid=${id}; Path=/; HttpOnly; SameSite=Lax`);
  expect(writeSessionId(id, NAME, true)).toMatch(/; SameSite=Lax; Secure$/);
});
