/** What a search promises, on clusters of which the truth is known, in as many searches as a minute allows. */
import { expect, test } from 'vitest';
import { bandOf } from '../predictions/index.ts';
import type { GivenSettings } from '../search/index.ts';
import { parseSlo } from '../slo/index.ts';
import { quietCluster, type SimulatedCluster, trueCapacity } from './cluster.ts';
import { createDraws } from './draws.ts';
import { type EndedSearch, searchOn } from './search-on.ts';

/** Chance that a promise that is kept is taken for broken, to each side. */
const BLAME = 0.001;

const slo = parseSlo('99% < 50ms');
const spreads = [0.01, 0.02, 0.04, 0.07, 0.12, 0.2];

/** A cluster of any size and spread, whose capacity a guess misses by up to a factor of 2. */
function anyCluster(seed: number): { cluster: SimulatedCluster; truth: number; estimate: number } {
  const { even } = createDraws(seed, 1);
  const cluster = {
    ...quietCluster,
    lambda: 15_000 * (1 + even()),
    spread: spreads[Math.floor(even() * spreads.length)]!,
    lapse: 0.02,
    pause: { ms: 60, everySeconds: 10 },
  };
  const truth = trueCapacity(cluster, slo[0]);
  return { cluster, truth, estimate: truth * 4 ** (even() - 0.5) };
}

function search(cluster: SimulatedCluster, seed: number, change: Partial<GivenSettings> = {}): EndedSearch {
  return searchOn(cluster, { seed, settings: { slo, estimate: 40_000, smallestLoad: 10, ...change } });
}

/** Runs so many searches on clusters of the quiet kind that have something planted. */
function searches(count: number, change: Partial<SimulatedCluster>, firstSeed = 1): EndedSearch[] {
  return Array.from({ length: count }, (_, index) =>
    search({ ...quietCluster, ...change }, firstSeed + index),
  );
}

const names = ({ result }: EndedSearch): string[] => result.findings.map(({ name }) => name);

test('searchOn() has an interval that holds the capacity nine times of ten, and never more than 24 trials', () => {
  const count = 150;
  let held = 0;
  for (let seed = 1; seed <= count; seed += 1) {
    const { cluster, truth, estimate } = anyCluster(seed);
    const { state, result } = search(cluster, seed, { estimate, limitTrials: 0 });
    expect(state.attempts.length).toBeLessThanOrEqual(24);
    if (result.estimate && result.estimate.lower <= truth && truth <= result.estimate.upper) held += 1;
  }
  const { least, most } = bandOf(count, BLAME);
  expect(held).toBeGreaterThanOrEqual(least);
  expect(held).toBeLessThanOrEqual(most);
});

test.each([
  // Spread between trials, and the standard deviation after 12 trials that locate.
  [0.02, 0.014],
  [0.05, 0.031],
])('searchOn() of a spread of %d is right within %d, or one and a half of it', (spread, deviation) => {
  const truth = trueCapacity(quietCluster, slo[0]);
  const errors = searches(40, { spread }).map(({ result }) =>
    Math.log((result.estimate?.median ?? 0) / truth),
  );
  const square = errors.reduce((sum, error) => sum + error * error, 0) / errors.length;
  expect(Math.sqrt(square)).toBeLessThan(1.5 * deviation);
});

test('searchOn() finds the same capacity within 6 % in two searches of a host that varies by 2 %', () => {
  const pairs = 40;
  const one = searches(pairs, { spread: 0.02 });
  const other = searches(pairs, { spread: 0.02 }, 1_001);
  const alike = one.filter(({ result }, index) => {
    return (
      Math.abs(Math.log((result.estimate?.median ?? 0) / (other[index]?.result.estimate?.median ?? 1))) <=
      0.06
    );
  }).length;
  expect(alike).toBeGreaterThanOrEqual(bandOf(pairs, BLAME).least);
});

