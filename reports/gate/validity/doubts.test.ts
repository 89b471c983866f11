import { expect, test } from 'vitest';
import type { Block } from '../measurements/index.ts';
import { aBlock } from '../measurements/testing.ts';
import { type Arm, planBlocks } from '../schedule/index.ts';
import { countDisturbed, doubtsOf } from './doubts.ts';
import { defaultGuards } from './guards.ts';

const plans = planBlocks('5eed', { blocks: 12 });

test('countDisturbed() counts pairs, windows by build and causes', () => {
  const blocks = plans.map((plan) =>
    aBlock(plan, ({ position }) => ({ waitingShare: position === 0 ? 0.3 : 0 })),
  );
  const counted = countDisturbed([...blocks, { ...blocks[0]!, attempt: 2 }], defaultGuards);
  expect(counted).toMatchObject({ pairs: 104, disturbedPairs: 26, blocksAgain: 1, causes: { waiting: 26 } });
  expect(counted.windows.base + counted.windows.candidate).toBe(26);
});

test('countDisturbed() counts a pair once however often it was measured', () => {
  const [block] = plans
    .slice(0, 1)
    .map((plan) => aBlock(plan, ({ position }) => ({ waitingShare: position === 0 ? 0.3 : 0 })));
  const again = block!.entries.slice(0, 2).map((entry) => ({ ...entry, attempt: 2 }));
  const counted = countDisturbed([{ ...block!, entries: [...block!.entries, ...again] }], defaultGuards);
  expect(counted).toMatchObject({ pairs: 8, disturbedPairs: 2, causes: { waiting: 3 } });
});

test('doubtsOf() believes a job whose disturbances fall on both builds alike', () => {
  expect(doubtsOf(countDisturbed(disturbed(['base', 'candidate'], 0.25), defaultGuards))).toEqual([]);
});

test('doubtsOf() does not believe a job of which more than 35 % was disturbed', () => {
  const doubts = doubtsOf(countDisturbed(disturbed(['base', 'candidate'], 0.5), defaultGuards));
  expect(doubts).toEqual(['The host disturbed 48 of 96 pairs of windows, more than 35 %']);
});

test.each<Arm>(['base', 'candidate'])('doubtsOf() notices disturbance that follows the %s', (arm) => {
  const [doubt, ...others] = doubtsOf(countDisturbed(disturbed([arm], 0.25), defaultGuards));
  expect(doubt).toContain('depends on the build');
  expect(others).toEqual([]);
});

/** Disturbs both windows of the first pairs of each block, in the builds asked for. */
function disturbed(arms: readonly Arm[], share: number): Block[] {
  return plans.map((plan) =>
    aBlock(plan, ({ position, arm }) => ({
      waitingShare: position < share * 8 && arms.includes(arm) ? 0.3 : 0,
    })),
  );
}
