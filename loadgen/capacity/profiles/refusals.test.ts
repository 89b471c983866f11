import { expect, test } from 'vitest';
import type { Profile } from './profile.ts';
import { problemsOf } from './refusals.ts';
import { channelsOf, profileOf } from './testing.ts';

const custom = { kind: 'custom', file: './own.js' } as const;
const idle = { kind: 'idle' } as const;

test.each<[string, Partial<Profile>, string]>([
  ['plain messages', { behaviour: { kind: 'messages', message: 'x', every: 1 } }, 'send plain messages'],
  [
    'users who wait for answers',
    { behaviour: { kind: 'calls', payload: 1, every: 1, model: 'closed' } },
    'its users "calls" have "model" "closed", wanted "open"',
  ],
  ['popular channels', { behaviour: channelsOf({ popularity: { zipf: 1 } }) }, 'have "popularity" by Zipf'],
  [
    'users who leave for ever',
    { behaviour: idle, stays: 5 },
    'have "stays" alone, wanted "returns" beside it',
  ],
  [
    'functions of unknown rates',
    { behaviour: custom },
    '"rates" is missing, wanted beside a behaviour "custom"',
  ],
  [
    'rates of known behaviours',
    { behaviour: idle, rates: { load: 1 } },
    '"rates" is there, wanted only beside',
  ],
])('problemsOf() refuses %s', (_, changes, problem) => {
  const problems = problemsOf(profileOf(changes));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(problem);
});

test('problemsOf() names the group, and lets everything else be', () => {
  const groups = [
    { name: 'good', weight: 1, behaviour: channelsOf({ popularity: 'even' }), stays: 9, returns: 1 },
    { name: 'bad', weight: 1, behaviour: idle, stays: 9 },
  ];
  expect(problemsOf(profileOf({ groups }))).toEqual([expect.stringContaining('its users "bad"')]);
  expect(problemsOf(profileOf({ behaviour: custom, rates: { load: 1 } }))).toEqual([]);
});
