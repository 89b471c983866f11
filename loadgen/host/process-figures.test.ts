import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cpuMicros, memoryOf, microsOf, parseMemory } from './process-figures.ts';

test('microsOf() finds user and system time behind a name of any kind', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), fc.nat(), (name, user, system) => {
      const stat = `17 (${name}) S 1 17 17 0 -1 4194560 100 0 0 0 ${user} ${system} 5 5 20 0 11 0 9 9`;
      expect(microsOf(stat)).toBe((user + system) * 10_000);
    }),
  );
  expect(() => microsOf('')).toThrow('Cannot read processor time');
});

test('parseMemory() adds up private pages and says what is missing', () => {
  const rollup = 'Rss:  2000 kB\nPss:  1500 kB\nPrivate_Clean:  24 kB\nPrivate_Dirty:  1000 kB\n';
  expect(parseMemory(rollup)).toEqual({ rss: 2_048_000, private: 1_048_576 });
  expect(() => parseMemory('Rss:  2000 kB\n')).toThrow('"Private_Clean" is missing');
});

test('memoryOf() and cpuMicros() agree with what a process says of itself', () => {
  const { rss, private: own } = memoryOf(process.pid);
  expect(own).toBeLessThanOrEqual(rss);
  expect(rss / process.memoryUsage.rss()).toBeCloseTo(1, 0);
  const before = cpuMicros([process.pid]);
  const { user, system } = process.cpuUsage();
  // The kernel's ticks, and threads that worked between the two calls.
  expect(Math.abs(before - user - system)).toBeLessThan(500_000);
  expect(cpuMicros([process.pid, process.pid])).toBeGreaterThanOrEqual(2 * before);
});
