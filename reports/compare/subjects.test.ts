import { expect, test } from 'vitest';
import { healthyRun } from '../testing.ts';
import { blocksOf } from './blocks.ts';
import { subjects } from './subjects.ts';

test('subjects take from all blocks together what the summary has, within five per cent', () => {
  const run = healthyRun();
  const blocks = blocksOf(run);
  for (const { name, of, ofBlocks } of subjects) {
    const value = of(run.summary);
    if (ofBlocks === undefined || value === undefined || value === null) continue;
    expect([name, Math.abs((ofBlocks(blocks) ?? 0) / value - 1) < 0.05]).toEqual([name, true]);
  }
});
