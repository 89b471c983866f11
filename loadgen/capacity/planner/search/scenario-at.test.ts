import { expect, test } from 'vitest';
import { resolvePlan } from '../../../plan/resolve/index.ts';
import { loadOf } from '../../profiles/index.ts';
import { builtIn } from '../../profiles/testing.ts';
import { mostUsersOf, scenarioAt, scenarioFor } from './scenario-at.ts';

const profile = builtIn('42k');
const wish = { seconds: 10, workers: 1 };

test('scenarioAt() has a socket for each user as long as there are few', () => {
  const { scenario, users, usersPerSocket } = scenarioAt(profile, { ...wish, load: 100 });
  expect([users, scenario.users, usersPerSocket]).toEqual([600, 600, 1]);
  expect(scenario.phases?.at(-1)).toMatchObject({ duration: 10 });
  expect(scenario.phases?.at(-1)?.pace ?? 1).toBe(1);
  expect(scenario.target.options).toMatchObject({ pingInterval: 25_000 });
  expect(scenario.ramp).toBe(1_000);
});

test('scenarioAt() has sockets do the work of several users, heartbeats too', () => {
  const { scenario, users, usersPerSocket } = scenarioAt(profile, { ...wish, load: 10_000 });
  expect([users, scenario.users, usersPerSocket]).toEqual([60_000, 2_000, 30]);
  expect(scenario.phases).toMatchObject([
    { pace: 30, measured: false, duration: 2 },
    { pace: 30, name: 'steady', duration: 10 },
  ]);
  expect(scenario.target.options).toMatchObject({ pingInterval: 800 });
  expect(loadOf(profile, scenario.users) * 30).toBeCloseTo(10_000, 6);
});

test('scenarioAt() has sockets come and go as often as several users', () => {
  const presence = builtIn('presence');
  const load = loadOf(presence, 3_000);
  const { scenario } = scenarioAt(presence, { ...wish, load, mostSockets: 1_000 });
  const mean = (gap: unknown): number => (typeof gap === 'number' ? gap : (gap as { mean: number }).mean);
  for (const habit of ['stays', 'returns'] as const)
    expect(mean(scenario[habit])).toBeCloseTo(mean(presence[habit]) / 3, 9);
});

test('scenarioAt() overloads by as much as it is told, whatever the sockets do', () => {
  for (const mostSockets of [100_000, 100]) {
    const { scenario } = scenarioAt(profile, { ...wish, load: 100, overload: 150, mostSockets });
    const [before, measured] = scenario.phases ?? [];
    expect(before).toMatchObject({ measured: false });
    expect(Number(before?.pace) / Number(measured?.pace ?? 1)).toBeCloseTo(1.5, 9);
  }
});

test('scenarioAt() has more sockets where each would have more to do than a scenario can ask of one', () => {
  for (const overload of [undefined, 300_000]) {
    const { scenario, users } = scenarioAt(profile, { ...wish, load: 200_000, overload, mostSockets: 500 });
    expect([users, scenario.users]).toEqual([1_200_000, overload ? 1_800 : 1_200]);
    expect(() => resolvePlan(scenario)).not.toThrow();
  }
});

test('scenarioFor() has the sockets of a trial answer the heartbeats of as many users as mostUsersOf() says', () => {
  const idle = builtIn('idle');
  expect([mostUsersOf(idle), mostUsersOf(idle, 10), mostUsersOf(profile)]).toEqual([53_333, 266, 166_666]);
  const { scenario, usersPerSocket } = scenarioFor(idle, { ...wish, users: mostUsersOf(idle) });
  expect([scenario.users, usersPerSocket]).toEqual([2_000, 53_333 / 2_000]);
  expect(scenario.target.options).toMatchObject({ pingInterval: 300 });
});
