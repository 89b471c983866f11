import { expect, test } from 'vitest';
import { type Measured, tableOf } from './predict-profiles.ts';

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
