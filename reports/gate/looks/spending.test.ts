import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkLooks,
  criticalRankSum,
  firstUsefulLook,
  levelAt,
  nightlyLooks,
  pullRequestLooks,
} from './spending.ts';

test.each([
  [1, [74, 177, 400]],
  [2, [76, 182, 412]],
  [4, [77, 186, 422]],
  [8, [78, 190, 431]],
  [10, [undefined, 191, 434]],
])('criticalRankSum() for %i metrics reads as the table says', (hypotheses, wanted) => {
  const spending = { level: 0.01, hypotheses, looks: pullRequestLooks };
  expect(pullRequestLooks.map((look) => criticalRankSum(look.blocks, levelAt(look, spending)))).toEqual(
    wanted,
  );
});

test('levelAt() spends the level of the job, and no more, over all metrics and looks', () => {
  for (const looks of [pullRequestLooks, nightlyLooks]) {
    const spending = { level: 0.01, hypotheses: 6, looks };
    const spent = looks.reduce((sum, look) => sum + 6 * levelAt(look, spending), 0);
    expect(spent).toBeCloseTo(0.01, 12);
    expect(() => checkLooks(looks)).not.toThrow();
  }
});

test('firstUsefulLook() knows before the first block that a look can never reject', () => {
  const spending = { level: 0.01, looks: pullRequestLooks };
  expect(firstUsefulLook({ ...spending, hypotheses: 4 })).toBe(0);
  expect(firstUsefulLook({ ...spending, hypotheses: 10 })).toBe(1);
  expect(firstUsefulLook({ ...spending, hypotheses: 4, looks: [{ blocks: 3, share: 1 }] })).toBeUndefined();
});

test('firstUsefulLook() agrees with whether there is a critical rank sum', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.double({ min: 1e-7, max: 0.4, noNaN: true }),
      (blocks, level) => {
        const looks = [{ blocks, share: 1 }];
        const useful = firstUsefulLook({ level, hypotheses: 1, looks }) === 0;
        expect(criticalRankSum(blocks, level) !== undefined).toBe(useful);
      },
    ),
  );
});

test.each([
  [
    'shares above one',
    [
      { blocks: 12, share: 0.6 },
      { blocks: 20, share: 0.6 },
    ],
  ],
  [
    'a look without a share',
    [
      { blocks: 12, share: 0 },
      { blocks: 20, share: 1 },
    ],
  ],
  [
    'looks that go back',
    [
      { blocks: 20, share: 0.5 },
      { blocks: 12, share: 0.5 },
    ],
  ],
  ['half a block', [{ blocks: 12.5, share: 1 }]],
  ['no look', []],
])('checkLooks() refuses %s', (_, looks) => {
  expect(() => checkLooks(looks)).toThrow(RangeError);
});
