import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateOf } from '../estimate/index.ts';
import { fleetsFor } from './needed.ts';
import { complete, type FleetQuestion } from './question.ts';
import { chanceOfFleet } from './row.ts';
import { free, instanceOf, instancesOf, listeners, measuredOn, questionOf } from './testing.ts';

test('fleetsFor() 300,000 users finds the smallest fleet of each type, the cheapest first', () => {
  const question = questionOf();
  const { fleets, recommended, users, chance } = fleetsFor(question, { users: 300_000 });
  expect({ users, chance }).toEqual({ users: 300_000, chance: 0.95 });
  expect(fleets).toHaveLength(4);
  const prices = fleets.map(({ row }) => row.monthly);
  expect(prices).toEqual(prices.toSorted((one, other) => one - other));
  expect(recommended?.row.tier).not.toBe('T4');
  for (const { row, chance: reached } of fleets) {
    expect(reached).toBeGreaterThanOrEqual(0.95);
    const smaller = { instance: instanceOf(row.type), nodes: row.nodes - 1 };
    expect(chanceOfFleet(smaller, complete(question), 300_000)).toBeLessThan(0.95);
  }
  // The network lets 88,750 users onto each c7i.large, of which 65 % are used: 5.2 hosts.
  const large = fleets.find(({ row }) => row.type === 'c7i.large');
  expect(large?.row.nodes).toBe(6);
});

test('fleetsFor() keeps users of a lost host unless it need not', () => {
  const [safe] = fleetsFor(questionOf(), { users: 1_000 }).fleets;
  expect(safe?.row).toMatchObject({ nodes: 2, survives: 1 });
  const [bare] = fleetsFor(questionOf(), { users: 1_000, survives: false }).fleets;
  expect(bare?.row).toMatchObject({ nodes: 1, survives: 0 });
});

test('fleetsFor() wants more hosts of what is less known', () => {
  const rates = { ...listeners, bytes: { inbound: 10, delivery: 10, ping: 10 } };
  const instances = instancesOf('c7i.large', 'm7i.large');
  const { fleets } = fleetsFor(questionOf({ rates, instances }), { users: 1_000_000 });
  const nodes = Object.fromEntries(fleets.map(({ row }) => [row.type, row.nodes]));
  expect(nodes['m7i.large']).toBeGreaterThan(nodes['c7i.large'] ?? 0);
});

test('fleetsFor() never needs fewer hosts for more users', () => {
  const users = fc.integer({ min: 1, max: 2_000_000 });
  fc.assert(
    fc.property(users, users, (one, other) => {
      const [few, many] = [Math.min(one, other), Math.max(one, other)].map(
        (wanted) =>
          fleetsFor(questionOf({ instances: instancesOf('c7i.large') }), { users: wanted }).fleets[0]?.row
            .nodes,
      );
      expect(few ?? 0).toBeLessThanOrEqual(many ?? 0);
    }),
    { numRuns: 40 },
  );
});

test('fleetsFor() says of which types no fleet is large enough', () => {
  const costs = { worker: free, broker: { ...free, inbound: 100 }, spread: 0.05 };
  const changes: Partial<FleetQuestion> = {
    measured: measuredOn('c7i.large', { costs }),
    rates: { ...listeners, load: 0, inbound: 1, publications: 1, fanOut: 1e9 },
    instances: instancesOf('c7i.large'),
  };
  // Every broker gets every publication: more hosts do not help.
  const { fleets, leftOut, recommended } = fleetsFor(questionOf(changes), { users: 20_000, mostNodes: 50 });
  expect(fleets).toEqual([]);
  expect(recommended).toBeUndefined();
  expect(leftOut).toEqual([
    'Cannot plan on "c7i.large": 50 hosts do not carry 20000 users with a chance of 0.95',
  ]);
});

test('fleetsFor() says what lets nobody in', () => {
  const memory = { perSocket: estimateOf(10_000, 0.1), perWorker: 60e6, host: 9e9 };
  const question = questionOf({
    measured: measuredOn('c7i.large', { memory }),
    instances: instancesOf('c7i.large'),
  });
  expect(fleetsFor(question, { users: 10 }).leftOut[0]).toContain('its memory leaves no room');
});

test('fleetsFor() refuses what is no number of users, and no chance', () => {
  expect(() => fleetsFor(questionOf(), { users: 0 })).toThrow(
    'Cannot find fleets for "users": current value is 0, wanted 1 or more',
  );
  expect(() => fleetsFor(questionOf(), { users: 10, chance: 1 })).toThrow('"chance": current value is 1');
});
