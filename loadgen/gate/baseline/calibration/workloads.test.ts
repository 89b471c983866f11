import { expect, test } from 'vitest';
import { workloads } from './workloads.ts';

test.each(Object.entries(workloads))(
  'workloads.%s takes processor time for what it does',
  async (_, work) => {
    const micros = await work(20);
    expect(micros).toBeGreaterThan(0.1);
    expect(micros).toBeLessThan(10_000_000);
  },
);
