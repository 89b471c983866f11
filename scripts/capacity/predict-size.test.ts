import { expect, test } from 'vitest';
import { verdictOf } from './predict-size.ts';

test('verdictOf() says how far off a prediction was, and whether its interval held', () => {
  expect(verdictOf({ lower: 90, median: 100, upper: 110 }, 105)).toBe('Off by -4.8 %, within the interval.');
  expect(verdictOf({ lower: 90, median: 100, upper: 110 }, 80)).toBe(
    'Off by 25.0 %, outside of the interval.',
  );
});
