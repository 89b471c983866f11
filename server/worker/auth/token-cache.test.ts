import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TokenCache } from './token-cache.ts';

const digests = fc.constantFrom('a', 'b', 'c', 'd', 'e');

/** What can happen to a cache, and what must be true of it then. */
const steps = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('add' as const),
      digest: digests,
      exp: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
      nbf: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
    }),
    fc.record({ kind: fc.constantFrom('has' as const, 'delete' as const), digest: digests }),
    fc.record({ kind: fc.constant('move' as const), seconds: fc.integer({ min: -3, max: 6 }) }),
  ),
);

test('TokenCache never holds more than its limit, and vouches for a token in its own time only', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3 }), steps, (limit, taken) => {
      let now = 5;
      const cache = new TokenCache(limit, () => now);
      const added = new Map<string, { exp?: number | undefined; nbf?: number | undefined }>();
      for (const step of taken) {
        if (step.kind === 'add') {
          cache.add(step.digest, step);
          added.set(step.digest, step);
        } else if (step.kind === 'delete') {
          cache.delete(step.digest);
          added.delete(step.digest);
        } else if (step.kind === 'move') {
          now += step.seconds;
        } else if (cache.has(step.digest)) {
          const { exp = Number.POSITIVE_INFINITY, nbf = 0 } = added.get(step.digest)!;
          expect(now >= nbf && now < exp).toBe(true);
        }
        expect(cache.size).toBeLessThanOrEqual(limit);
      }
    }),
  );
});

test('TokenCache lets go of the token that was not asked for the longest', () => {
  const cache = new TokenCache(2, () => 0);
  cache.add('a', {});
  cache.add('b', {});
  expect(cache.has('a')).toBe(true);
  cache.add('c', {});
  expect(['a', 'b', 'c'].map((digest) => cache.has(digest))).toEqual([true, false, true]);
});

test('TokenCache forgets a token that has expired, and keeps one that is early', () => {
  let now = 9;
  const cache = new TokenCache(2, () => now);
  cache.add('a', { exp: 10 });
  cache.add('b', { nbf: 10 });
  expect([cache.has('a'), cache.has('b')]).toEqual([true, false]);
  now = 10;
  expect([cache.has('a'), cache.has('b'), cache.size]).toEqual([false, true, 1]);
});

test('TokenCache holds nothing with a limit of 0', () => {
  const cache = new TokenCache(0, () => 0);
  cache.add('a', {});
  expect([cache.has('a'), cache.size]).toEqual([false, 0]);
});
