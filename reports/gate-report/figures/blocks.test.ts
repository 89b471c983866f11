import { expect, test } from 'vitest';
import { aBlock } from '../../gate/measurements/testing.ts';
import { aHeader } from '../../gate/record/testing.ts';
import { planBlocks } from '../../gate/schedule/index.ts';
import { toReportBlock } from './blocks.ts';

const header = aHeader();
const [plan] = planBlocks(header.seed, { blocks: 1 });

test('toReportBlock() gives the figures of both builds in the units of the metrics', () => {
  const block = aBlock(plan!, ({ arm }) => ({ factor: arm === 'candidate' ? 1.5 : 1 }));
  const told = toReportBlock(header, block);
  expect(told).toMatchObject({ index: 0, attempt: 1, isWhole: true, pairs: 8, pairsAgain: 0, causes: {} });
  expect(told.first).toBe(plan!.windows[0]);
  expect(told.values.cpu?.base).toBeCloseTo(20, 9);
  expect(told.values.cpu?.candidate).toBeCloseTo(30, 9);
});

test('toReportBlock() names what disturbed a block and gives no figures of one that is not whole', () => {
  const block = aBlock(plan!, ({ mode, position }) => ({
    waitingShare: mode === 'open' && position === 2 ? 0.5 : 0,
  }));
  const arm = plan!.windows[2]!;
  const told = toReportBlock(header, block);
  expect(told).toMatchObject({ isWhole: false, pairsAgain: 1, causes: { waiting: 1 }, values: {} });
  expect(told.disturbed).toEqual({ base: 0, candidate: 0, [arm]: 1 });
});
