import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { entry } from '../../../server/process/index.ts';
import { resolvePlan } from '../../plan/resolve/index.ts';
import { builtInProfiles } from './built-in.ts';
import { workloadOf } from './rates/index.ts';
import { readProfile } from './read-profile.ts';
import { problemsOf } from './refusals.ts';
import { scenarioOf } from './scenario-of.ts';
import { builtIn } from './testing.ts';

const workload = (name: string) => workloadOf(builtIn(name));

test('builtInProfiles are what their questions say', () => {
  expect(builtInProfiles.map(({ name }) => name)).toEqual([
    'chat',
    'ticker',
    'presence',
    'game',
    'idle',
    '42k',
  ]);
  expect(workload('chat').publicationsPerSecond).toBeCloseTo(0.2 / 8, 12);
  expect(workload('chat').fanOut.mean).toBeCloseTo(20, 2);
  expect(workload('ticker').fanOut.mean).toBeCloseTo(500, 9);
  // Viewers get four values a second, whatever the number of publishers.
  expect(workload('ticker').publicationsPerSecond * 500).toBeCloseTo(4, 12);
  expect(workload('presence').fanOut.mean).toBeCloseTo(10, 2);
  expect(workload('presence').connectsPerHour).toBeCloseTo(200, 9);
  expect(workload('game')).toMatchObject({ publicationsPerSecond: 10, callsPerSecond: 0, shareOfCalls: 0 });
  expect(workload('game').fanOut.mean).toBeCloseTo(8, 2);
  expect(workload('idle')).toMatchObject({
    publicationsPerSecond: 0,
    callsPerSecond: 0,
    pingIntervalMs: 8_000,
  });
  expect(workload('42k')).toMatchObject({ callsPerSecond: 1 / 6, shareOfCalls: 1, pingIntervalMs: 25_000 });
});

test('builtInProfiles can be planned with, by applications that are there', () => {
  for (const profile of builtInProfiles) {
    expect(problemsOf(profile)).toEqual([]);
    expect(existsSync(resolve(profile.folder, profile.controller))).toBe(true);
  }
});

test.each([1, 7, 1_000, 50_000])('builtInProfiles make scenarios that can be run with %d users', (users) => {
  for (const profile of builtInProfiles) {
    const { plan, target } = resolvePlan(scenarioOf(profile, { users, seconds: 10, workers: 2 }));
    expect(plan.users).toBe(users);
    expect(target).toMatchObject({ workers: 2, brokers: 1 });
    expect(plan.phases.filter(({ measured }) => measured)).toMatchObject([{ name: 'steady' }]);
  }
});

test('builtInProfiles have the users of the scenario 42k-users exactly', async () => {
  const { name: _, question: __, ...scenario } = await readProfile(entry('scenarios/42k-users.js'));
  expect(builtIn('42k')).toMatchObject(scenario);
  const { behaviour } = scenarioOf(builtIn('42k'), { users: 42_000, seconds: 60, workers: 3 });
  expect(behaviour).toEqual(scenario.behaviour);
});
