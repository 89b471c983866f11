import { expect, test } from 'vitest';
import { gapOf, groupOf } from '../../plan/testing.ts';
import { lanesOf } from './lanes.ts';

test('lanesOf() finds those that any group needs, turns always', () => {
  const reconnects = { initial: 1, randomness: 1, multiplier: 2, most: 9 };
  const stalls = { every: gapOf(), for: gapOf() };
  expect(lanesOf({ groups: [groupOf()] })).toEqual(['turn']);
  expect(lanesOf({ groups: [groupOf(), groupOf({ stays: gapOf() })] })).toEqual(['turn', 'visit']);
  expect(lanesOf({ groups: [groupOf({ reconnects }), groupOf({ stalls })] })).toEqual([
    'turn',
    'reconnect',
    'stall',
  ]);
});