test('searchOn() publishes a confirmed load below the capacity', () => {
  const truth = trueCapacity(quietCluster, slo[0]);
  for (const { result } of searches(30, {})) {
    expect(result.verdict).toBe('found');
    expect(result.confirmed! / truth).toBeGreaterThan(0.85);
    expect(result.confirmed! / truth).toBeLessThan(1.04);
    expect(result.capacities.map(({ withinMs }) => withinMs)).toEqual([10, 25, 50, 75, 100]);
    expect(result.geometricMean).toBeDefined();
  }
});

test('searchOn() says "at least" whenever the load generator gives out first', () => {
  const truth = trueCapacity(quietCluster, slo[0]);
  for (const [index, share] of [0.02, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95].entries()) {
    for (const ended of searches(5, { generatorLimit: share * truth, lapse: 0.02 }, 50 * index)) {
      expect(ended.result.verdict).not.toBe('found');
      expect(names(ended)).toContain('generator-limited');
      if (ended.result.confirmed === undefined) continue;
      expect(ended.result.wording).toMatch(/^at least [\d,.]+ messages\/s \(generator-limited\)$/);
      expect(ended.result.confirmed).toBeLessThanOrEqual(share * truth);
    }
  }
});

test('searchOn() is not told "at least" by a generator that could do half as much again, nor by a mishap', () => {
  const truth = trueCapacity(quietCluster, slo[0]);
  for (const { result } of searches(10, { generatorLimit: 1.5 * truth }))
    expect(result.verdict).toBe('found');
  const mishaps = searches(20, { guardMishap: 0.05 }).filter(({ result }) => result.verdict !== 'found');
  expect(mishaps.length).toBeLessThanOrEqual(1);
});

test('searchOn() always finds that a target does not recover, and its capacity all the same', () => {
  const truth = trueCapacity(quietCluster, slo[0]);
  for (const ended of searches(25, { isMetastable: true })) {
    expect(names(ended)).toContain('does-not-recover');
    expect(Math.abs(Math.log((ended.result.estimate?.median ?? 0) / truth))).toBeLessThan(0.1);
  }
  expect(searches(25, {}).filter((ended) => names(ended).includes('does-not-recover'))).toEqual([]);
});

test('searchOn() always finds a drift of 20 % after the ramp, and widens its interval by it', () => {
  for (const factor of [1.2, 0.8]) {
    for (const ended of searches(10, { drift: { afterTrials: 14, factor } })) {
      expect(names(ended)).toContain('drift');
      const { lower, upper } = ended.result.estimate!;
      expect(Math.log(upper / lower)).toBeGreaterThan(2 * Math.log(1.15));
    }
  }
  expect(searches(10, {}).filter((ended) => names(ended).includes('drift'))).toEqual([]);
});

test('searchOn() takes growth for the end of the capacity, however much comes in time', () => {
  const growthAbove = 20_000;
  for (const ended of searches(10, { growthAbove, spread: 0 })) {
    expect(names(ended)).toContain('saturation');
    expect(ended.result.confirmed).toBeLessThanOrEqual(growthAbove);
    expect(ended.result.estimate?.lower).toBeLessThan(growthAbove);
    expect(ended.result.estimate?.upper).toBeGreaterThan(growthAbove);
  }
});

test('searchOn() says in a sentence that one user is too many, or that the target ends again and again', () => {
  const [hopeless] = searches(1, { pause: { ms: 900, everySeconds: 1 } });
  expect(hopeless?.result.verdict).toBe('not-met');
  expect(hopeless?.result.sentence).toMatch(/^Cannot meet 99 % < 50 ms at one user, 10 messages\/s: Only /);
  const [frail] = searches(1, { endsAbove: 20_000 });
  expect(frail?.result.verdict).toBe('fell-over');
  expect(frail?.result.sentence).toMatch(
    /^Cannot go on: the target ended again at .*; until then the estimate is /,
  );
});

test('searchOn() repeats itself with the same seed', () => {
  expect(search(quietCluster, 9)).toEqual(search(quietCluster, 9));
});
