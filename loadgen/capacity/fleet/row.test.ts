import { expect, test } from 'vitest';
import { estimateOf } from '../estimate/index.ts';
import { complete, type FleetQuestion } from './question.ts';
import { buildRow, chanceOfFleet } from './row.ts';
import { instanceOf, linear, listeners, measuredOn, questionOf } from './testing.ts';

function built(type: string, nodes: number, changes: Partial<FleetQuestion> = {}) {
  const found = buildRow({ instance: instanceOf(type), nodes }, complete(questionOf(changes)));
  if ('leftOut' in found) throw new RangeError(found.leftOut);
  return found;
}

test('buildRow() of one c7i.large has 1 KiB deliveries bound by the network, at 65 % of 88,750 users', () => {
  const row = built('c7i.large', 1);
  expect(row).toMatchObject({
    binding: 'network',
    workers: 2,
    tier: 'T0',
    grade: 'interpolation',
    survives: 0,
  });
  expect(['processors', 'busiest worker']).toContain(row.runnerUp);
  expect(row.users.median).toBeCloseTo(0.65 * 88_750, 0);
  expect(row.headroom).toBeCloseTo(0.35, 9);
  expect(row.messages).toEqual({ in: 0, out: row.users.median });
  expect(row).not.toHaveProperty('unfit');
});

test('buildRow() asks 730 hours a month, and divides them by the users', () => {
  const row = built('c7i.large', 2);
  expect(row.monthly).toBeCloseTo(0.08925 * 730 * 2, 9);
  expect(row.perMillion.median).toBeCloseTo((row.monthly / row.users.median) * 1e6, 6);
  expect(row.perMillion.lower).toBeCloseTo((row.monthly / row.users.upper) * 1e6, 6);
  expect(row.perMillion.upper).toBeCloseTo((row.monthly / row.users.lower) * 1e6, 6);
});

test('buildRow() keeps the loss of one host of several in mind', () => {
  const row = built('c7i.large', 2, {
    measured: measuredOn('c7i.large', { connects: estimateOf(1e6, 0) }),
  });
  // One host of two can carry 88,750 users; 65 % of two would be 115,375.
  expect(row.users.median / 88_750).toBeCloseTo(1, 1);
  expect(row.survives).toBe(1);
  expect(row.headroom).toBeGreaterThan(0.49);
});

test('buildRow() of several hosts is never sure of more than its limits', () => {
  const { capacity, limits } = built('c7i.large', 3);
  const ofHosts = limits.filter(({ name }) => name !== 'reconnect storm');
  for (const { users } of ofHosts) expect(capacity.median).toBeLessThanOrEqual(users * (1 + 1e-9));
  expect(ofHosts[0]?.users).toBeCloseTo(3 * 88_750, 0);
});

test('buildRow() of several hosts names the storm of users of a lost host where that is what binds', () => {
  const slow = measuredOn('c7i.large', { connects: estimateOf(500, 0) });
  const row = built('c7i.large', 2, { measured: slow });
  expect(row).toMatchObject({ binding: 'reconnect storm', runnerUp: 'network' });
  // Half of them within ten seconds, to a host that takes 1,000 a second.
  expect(row.limits[0]?.users).toBeCloseTo(20_000, 6);
  expect(row.users.median).toBeLessThan(20_000);
  const fast = measuredOn('c7i.large', { connects: estimateOf(1e6, 0) });
  expect(built('c7i.large', 2, { measured: fast }).binding).toBe('network');
  expect(built('c7i.large', 1, { measured: slow }).limits.map(({ name }) => name)).not.toContain(
    'reconnect storm',
  );
});

test('chanceOfFleet() is 95 % at the lower end of the interval of users, whatever the number of hosts', () => {
  const rates = { ...listeners, bytes: { inbound: 10, delivery: 10, ping: 10 } };
  for (const nodes of [1, 2, 5]) {
    const row = built('c7i.large', nodes, { rates });
    const chanceOf = (users: number): number =>
      chanceOfFleet({ instance: instanceOf('c7i.large'), nodes }, complete(questionOf({ rates })), users);
    expect(chanceOf(row.users.lower)).toBeCloseTo(0.95, 4);
    expect(chanceOf(row.users.median)).toBeCloseTo(0.5, 4);
    expect(chanceOf(row.users.upper * 2)).toBeLessThan(0.01);
  }
});

test('buildRow() never recommends past twice the measured workers', () => {
  expect(built('c7i.2xlarge', 1)).toMatchObject({ grade: 'extrapolation', tier: 'T2' });
  expect(built('c7i.2xlarge', 1)).not.toHaveProperty('unfit');
  expect(built('c7i.4xlarge', 1)).toMatchObject({
    grade: 'beyond',
    unfit: 'more than twice the workers that were measured',
  });
});

test('buildRow() never recommends a processor of which only published figures are known', () => {
  expect(built('c7g.large', 1)).toMatchObject({
    tier: 'T4',
    unfit: 'its processor was neither measured nor calibrated',
  });
});

test('buildRow() is less sure of what is less known', () => {
  const rates = { ...listeners, bytes: { inbound: 10, delivery: 10, ping: 10 } };
  const measured = measuredOn('c7i.large', { scaling: linear({ most: 100 }) });
  const widths = ['c7i.large', 'c7i.xlarge', 'm7i.large', 'c8i.large'].map(
    (type) => built(type, 1, { rates, measured }).users.spread,
  );
  expect(widths).toEqual(widths.toSorted((one, other) => one - other));
  expect(new Set(widths).size).toBe(4);
});

test('buildRow() says in a sentence why no user gets in', () => {
  const memory = { perSocket: estimateOf(10_000, 0.1), perWorker: 60e6, host: 9e9 };
  const question = complete(questionOf({ measured: measuredOn('c7i.large', { memory }) }));
  expect(buildRow({ instance: instanceOf('c7i.large'), nodes: 1 }, question)).toEqual({
    leftOut: 'Cannot plan on "c7i.large": its memory leaves no room for a single user',
  });
});
