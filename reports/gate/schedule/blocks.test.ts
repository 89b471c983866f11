import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planBlocks, planFolders } from './blocks.ts';
import { deriveSeed } from './random.ts';

const seeds = fc
  .integer()
  .map((attempt) => deriveSeed({ base: 'a', candidate: 'b', scenario: 's', attempt }));
const length = fc.constantFrom('long' as const, 'short' as const);

test('planBlocks() cancels constant, straight and parabolic drift in a long block', () => {
  for (const { windows } of planBlocks('ab', { blocks: 20 })) {
    const sums = [0, 1, 2].map((power) =>
      contrast(
        windows.map((_, position) => position ** power),
        windows,
      ),
    );
    expect(sums).toEqual([0, 0, 0]);
  }
});

test('planBlocks() cancels constant and straight drift in a short block', () => {
  for (const { windows } of planBlocks('ab', { blocks: 20, length: 'short' })) {
    expect(windows).toHaveLength(4);
    expect(contrast([5, 5, 5, 5], windows)).toBe(0);
    expect(contrast([0, 1, 2, 3], windows)).toBe(0);
  }
});

test('planBlocks() has a window of each build in every pair of neighbours', () => {
  fc.assert(
    fc.property(seeds, length, (seed, blockLength) => {
      for (const { windows } of planBlocks(seed, { blocks: 12, length: blockLength })) {
        for (let pair = 0; pair < windows.length; pair += 2)
          expect(windows[pair]).not.toBe(windows[pair + 1]);
      }
    }),
  );
});

test('planBlocks() begins alike however many blocks are planned, and repeats itself for a seed', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 48 }), (seed, blocks) => {
      expect(planBlocks(seed, { blocks: 48 }).slice(0, blocks)).toEqual(planBlocks(seed, { blocks }));
    }),
  );
});

test('planBlocks() tosses fair coins that know nothing of each other', () => {
  const blocks = planBlocks('5eed', { blocks: 40_000 });
  const orders = blocks.map(({ windows }) => (windows[0] === 'base' ? 1 : -1));
  const launches = blocks.map(({ launchedFirst }) => (launchedFirst === 'base' ? 1 : -1));
  // Sums of fair signs: four standard deviations, which are the root of their number.
  const most = 4 * Math.sqrt(blocks.length);
  for (const lag of [0, 1, 2, 7]) expect(Math.abs(products(orders, launches.slice(lag)))).toBeLessThan(most);
  for (const lag of [1, 2, 3]) expect(Math.abs(products(orders, orders.slice(lag)))).toBeLessThan(most);
  expect(Math.abs(orders.reduce((sum, sign) => sum + sign, 0))).toBeLessThan(most);
  expect(Math.abs(launches.reduce((sum, sign) => sum + sign, 0))).toBeLessThan(most);
});

test('planFolders() gives either build the first folder', () => {
  const drawn = Array.from({ length: 100 }, (_, n) => planFolders(String(n)));
  expect(new Set(drawn)).toEqual(new Set(['base', 'candidate']));
});

function contrast(values: readonly number[], windows: readonly string[]): number {
  return values.reduce((sum, value, n) => sum + (windows[n] === 'base' ? value : -value), 0);
}

function products(one: readonly number[], other: readonly number[]): number {
  return other.reduce((sum, value, n) => sum + value * one[n]!, 0);
}
