import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plannedIn } from '../../plan/index.ts';
import { resolvePlan } from '../../plan/resolve/index.ts';
import { fanOutsOf, loadOf, ratesOf } from './rates/index.ts';
import { scenarioOf } from './scenario-of.ts';
import { builtIn, channelsOf, profileOf } from './testing.ts';

const wish = { users: 100, seconds: 10, workers: 1 };

/** From 1 to 100,000, small ones as often as large ones. */
const users = fc
  .double({ min: 0, max: Math.log(100_000), noNaN: true })
  .map((log) => Math.round(Math.exp(log)));

test('scenarioOf() lets users come at a bounded rate, settles, and measures one phase without rules', () => {
  expect(scenarioOf(builtIn('42k'), { ...wish, seconds: 9.2 })).toMatchObject({
    name: '42k',
    users: 100,
    ramp: 500,
    settle: 3,
    phases: [{ name: 'steady', duration: 10 }],
    rules: [],
    target: { workers: 1, brokers: 1, options: { pingInterval: 25_000, pingTimeout: 60_000 } },
  });
  expect(scenarioOf(builtIn('42k'), { ...wish, workers: 4 }).ramp).toBe(1_000);
  expect(scenarioOf(builtIn('42k'), { ...wish, ramp: 50, settle: 1 })).toMatchObject({
    ramp: 50,
    settle: 1,
  });
});

test('scenarioOf() overloads before it measures, when asked to', () => {
  const overload = { name: 'overload', duration: 5, pace: 1.5, measured: false };
  const { phases } = scenarioOf(builtIn('chat'), { ...wish, overload: 1.5 });
  expect(phases).toEqual([overload, { name: 'steady', duration: 10 }]);
  const longer = scenarioOf(builtIn('chat'), { ...wish, overload: 1.5, overloadSeconds: 7.5 });
  expect(longer.phases?.[0]).toEqual({ ...overload, duration: 8 });
  const { plan } = resolvePlan(scenarioOf(builtIn('42k'), { ...wish, users: 6_000, overload: 1.5 }));
  const planned = Object.fromEntries(plannedIn(plan).map((sends, n) => [plan.phases[n]?.name, sends]));
  expect(planned['overload']).toBeCloseTo(1_500 * 5, -3);
  expect(planned['steady']).toBeCloseTo(1_000 * 10, -3);
});

test('scenarioOf() keeps habits, groups and what users bring along', () => {
  expect(scenarioOf(builtIn('presence'), wish)).toMatchObject({
    behaviour: { kind: 'channels' },
    stays: { mean: 15 },
    returns: { mean: 3 },
  });
  const groups = [
    { name: 'comers', weight: 1, behaviour: channelsOf(), stays: 15, returns: 3 },
    { name: 'others', weight: 3, behaviour: { kind: 'idle' } as const },
  ];
  const made = scenarioOf(profileOf({ groups, connect: { query: { a: 'b' } } }), wish);
  expect(made).toMatchObject({
    connect: { query: { a: 'b' } },
    groups: [{ name: 'comers', returns: 3 }, {}],
  });
  expect(made).not.toHaveProperty('behaviour');
  expect(() => resolvePlan(made)).not.toThrow();
});

test('scenarioOf() plans as many sends as so many users are to make, within 2 %', () => {
  for (const name of ['chat', 'ticker', 'game', 'idle', '42k']) {
    fc.assert(
      fc.property(users, (count) => {
        const { messagesPerSecond } = resolvePlan(scenarioOf(builtIn(name), { ...wish, users: count }));
        const load = loadOf(builtIn(name), count);
        expect(Math.abs(messagesPerSecond - load)).toBeLessThanOrEqual(0.02 * load);
      }),
      { numRuns: 15 },
    );
  }
});

test('scenarioOf() plans the same where users come and go, but for the chance that few of them have', () => {
  const profile = builtIn('presence');
  for (const count of [2_000, 20_000, 50_000]) {
    const { messagesPerSecond } = resolvePlan(scenarioOf(profile, { ...wish, users: count }));
    // Of any user the share of its time that it is there varies by less than by coin tosses.
    const chance = 4 * Math.sqrt(0.2 / count);
    expect(Math.abs(messagesPerSecond / loadOf(profile, count) - 1)).toBeLessThan(0.02 + chance);
  }
});

test('scenarioOf() draws channels whose publications reach as many as the profile says', () => {
  for (const name of ['chat', 'ticker', 'game']) {
    const profile = builtIn(name);
    const [fanOut = 0] = fanOutsOf(profile);
    fc.assert(
      fc.property(users, (count) => {
        const scenario = scenarioOf(profile, { ...wish, users: count });
        const { behaviour } = scenario;
        if (behaviour?.kind !== 'channels') throw new TypeError('Cannot look at channels: there are none');
        const { channels, publishers, subscriptions } = behaviour;
        const { deliveriesPerSecond, messagesPerSecond } = resolvePlan(scenario);
        const reached = deliveriesPerSecond / messagesPerSecond;
        const rounding = (0.5 / channels) * fanOut;
        const chance = 5 * (Math.sqrt(2 / channels) + Math.sqrt(fanOut / (publishers * count)));
        expect(reached).toBeLessThan(fanOut + rounding + chance);
        if (channels > subscriptions) expect(reached).toBeGreaterThan(fanOut - rounding - chance);
      }),
      { numRuns: 15 },
    );
  }
});

test('scenarioOf() promises deliveries that add up with the rates of a user', () => {
  for (const name of ['chat', 'ticker', 'game']) {
    const { deliveriesPerSecond } = resolvePlan(scenarioOf(builtIn(name), { ...wish, users: 20_000 }));
    expect(deliveriesPerSecond / 20_000 / ratesOf(builtIn(name)).deliveries).toBeCloseTo(1, 1);
  }
});
