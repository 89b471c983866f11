import { expect, test } from 'vitest';
import { syntheticRun } from '../../testing.ts';
import { COUNTED, RARE } from './counters.ts';

test('COUNTED and RARE name each counter once, and those that are always there are in every window', () => {
  const names: string[] = [...COUNTED, ...RARE];
  expect(new Set(names).size).toBe(names.length);
  const windows = [...syntheticRun({ users: 20, workers: 2, seconds: 2 })].filter(
    (line) => line.type === 'window',
  );
  const workers = windows.flatMap((window) => window.workers);
  expect(workers.length).toBeGreaterThan(0);
  for (const worker of workers) expect(Object.keys(worker)).toEqual(expect.arrayContaining([...COUNTED]));
});
