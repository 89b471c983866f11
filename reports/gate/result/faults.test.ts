import { expect, test } from 'vitest';
import { aBlock } from '../measurements/testing.ts';
import { planBlocks } from '../schedule/index.ts';
import { complaintsOf, countFaults, describeFaults, findBreakdown } from './faults.ts';

const [plan] = planBlocks('5eed', { blocks: 1 });

test('countFaults() counts disturbed windows too, each build apart', () => {
  const block = aBlock(plan!, ({ arm, mode }) =>
    arm === 'candidate' && mode === 'open' ? { lost: 1, waitingShare: 0.9 } : {},
  );
  expect(countFaults([block, block])).toEqual({
    base: { lost: 0, duplicated: 0, reordered: 0 },
    candidate: { lost: 8, duplicated: 0, reordered: 0 },
  });
});

test('findBreakdown() finds the server that ended in whichever block', () => {
  const block = { index: 0, attempt: 1, entries: [] };
  const breakdown = { arm: 'base', why: 'it ended' } as const;
  expect(findBreakdown([block, { ...block, breakdown }])).toBe(breakdown);
  expect(findBreakdown([block])).toBeUndefined();
});

test('complaintsOf() tells of each build what it did itself, a server that ended first', () => {
  const none = { lost: 0, duplicated: 0, reordered: 0 };
  const broken = {
    faults: { base: none, candidate: { ...none, lost: 2 } },
    breakdown: { arm: 'candidate', why: '1 of its 4 processes ended' } as const,
  };
  expect(complaintsOf('base', broken)).toEqual([]);
  expect(complaintsOf('candidate', broken)).toEqual([
    'The candidate breaks down under load that the base carries: 1 of its 4 processes ended',
    'The candidate breaks its word: 2 lost',
  ]);
});

test('describeFaults() names what happened and nothing else', () => {
  expect(describeFaults({ lost: 2, duplicated: 0, reordered: 1 })).toBe('2 lost, 1 reordered');
  expect(describeFaults({ lost: 0, duplicated: 0, reordered: 0 })).toBe('');
});
