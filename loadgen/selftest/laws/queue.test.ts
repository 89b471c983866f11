import { describe, expect, test } from 'vitest';
import { uniform } from '../../plan/index.ts';
import { queue, waitingShare } from './queue.ts';

describe('queue()', () => {
  test('waitingShare() lets 1 minus the load go without waiting', () => {
    expect(waitingShare(0.7, 0)).toBeCloseTo(0.3, 12);
  });

  test('waitingShare() has the mean that Pollaczek and Khinchine give', () => {
    const step = 1 / 256;
    for (const load of [0.3, 0.7, 0.8]) {
      let mean = 0;
      for (let at = step / 2; at < 24; at += step) mean += (1 - waitingShare(load, at)) * step;
      expect(mean).toBeCloseTo(load / (2 * (1 - load)), 2);
    }
  });

  test('queue() gives the service alone to those who do not wait', () => {
    expect(queue({ perMs: 1.4, serviceMs: 0.5 }).quantile(0.25)).toBe(0.5);
  });

  test('queue() tells what a queue played through shows', () => {
    const law = queue({ perMs: 0.7, serviceMs: 1 });
    const times: number[] = [];
    for (let n = 0, waited = 0; n < 400_000; n += 1) {
      times.push(waited + 1);
      waited = Math.max(0, waited + 1 + Math.log1p(-uniform(7, 0, n)) / 0.7);
    }
    times.sort((one, other) => one - other);
    for (const share of [0.5, 0.9, 0.99]) {
      const played = times[Math.floor(share * times.length)] ?? 0;
      expect(Math.abs(law.quantile(share) - played) / played).toBeLessThan(0.05);
    }
  });
});
