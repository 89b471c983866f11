import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Probe } from '../../record/index.ts';
import { growthOf } from './growth.ts';

/** A process whose memory goes up and down as collections come. */
interface Saw {
  mb: number;
  /** What garbage adds before it is collected, and seconds between two collections. */
  garbageMB: number;
  every: number;
  phase: number;
}

/** What `soak` measures: 25 minutes, the least leak it is to find, and the growth it allows. */
const SECONDS = 1_500;
const LEAK_MB = 20;
const BOUND_MB = 15;

/** So many seconds of some processes, the first of which grows by so much in all. */
function probesOf(saws: readonly Saw[], grownMB: (second: number) => number): Probe[] {
  return Array.from({ length: SECONDS }, (_, second): Probe => {
    const processes = saws.map(({ mb, garbageMB, every, phase }, id) => {
      const garbage = garbageMB * (((second + phase) % every) / every);
      return {
        role: 'worker' as const,
        id,
        pid: id + 1,
        ...quiet,
        rssBytes: 1e6 * (mb + garbage + (id === 0 ? grownMB(second) : 0)),
      };
    });
    return { type: 'probe', second, processes, coordinator, host };
  });
}

const quiet = {
  cpuCores: 0,
  eventLoopP99Ms: 0,
  gcMsPerSecond: 0,
  connections: 0,
  messagesInPerSecond: 0,
  messagesOutPerSecond: 0,
};
const coordinator = { pid: 9, cpuCores: 0, rssBytes: 0 };
const host = { stealPercent: 0, busyPercent: 0, memoryFreeBytes: 0 };

const sawsOf = (most: { garbageMB: number; every: number }) =>
  fc.array(
    fc.record({
      mb: fc.integer({ min: 40, max: 100 }),
      garbageMB: fc.integer({ min: 0, max: most.garbageMB }),
      every: fc.integer({ min: 5, max: most.every }),
      phase: fc.nat(1_000),
    }),
    { minLength: 1, maxLength: 4 },
  );

test('growthOf() finds a leak of a third more than soak allows, whatever garbage comes and goes', () => {
  const leak = (second: number) => (LEAK_MB * second) / SECONDS;
  fc.assert(
    fc.property(sawsOf({ garbageMB: 20, every: 120 }), (saws) => {
      const { mbPerSecond, totalMB } = growthOf(probesOf(saws, leak))!;
      expect(totalMB!.low).toBeGreaterThan(BOUND_MB);
      expect(Math.abs(mbPerSecond * SECONDS - LEAK_MB)).toBeLessThan(3);
    }),
  );
});

test('growthOf() invents no leak: not of garbage, not of a server that has just filled up', () => {
  const filling = fc.record({
    mb: fc.integer({ min: 0, max: 30 }),
    within: fc.integer({ min: 1, max: 120 }),
  });
  fc.assert(
    fc.property(sawsOf({ garbageMB: 20, every: 400 }), filling, (saws, { mb, within }) => {
      const filled = (second: number) => mb * (1 - Math.exp(-second / within));
      expect(growthOf(probesOf(saws, filled))!.totalMB!.low).toBeLessThan(BOUND_MB);
    }),
  );
});

test('growthOf() takes a process that told nothing for a while for no less than it was', () => {
  const saws = [0, 1].map((id) => ({ mb: 50, garbageMB: 10, every: 30, phase: 7 * id }));
  const whole = probesOf(saws, (second) => second / 100);
  const gaps = whole.map((probe) => {
    const [first, ...others] = probe.processes;
    if (probe.second % 100 < probe.second / 30) return { ...probe, processes: others };
    return { ...probe, processes: probe.second > 1_300 ? [] : [first!, ...others] };
  });
  expect(growthOf(gaps)!.mbPerSecond).toBeCloseTo(growthOf(whole)!.mbPerSecond, 2);
});

test('growthOf() is not sure of a few seconds, and knows nothing of one or none', () => {
  const probes = probesOf([{ mb: 50, garbageMB: 0, every: 9, phase: 0 }], (second) => second);
  expect(growthOf(probes.slice(0, 4))).toEqual({ mbPerSecond: expect.closeTo(1), totalMB: null });
  expect(growthOf(probes.slice(0, 36))?.totalMB).toEqual({
    low: expect.closeTo(35),
    high: expect.closeTo(35),
  });
  expect([growthOf(probes.slice(0, 1)), growthOf([])]).toEqual([null, null]);
});
