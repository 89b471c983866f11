import { expect, test } from 'vitest';
import { uniform } from '../../../plan/index.ts';
import { estimateOf } from '../../estimate/index.ts';
import { complete, type FleetQuestion } from '../question.ts';
import { instanceOf, listeners, measuredOn, questionOf } from '../testing.ts';
import { type Bound, usersAt } from './chance.ts';
import { limitsOf } from './limits.ts';
import { chanceOn, nodeOf } from './node.ts';

function hostOf(changes: Partial<FleetQuestion> = {}) {
  const question = complete(questionOf(changes));
  const prediction = question.measured.scaling(2);
  const evidence = { tier: 'T0', speed: 1, spread: 0 } as const;
  return { host: { instance: instanceOf('c7i.large'), nodes: 1, evidence, prediction }, question };
}

function node(changes: Partial<FleetQuestion> = {}) {
  const { host, question } = hostOf(changes);
  const found = nodeOf(host, question);
  if ('stoppedBy' in found) throw new RangeError(`Nobody gets in: ${found.stoppedBy}`);
  return found;
}

test('nodeOf() names the limit that binds first, and the next', () => {
  const [first, second] = node().limits;
  expect(first).toMatchObject({ name: 'network' });
  expect(first?.users).toBeCloseTo(88_750, 0);
  expect(['busiest worker', 'processors']).toContain(second?.name);
});

const small = { ...listeners, bytes: { inbound: 100, delivery: 100, ping: 100 } };

test('nodeOf() carries less than any of its limits lets through, as each may fail', () => {
  const { capacity, limits } = node({ rates: small });
  expect(capacity.median).toBeLessThan((limits[0]?.users ?? 0) * 0.995);
  expect(capacity.lower).toBeLessThan(capacity.median);
});

test('chanceOn() of a host is 95 % at the lower end of what it carries, and 5 % at the upper', () => {
  const { capacity } = node({ rates: small });
  const { host, question } = hostOf({ rates: small });
  expect(chanceOn(host, question, capacity.lower)).toBeCloseTo(0.95, 4);
  expect(chanceOn(host, question, capacity.median)).toBeCloseTo(0.5, 4);
  expect(chanceOn(host, question, capacity.upper)).toBeCloseTo(0.05, 4);
});

test('nodeOf() has nine of ten hosts in its interval, as drawing every limit by chance shows', () => {
  const { host, question } = hostOf({ rates: small, isTracked: true });
  const { capacity } = node({ rates: small, isTracked: true });
  const bounds = limitsOf(host, question);
  const draws = 2_000;
  let inside = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const drawn = bounds.map((bound, index): Bound => {
      const [one, other] = [uniform(draw, index, 1), uniform(draw, index, 2)];
      const deviations = Math.sqrt(-2 * Math.log(1 - one)) * Math.cos(2 * Math.PI * other);
      const { median, spread } = bound.supply;
      return { ...bound, supply: { median: median * Math.exp(spread * deviations), spread: 0 } };
    });
    const users = usersAt(drawn, 0.5);
    if (users >= capacity.lower && users <= capacity.upper) inside += 1;
  }
  // The binomial law has 99.9 % of all such series between 1,755 and 1,843.
  expect(inside).toBeGreaterThanOrEqual(1_755);
  expect(inside).toBeLessThanOrEqual(1_843);
});

test('nodeOf() never carries more than a limit that is known for sure', () => {
  expect(node().capacity.upper).toBeCloseTo(88_750, 0);
});

test('nodeOf() says what lets nobody in', () => {
  const measured = measuredOn('c7i.large', {
    memory: { perSocket: estimateOf(10_000, 0.1), perWorker: 60e6, host: 8e9 },
  });
  expect(() => node({ measured })).toThrow('Nobody gets in: memory');
});
