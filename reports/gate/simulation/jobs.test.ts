import { expect, test } from 'vitest';
import { pullRequestLooks } from '../looks/index.ts';
import { planBlocks } from '../schedule/index.ts';
import { gate, type Settings } from '../verdicts/index.ts';
import { measureErrors, simulate } from './jobs.ts';
import { laws } from './noise.ts';

/** Enough to notice a lost coin at once; a hundred thousand take `npm run -s gate:errors`. */
const JOBS = 1_500;

test.each(laws)('judge() raises no more false alarms than promised with %s noise', (law) => {
  const { rate, most, nominal, meanBlocks } = measureErrors('any-alarm', { law, jobs: JOBS, seed: 'a' });
  expect(nominal).toBe(0.01);
  expect(rate).toBeLessThanOrEqual(most);
  // All of the level was spent: no job ended early without an alarm.
  expect(meanBlocks).toBeGreaterThan(31);
});

test.each(laws)('judge() raises no more of them where time is over at any block with %s noise', (law) => {
  const { rate, most, meanBlocks } = measureErrors('late-alarm', { law, jobs: JOBS, seed: 'e' });
  expect(rate).toBeLessThanOrEqual(most);
  expect(meanBlocks).toBeGreaterThan(12);
  expect(meanBlocks).toBeLessThan(28);
});

test.each(laws)('judge() keeps its promises under the rules of a pull request with %s noise', (law) => {
  for (const kind of ['false-alarm', 'false-peace'] as const) {
    const { rate, most } = measureErrors(kind, { law, jobs: JOBS / 2, seed: 'b' });
    expect(rate).toBeLessThanOrEqual(most);
  }
});

test('measureErrors() notices a schedule that lost its coin', () => {
  const fixed: typeof planBlocks = (seed, options) =>
    planBlocks(seed, options).map((plan) => ({
      ...plan,
      windows: ['candidate', 'base', 'base', 'candidate'],
    }));
  const options = { law: 'wandering' as const, jobs: 200, seed: 'c' };
  const { rate, most } = measureErrors('any-alarm', { ...options, plan: fixed });
  expect(rate).toBeGreaterThan(3 * most);
});

const single: Settings = {
  level: 0.0025,
  looks: pullRequestLooks,
  hypotheses: [gate('cpu', { isPrimary: true })],
  watch: [],
};

test.each([
  // Spread, true effect, chance of a red job, mean blocks: from simulations made before this code was written.
  [0.02, 0.03, 0.972, 15],
  [0.03, 0.05, 1, 14],
  [0.05, 0.03, 0.525, 29],
  [0.05, 0.05, 0.98, 22],
  [0.08, 0.05, 0.553, 29],
  [0.08, 0.1, 0.999, 18],
])(
  'judge() finds at a spread of %f an effect of %f with the chance %f',
  (spread, effect, power, meanBlocks) => {
    const jobs = 600;
    let red = 0;
    let blocks = 0;
    for (const judgement of simulate(
      { law: 'normal', settings: single, spread, effect },
      { jobs, seed: 'd' },
    )) {
      if (judgement.findings[0]!.verdict === 'regression') red += 1;
      blocks += judgement.blocks;
    }
    // Three standard errors of as many jobs.
    expect(Math.abs(red / jobs - power)).toBeLessThan(3 * Math.sqrt((power * (1 - power)) / jobs) + 0.005);
    expect(Math.abs(blocks / jobs - meanBlocks)).toBeLessThan(1.3);
  },
);
