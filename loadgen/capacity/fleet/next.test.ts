import { expect, test } from 'vitest';
import { planFleets } from './fleet.ts';
import { adviseNext } from './next.ts';
import { complete, type FleetQuestion } from './question.ts';
import { instanceOf, instancesOf, linear, listeners, measuredOn, questionOf } from './testing.ts';

const rates = { ...listeners, bytes: { inbound: 10, delivery: 10, ping: 10 } };

function adviceOn(changes: Partial<FleetQuestion>) {
  return planFleets(questionOf({ rates, ...changes })).next;
}

test('adviseNext() has the type calibrated that is least known and may be the cheapest', () => {
  const advice = adviceOn({ instances: instancesOf('c7i.large', 'm7i.large', 'c7g.large'), nodeCounts: [2] });
  expect(advice).toMatchObject({ kind: 'calibrate', type: 'c7g.large' });
  expect(advice?.after).toBeLessThan(advice?.before ?? 0);
  expect(advice?.sentence).toMatch(
    /^Calibrate c7g\.large, two minutes for \$0\.002: its price would be known within a factor of 1\.\d\d instead of \d\.\d\d, and it may turn out cheaper than c7i\.large; there, run "npx scbench calibrate c7g\.large", and give this plan what it prints by --scores$/,
  );
});

test('adviseNext() leaves alone what cannot be the cheapest any more', () => {
  const dear = { ...instanceOf('c7g.large'), hourly: 5 };
  const advice = adviceOn({ instances: [instanceOf('c7i.large'), dear], nodeCounts: [1] });
  expect(advice?.type).not.toBe('c7g.large');
});

test('adviseNext() has the capacity searched where the scaling law is what is uncertain', () => {
  const [sure, unsure] = [linear({ spread: 0.02 }), linear({ spread: 0.25 })];
  const scaling = (workers: number) => (workers > 2 ? unsure : sure)(workers);
  const measured = measuredOn('c7i.large', { scaling });
  const advice = adviceOn({ measured, instances: instancesOf('c7i.large', 'c7i.xlarge'), nodeCounts: [1] });
  expect(advice).toMatchObject({ kind: 'measure', type: 'c7i.xlarge', workers: 4 });
  expect(advice?.sentence).toMatch(
    /^Search the capacity of c7i\.xlarge with 4 workers: .*; there, run this plan with --here c7i\.xlarge$/,
  );
});

test('adviseNext() has nothing searched where costs alone were measured', () => {
  const unsure = measuredOn('c7i.large', { scaling: linear({ spread: 0.25 }) });
  const measured = { ...unsure, machine: { ...unsure.machine, isSearched: false } };
  expect(
    adviceOn({ measured, instances: instancesOf('c7i.large', 'm7i.large'), nodeCounts: [1] })?.kind,
  ).not.toBe('measure');
});

test('adviseNext() has nothing to say where nothing is left to learn', () => {
  const measured = measuredOn('c7i.large', { scaling: linear({ spread: 0.018 }) });
  expect(adviceOn({ measured, instances: instancesOf('c7i.large'), nodeCounts: [1] })).toBeUndefined();
  expect(adviseNext({ rows: [] }, complete(questionOf()))).toBeUndefined();
});
