import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutLooks, fitLooks } from './fit.ts';
import { checkLooks, firstUsefulLook, nightlyLooks, pullRequestLooks } from './spending.ts';

test('fitLooks() leaves looks alone that fit', () => {
  expect(fitLooks(pullRequestLooks, 32)).toEqual(pullRequestLooks);
  expect(fitLooks(pullRequestLooks, 100)).toEqual(pullRequestLooks);
});

test('fitLooks() moves all looks but the first, and keeps their shares', () => {
  expect(fitLooks(pullRequestLooks, 27.9)).toEqual([
    { blocks: 12, share: 0.2 },
    { blocks: 18, share: 0.3 },
    { blocks: 27, share: 0.5 },
  ]);
});

test('fitLooks() makes one of looks that meet, and never has less than the first', () => {
  expect(fitLooks(pullRequestLooks, 13)).toEqual([
    { blocks: 12, share: 0.5 },
    { blocks: 13, share: 0.5 },
  ]);
  expect(fitLooks(pullRequestLooks, 3)).toEqual([{ blocks: 12, share: 1 }]);
});

test('fitLooks() gives looks that spend the whole level, end where they must, and can reject', () => {
  const property = fc.property(
    fc.constantFrom(pullRequestLooks, nightlyLooks),
    fc.integer({ min: 0, max: 60 }),
    (looks, most) => {
      const fitted = fitLooks(looks, most);
      expect(() => checkLooks(fitted)).not.toThrow();
      expect(fitted.at(-1)?.blocks).toBe(Math.min(looks.at(-1)!.blocks, Math.max(12, most)));
      expect(firstUsefulLook({ level: 0.01, hypotheses: 4, looks: fitted })).toBe(0);
    },
  );
  fc.assert(property);
});

test('cutLooks() puts the last look where the job has come to, with all that is left of the level', () => {
  expect(cutLooks(pullRequestLooks, 25)).toEqual([
    ...pullRequestLooks.slice(0, 2),
    { blocks: 25, share: 0.5 },
  ]);
  expect(cutLooks(pullRequestLooks, 20)).toEqual([pullRequestLooks[0], { blocks: 20, share: 0.8 }]);
  expect(cutLooks(pullRequestLooks, 12)).toEqual([{ blocks: 12, share: 1 }]);
});

test('cutLooks() makes no look before the first', () => {
  expect(cutLooks(pullRequestLooks, 11)).toEqual(pullRequestLooks);
});

test('cutLooks() has a job that was to look once look at what it has, if that could reject', () => {
  const once = [{ blocks: 64, share: 1 }];
  expect(cutLooks(once, 54)).toEqual([{ blocks: 54, share: 1 }]);
  expect(cutLooks(once, 12)).toEqual([{ blocks: 12, share: 1 }]);
  expect(cutLooks(once, 11)).toEqual(once);
});

test('cutLooks() spends the level and no more, wherever the time is over', () => {
  const property = fc.property(
    fc.constantFrom(pullRequestLooks, nightlyLooks),
    fc.integer({ min: 0, max: 32 }),
    (looks, blocks) => {
      expect(() => checkLooks(cutLooks(looks, blocks))).not.toThrow();
      expect(cutLooks(looks, blocks).at(-1)?.blocks).toBe(blocks < 12 ? looks.at(-1)?.blocks : blocks);
    },
  );
  fc.assert(property);
});
