import { expect, test } from 'vitest';
import { createCounters } from './counters.ts';

test('createCounters() begins every name at 0, in the order given', () => {
  const counters = createCounters('linksRefused', 'linksTooSlow');
  counters.linksTooSlow += 2;
  expect(Object.entries(counters)).toEqual([
    ['linksRefused', 0],
    ['linksTooSlow', 2],
  ]);
});
