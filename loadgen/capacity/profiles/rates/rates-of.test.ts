import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolvePlan } from '../../../plan/resolve/index.ts';
import { trafficOf } from '../../trials/figures/index.ts';
import { scenarioOf } from '../scenario-of.ts';
import { builtIn, channelsOf, profileOf } from '../testing.ts';
import { isMostlyIdle, loadOf, pingIntervalMsOf, ratesOf, streamsOf, usersOf } from './rates-of.ts';

const asking = { kind: 'calls', payload: 1, every: { mean: 4 } } as const;

test('ratesOf() counts an answer for each call, and each delivery of a publication', () => {
  expect(ratesOf(profileOf({ behaviour: asking }))).toMatchObject({
    ...{ load: 0.25, inbound: 0.25, publications: 0, deliveries: 0.25, fanOut: 0, connects: 0 },
    pings: 0.125,
  });
  const reaching = channelsOf({ channels: 50, publishTo: 'any' });
  expect(ratesOf(profileOf({ users: 1_000, behaviour: reaching }))).toMatchObject({
    ...{ load: 0.05, inbound: 0.05, publications: 0.05, deliveries: 1, fanOut: 20 },
  });
});

test('ratesOf() weighs groups by their shares, messages by their number', () => {
  const groups = [
    { name: 'askers', weight: 3, behaviour: asking },
    { name: 'others', weight: 1, behaviour: { kind: 'idle' } as const },
  ];
  const rates = ratesOf(profileOf({ groups, options: { pingInterval: 10_000 } }));
  expect(rates).toMatchObject({ load: 0.1875, deliveries: 0.1875, pings: 0.1 });
  // Those who say nothing have no part in the mean size.
  expect(rates.bytes).toEqual(ratesOf(profileOf({ behaviour: asking })).bytes);
});

test('ratesOf() counts users who are away, and lets them come back', () => {
  const rates = ratesOf(profileOf({ behaviour: asking, stays: 15, returns: 5 }));
  expect(rates).toMatchObject({ load: 0.1875, connects: 0.05, pings: 0.09375 });
});

test('ratesOf() takes the word of a profile with a function of its own', () => {
  const behaviour = { kind: 'custom', file: './own.js' } as const;
  const given = { load: 2, publications: 0.5, fanOut: 10 };
  expect(ratesOf(profileOf({ behaviour, rates: given }))).toMatchObject({
    ...{ load: 2, inbound: 2, publications: 0.5, deliveries: 6.5, fanOut: 10 },
  });
  expect(ratesOf(profileOf({ behaviour, rates: { load: 2, deliveries: 7 } })).deliveries).toBe(7);
  expect(ratesOf(profileOf({ behaviour, rates: { load: 2 } })).deliveries).toBe(2);
  const large = ratesOf(profileOf({ behaviour, rates: { load: 2, payloadBytes: 1_000 } })).bytes;
  expect(large.inbound).toBeGreaterThan(1_000);
  expect(large.delivery).toBeGreaterThan(1_000);
});

test('isMostlyIdle() tells users of whom little is heard but their heartbeats', () => {
  const reporting = (every: number) => profileOf({ behaviour: { kind: 'calls', payload: 1, every } });
  expect(isMostlyIdle(builtIn('idle'))).toBe(true);
  expect(isMostlyIdle(profileOf({ behaviour: channelsOf({ publishers: 0 }) }))).toBe(true);
  // A call and its answer against a heartbeat every 8 s.
  expect([15, 17].map((every) => isMostlyIdle(reporting(every)))).toEqual([false, true]);
  for (const name of ['chat', 'ticker', 'presence', 'game', '42k'])
    expect(isMostlyIdle(builtIn(name))).toBe(false);
});

test('usersOf() is the inverse of loadOf(), up to whole users', () => {
  for (const name of ['chat', 'ticker', 'presence', 'game', '42k']) {
    const profile = builtIn(name);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (users) => {
        expect(usersOf(profile, loadOf(profile, users))).toBe(users);
      }),
    );
    expect(usersOf(profile, 0)).toBe(1);
  }
});

test('usersOf() refuses users who send nothing', () => {
  expect(loadOf(builtIn('idle'), 1_000)).toBe(0);
  expect(() => usersOf(builtIn('idle'), 10)).toThrow(
    'Cannot tell the users of a load as those of "idle" send nothing',
  );
});

test('streamsOf() tells groups apart', () => {
  const groups = [
    { name: 'askers', weight: 1, behaviour: asking },
    { name: 'writers', weight: 1, behaviour: channelsOf({ publishers: 1, publishTo: 'any' }) },
  ];
  expect(streamsOf(profileOf({ groups }))).toEqual([
    { calls: 0.125, publications: 0, pushes: 0 },
    { calls: 0, publications: 0.25, pushes: 2.5 },
  ]);
});

test("pingIntervalMsOf() takes the server's own unless the profile names one", () => {
  expect(pingIntervalMsOf({ options: {} })).toBe(8_000);
  expect(pingIntervalMsOf({ options: { pingInterval: 25_000 } })).toBe(25_000);
});

test('ratesOf() counts the bytes that a trial of such users counts', () => {
  const profile = builtIn('42k');
  const users = 1_200;
  const { bytes, pings } = ratesOf(profile);
  const { plan, target } = resolvePlan(scenarioOf(profile, { users, seconds: 6, workers: 1 }));
  const traffic = trafficOf({
    plan: JSON.parse(JSON.stringify({ groups: plan.groups, target })),
    generator: { processes: 1, sourceAddresses: 1, driver: 'socketcluster' },
  });
  expect(traffic.message.inbound).toBeCloseTo(bytes.inbound, 9);
  expect(traffic.message.delivery).toBeCloseTo(bytes.delivery, 9);
  expect(traffic.pingsPerUser).toBeCloseTo(pings, 12);
});
