import { expect, test } from 'vitest';
import { channelsOf, profileOf } from '../testing.ts';
import { connectsPerSecond, settleSecondsOf, shareThere } from './presence.ts';

const habits = { stays: { mean: 15, shape: 'exponential' }, returns: 3 } as const;

test('shareThere() and connectsPerSecond() tell how often users are there and come', () => {
  expect([shareThere(habits), shareThere({}), shareThere({ stays: 5 })]).toEqual([15 / 18, 1, 1]);
  expect([connectsPerSecond(habits), connectsPerSecond({})]).toEqual([1 / 18, 0]);
});

test('settleSecondsOf() waits until no more users are there than on average', () => {
  expect(settleSecondsOf(profileOf({ behaviour: channelsOf() }))).toBe(3);
  expect(settleSecondsOf(profileOf({ behaviour: channelsOf(), ...habits }))).toBe(10);
  expect(settleSecondsOf(profileOf({ behaviour: channelsOf(), stays: 3_600, returns: 3_600 }))).toBe(60);
  // Hardly anybody is ever away: that is so from the beginning.
  expect(settleSecondsOf(profileOf({ behaviour: channelsOf(), stays: 3_600, returns: 1 }))).toBe(3);
});
