import { expect, test } from 'vitest';
import { aBlock } from '../measurements/testing.ts';
import { planBlocks } from '../schedule/index.ts';
import { countFaults, describeFaults } from './faults.ts';

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

test('describeFaults() names what happened and nothing else', () => {
  expect(describeFaults({ lost: 2, duplicated: 0, reordered: 1 })).toBe('2 lost, 1 reordered');
  expect(describeFaults({ lost: 0, duplicated: 0, reordered: 0 })).toBe('');
});
