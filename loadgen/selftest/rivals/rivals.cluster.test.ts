import { expect, test } from 'vitest';
import { createCases } from '../cases/index.ts';
import { measureRivals } from './rivals.ts';

test('measureRivals() has autocannon measure the same server with its correction and without', async () => {
  const fixed = createCases({ seconds: 1 }).filter(({ name }) => name === 'fixed' || name === 'queue');
  const rivals = await measureRivals(fixed, 1, () => {});
  expect(rivals.map(({ name, tool }) => [name, tool])).toEqual([
    ['fixed', 'autocannon'],
    ['fixed', 'autocannon, no correction'],
  ]);
  // Its clock has whole milliseconds; it cannot have had an answer before the server gave it.
  expect(rivals[1]?.reported.p50).toBeGreaterThanOrEqual(4);
});
