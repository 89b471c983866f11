import { expect, test } from 'vitest';
import type { Run } from '../../loadgen/results/index.ts';
import { healthyRun } from '../testing.ts';
import { glanceAt } from './glance.ts';

test('glanceAt() looks again after twenty-five times what the last look took', () => {
  let [time, looks] = [0, 0];
  const look = (): Run => {
    time += 10;
    looks += 1;
    return { ...healthyRun(), events: [] };
  };
  const glance = glanceAt(look, () => time);
  const first = glance();
  time = 259;
  expect(glance()).toBe(first);
  time = 260;
  expect(glance()).not.toBe(first);
  expect(looks).toBe(2);
});
