import { expect, test } from 'vitest';
import { builtIn } from '../../profiles/testing.ts';
import { guessOf } from './guess.ts';

test('guessOf() grows with the workers and their share, and falls with the audience', () => {
  const [pings, ticker] = [builtIn('42k'), builtIn('ticker')];
  const one = guessOf(pings, { workers: 1 });
  expect(one).toBe(20_000);
  expect(guessOf(pings, { workers: 3, share: 0.5 })).toBe(30_000);
  expect(guessOf(ticker, { workers: 1 })).toBeLessThan(one / 200);
});
