import { expect, test } from 'vitest';
import { healthyRun } from '../testing.ts';
import { blocksOf } from './blocks.ts';

test('blocksOf() cuts the measured phases into blocks of ten seconds and loses no message of them', () => {
  const run = healthyRun();
  const blocks = blocksOf(run);
  expect(blocks.map(({ seconds }) => seconds)).toEqual([10, 10]);
  const measured = run.timeline.filter(({ phase }) => phase === 'steady');
  const answered = measured.reduce((sum, second) => sum + second.answered, 0);
  expect(blocks.reduce((sum, block) => sum + block.answered, 0)).toBe(answered);
});

test('blocksOf() makes no block of the few seconds that are left', () => {
  const run = healthyRun();
  expect(blocksOf({ ...run, timeline: run.timeline.slice(0, 28) })).toHaveLength(1);
});
