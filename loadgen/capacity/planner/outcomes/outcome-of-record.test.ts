import { expect, test } from 'vitest';
import { parseSlo } from '../../slo/index.ts';
import { aProcess, aRecord } from '../testing.ts';
import { outcomeOfRecord } from './outcome-of-record.ts';

const terms = { slo: parseSlo('99% < 50ms'), phase: 'locate' as const };

test('outcomeOfRecord() passes a trial in which all was well, and says what it cost', () => {
  expect(outcomeOfRecord(aRecord(), terms)).toEqual({
    load: 100,
    ok: true,
    okAtLimits: [true, true, true, true, true],
    reasons: [],
    guards: [],
    cpuMicrosPerMessage: 500,
    utilisation: 0.1,
  });
});

test('outcomeOfRecord() takes the busiest process, a worker by its share of a core', () => {
  const processes = [aProcess({}), aProcess({ role: 'broker', busyMicros: 3_000_000 })];
  expect(outcomeOfRecord(aRecord({ processes }), terms).utilisation).toBeCloseTo(0.3, 12);
  expect(outcomeOfRecord(aRecord({ processes }), { ...terms, share: 0.2 }).utilisation).toBeCloseTo(0.5, 12);
});

test('outcomeOfRecord() knows neither costs nor use of a target that tells nothing', () => {
  const outcome = outcomeOfRecord(aRecord({ processes: [] }), terms);
  expect(outcome).not.toHaveProperty('utilisation');
  expect(outcome).not.toHaveProperty('cpuMicrosPerMessage');
});

test('outcomeOfRecord() words each guard of the generator that tripped', () => {
  const { generator } = aRecord();
  const busy = { ...generator, processes: [{ id: 0, cpuCores: 0.934, loopDelayMs: 1, sockets: 20 }] };
  expect(outcomeOfRecord(aRecord({ generator: busy }), terms).guards).toEqual([
    'processor time of a load process, cores was 0.934, wanted at most 0.7',
  ]);
});

test('outcomeOfRecord() gives the last words of a target that fell over', () => {
  const fellOver = 'worker 0 (pid 7) ended by SIGABRT';
  expect(outcomeOfRecord(aRecord({ fellOver }), terms)).toMatchObject({ load: 100, ok: false, fellOver });
});
