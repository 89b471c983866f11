import { expect, test } from 'vitest';
import { resolvePlan } from '../../plan/resolve/index.ts';
import { builtIn, profileNames } from './built-in.ts';
import { loadOf, ratesOf } from './rates.ts';
import { scenarioOf } from './scenario-of.ts';

const profileOf = (name: string) => builtIn(name)!;
const run = { seconds: 10, workers: 2 };

const cases = profileNames.flatMap((name) => [1, 7, 1_000, 50_000].map((users) => [name, users] as const));

test.each(cases)('scenarioOf() of %s with %d users can be run, and makes its load', (name, users) => {
  const profile = profileOf(name);
  const { messagesPerSecond, plan } = resolvePlan(scenarioOf(profile, { ...run, users }), {});
  expect(plan.users).toBe(users);
  if (users < 1_000) return;
  const load = loadOf(profile, users);
  expect(messagesPerSecond).toBeGreaterThanOrEqual(0.99 * load);
  // Those who come and go begin with everybody there.
  const { away = 0, stays = 1 } = profile.churn ?? {};
  expect(messagesPerSecond).toBeLessThanOrEqual((1.01 * load * (stays + away)) / stays);
});

test.each(['chat', 'ticker', 'presence', 'game'])(
  'scenarioOf() of %s keeps the fan-out as users grow',
  (name) => {
    const { fanOut } = ratesOf(profileOf(name));
    for (const users of [1_000, 5_000, 40_000]) {
      const { behaviour } = scenarioOf(profileOf(name), { ...run, users });
      if (behaviour?.kind !== 'channels') throw new Error('wanted channels');
      expect((users * behaviour.subscriptions) / behaviour.channels / fanOut).toBeCloseTo(1, 1);
    }
  },
);

test('scenarioOf() overloads before it measures, where it is asked to', () => {
  const { phases } = scenarioOf(profileOf('42k'), { ...run, users: 10, overload: 1.5 });
  expect(phases).toMatchObject([
    { pace: 1.5, measured: false },
    { name: 'steady', duration: 10 },
  ]);
});
