import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateOf } from '../estimate/index.ts';
import { planFleets, rank } from './fleet.ts';
import type { FleetRow } from './row.ts';
import { instanceOf, instancesOf, linear, listeners, measuredOn, questionOf } from './testing.ts';

function rowOf(changes: { monthly: number; users: number; unfit?: string }): FleetRow {
  const { monthly, users, ...rest } = changes;
  return {
    type: 'c7i.large',
    nodes: 1,
    workers: 2,
    users: estimateOf(users, 0.1),
    capacity: estimateOf(users / 0.65, 0.1),
    messages: { in: 0, out: 0 },
    binding: 'memory',
    limits: [],
    headroom: 0.35,
    survives: 0,
    monthly,
    perMillion: estimateOf((monthly / users) * 1e6, 0.1),
    tier: 'T0',
    grade: 'interpolation',
    spreads: { tier: 0, scaling: 0.1 },
    ...rest,
  };
}

test('planFleets() has a row for every type with every number of hosts, the cheapest per user first', () => {
  const { rows } = planFleets(questionOf({ nodeCounts: [1, 2, 5] }));
  expect(rows).toHaveLength(12);
  const prices = rows.map(({ perMillion }) => perMillion.median);
  for (const [index, price] of prices.entries()) {
    if (index > 0) expect(price).toBeGreaterThanOrEqual((prices[index - 1] ?? 0) * (1 - 1e-8));
  }
});

test('planFleets() recommends the cheapest that survives the loss of a host', () => {
  const { recommended, rows } = planFleets(questionOf());
  const fit = rows.filter(({ unfit, survives }) => unfit === undefined && survives > 0);
  expect(recommended).toBe(fit[0]);
  expect(recommended?.survives).toBeGreaterThan(0);
});

test('planFleets() recommends a single host where fleets of several are not asked for', () => {
  const { recommended } = planFleets(questionOf({ nodeCounts: [1] }));
  expect(recommended).toMatchObject({ nodes: 1, survives: 0 });
});

test('planFleets() never recommends what is past twice the measured workers, or of the last tier', () => {
  const questions = fc.record({
    type: fc.constantFrom('c7i.large', 'c7g.large', 'm8g.xlarge', undefined),
    most: fc.integer({ min: 1, max: 6 }),
    spread: fc.double({ min: 0.01, max: 0.3, noNaN: true }),
    scored: fc.boolean(),
  });
  fc.assert(
    fc.property(questions, ({ type, most, spread, scored }) => {
      const measured = measuredOn(type, { scaling: linear({ most, spread }) });
      const scores = scored ? [{ instance: instanceOf('c8g.large'), score: { single: 78, busy: 80 } }] : [];
      const own = { ...measured.machine, score: { single: 70, busy: 100 } };
      const { rows, recommended } = planFleets(
        questionOf({
          measured: { ...measured, machine: own },
          scores,
          instances: instancesOf('c7i', 'c7g', 'c8g', 'm8g'),
          nodeCounts: [1, 3],
        }),
      );
      for (const row of [recommended, ...rows.filter(({ isPareto }) => isPareto)]) {
        if (row === undefined) continue;
        expect(row.tier).not.toBe('T4');
        expect(row.grade).not.toBe('beyond');
      }
      expect(recommended === undefined).toBe(rows.every(({ unfit }) => unfit !== undefined));
    }),
    { numRuns: 25 },
  );
});

test('planFleets() recommends nothing when no processor is known, and says what to calibrate', () => {
  const { recommended, next } = planFleets(questionOf({ measured: measuredOn(undefined) }));
  expect(recommended).toBeUndefined();
  expect(next?.kind).toBe('calibrate');
});

test('planFleets() says what it takes for granted', () => {
  const { notes } = planFleets(
    questionOf({
      instances: instancesOf('c7i.large', 't3.large', 'm3.2xlarge', 'c8i-flex.large'),
      isTracked: true,
      rates: { ...listeners, pings: 1 / 400 },
    }),
  );
  expect(notes).toHaveLength(5);
  expect(notes[0]).toContain('Users ping each 400 s');
  expect(notes.join(' ')).toContain('Of m3.2xlarge no bandwidth is published');
  expect(notes.join(' ')).toContain('Of t3.large processors');
  expect(planFleets(questionOf()).notes).toEqual([]);
});

test('planFleets() leaves out once, in a sentence, a type that carries nobody', () => {
  const memory = { perSocket: estimateOf(10_000, 0.1), perWorker: 60e6, host: 4e9 };
  const { rows, leftOut } = planFleets(questionOf({ measured: measuredOn('c7i.large', { memory }) }));
  expect(leftOut).toHaveLength(3);
  expect(leftOut[0]).toContain('Cannot plan on "c7i.large": its memory');
  expect(new Set(rows.map(({ type }) => type))).toEqual(new Set(['c7i.xlarge']));
});

test('rank() marks fleets that no other betters in price and users, and none that may not be bought', () => {
  const rows = [
    rowOf({ monthly: 100, users: 1_000 }),
    rowOf({ monthly: 200, users: 900 }),
    rowOf({ monthly: 300, users: 5_000 }),
    rowOf({ monthly: 50, users: 50_000, unfit: 'unknown' }),
    rowOf({ monthly: 100, users: 1_000 }),
  ];
  const marked = rank(rows).map(({ monthly, isPareto }) => [monthly, isPareto]);
  expect(marked).toEqual([
    [50, false],
    [300, true],
    [100, true],
    [100, true],
    [200, false],
  ]);
});
