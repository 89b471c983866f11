import { expect, test } from 'vitest';
import { createStream } from '../schedule/index.ts';
import { mean, variance } from '../statistics/index.ts';
import { createNoise, type Law, laws } from './noise.ts';

/** Differences of the order XYYX. */
function differencesOf(law: Law): number[] {
  const next = createNoise(law, { spread: 0.05, draw: createStream('5eed', law) });
  return Array.from({ length: 20_000 }, () => {
    const { windows, processes } = next();
    const [a = 0, b = 0, c = 0, d = 0] = windows;
    return processes.candidate - processes.base + (a + d - b - c) / 2;
  });
}

test.each(laws)('createNoise() of the %s law gives blocks the spread asked for', (law) => {
  const spread = Math.sqrt(variance(differencesOf(law)));
  // A tenth of the blocks with 25 times the variance makes 3.4 times in all. Heavy tails settle slowly.
  const wanted = law === 'contaminated' ? 0.05 * Math.sqrt(3.4) : 0.05;
  expect(Math.abs(spread / wanted - 1)).toBeLessThan(law === 'student' ? 0.2 : 0.05);
});

test('createNoise() of the wandering law warms up, which a fixed order takes for a difference', () => {
  // 6 % in the first window; the order XYYX keeps 18 % of that.
  expect(mean(differencesOf('wandering'))).toBeCloseTo(0.0107, 2);
  expect(mean(differencesOf('normal'))).toBeCloseTo(0, 2);
});
