import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spike, staircase } from './shapes.ts';

test('staircase() of users lets all of them come, in steps that differ by one at most', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 50, max: 100_000 }), (steps, users) => {
      const stages = staircase({ steps, users, rate: 100, hold: 10 });
      const counts = stages.flatMap((stage) => ('users' in stage ? [stage.users] : []));
      expect(counts).toHaveLength(steps);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(users);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      expect(stages.filter((stage) => 'wait' in stage)).toEqual(counts.slice(1).map(() => ({ wait: 10 })));
    }),
  );
});

test('staircase() of pace ends at the pace asked for', () => {
  expect(staircase({ steps: 4, pace: 2, hold: 30 })).toEqual([
    { name: 'step-1', duration: 30, pace: 0.5 },
    { name: 'step-2', duration: 30, pace: 1 },
    { name: 'step-3', duration: 30, pace: 1.5 },
    { name: 'step-4', duration: 30, pace: 2 },
  ]);
});

test('spike() is calm before and after', () => {
  expect(spike({ pace: 5, hold: 10, before: 20 })).toEqual([
    { name: 'before', duration: 20 },
    { name: 'spike', duration: 10, pace: 5 },
    { name: 'after', duration: 10 },
  ]);
});
