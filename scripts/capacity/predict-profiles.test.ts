import { expect, test } from 'vitest';
import { estimateOf } from '../../loadgen/capacity/estimate/index.ts';
import { aSize } from '../../loadgen/capacity/planner/testing.ts';
import { builtIn } from '../../loadgen/capacity/profiles/testing.ts';
import { ClusterError } from '../../server/errors/index.ts';
import { type Measured, predictProfiles, tableOf } from './predict-profiles.ts';
import { aTrying } from './testing.ts';

/** A profile of so many deliveries for each message, which cost 20 and 5 microseconds. */
function aProfile(name: string, deliveries: number, factor = 1): Measured {
  const observations = [1_000, 1_500, 2_000].map((inbound) => {
    const work = { inbound, delivery: inbound * deliveries, ping: 0, connect: 0, byte: 0 };
    return { work, busyMicros: factor * inbound * (20 + 5 * deliveries) };
  });
  return { name, observations };
}

test('tableOf() predicts a profile from the others, and shows one that costs more than they say', () => {
  const table = tableOf([
    aProfile('few', 1),
    aProfile('some', 5),
    aProfile('many', 20),
    aProfile('odd', 10, 1.3),
  ]);
  expect(table).toMatch(/^\| odd \| 3 \| -23\.1 % /m);
  expect(tableOf([aProfile('few', 1), aProfile('some', 5), aProfile('many', 20)])).toMatch(
    /^\| some \| 3 \| -?0\.0 % /m,
  );
});

test('tableOf() says below which costs the others cannot tell', () => {
  const table = tableOf([aProfile('few', 1), aProfile('some', 5), aProfile('many', 20)]);
  expect(table).toContain('\n- Without few: No trial had any ping: its cost is taken for 0.\n');
});

test('tableOf() claims nothing of a profile of which no trial at high load was met', () => {
  const table = tableOf([aProfile('few', 1), aProfile('many', 20), { name: 'none', observations: [] }]);
  expect(table).toMatch(/^\| none \| 0 \| – \| 0\.0 % \|$/m);
  expect(table).toContain('- Without none: No trial at high load was met');
  expect(tableOf([aProfile('few', 1), { name: 'none', observations: [] }])).toMatch(
    /^\| few \| 3 \| – \| – \|$/m,
  );
});

test('predictProfiles() goes on with the others where one cannot be measured', async () => {
  const trying = aTrying();
  const profiles = ['42k', 'chat', 'game'].map(builtIn);
  await predictProfiles(trying, profiles, undefined, (_, { name }) =>
    name === 'chat'
      ? Promise.reject(new ClusterError('Cannot start', { code: 'PROCESS_FAILED' }))
      : Promise.resolve(aSize(1)),
  );
  expect(trying.kept()).toMatch(/^\| chat \| 0 \| – \|/m);
  expect(trying.kept()).toMatch(/^\| game \| 5 \| -?\d+\.\d % \|/m);
  expect(trying.said()).toContain('Cannot start');
});

test('predictProfiles() takes the highest trials where the capacity lies far above them', async () => {
  const trying = aTrying();
  const size = aSize(1);
  const far = estimateOf(1e6, 0.1);
  const asked: unknown[] = [];
  await predictProfiles(trying, ['42k', 'chat'].map(builtIn), 0.4, (_, { share }) => {
    asked.push(share);
    return Promise.resolve({ ...size, result: { ...size.result, estimate: far } });
  });
  expect(trying.kept()).toMatch(/^\| chat \| [1-9]\d* \| -?\d/m);
  expect(asked).toEqual([0.4, 0.4]);
});
