import { expect, test } from 'vitest';
import { syntheticRun } from '../../testing.ts';
import { createHistogram } from '../histogram.ts';
import { loopDelayOf } from '../measure.ts';
import type { Header, RecordLine } from '../record/index.ts';
import { Timeline } from '../timeline.ts';
import {
  generatorOf,
  imbalance,
  phaseWorkerOf,
  roleOf,
  targetOf,
  workerNames,
  workerOf,
} from './processes.ts';
import { type Span, spansOf, wholeSpan } from './span.ts';

function spansIn([header, ...lines]: readonly RecordLine[]): { whole: Span; steady: Span } {
  const timeline = new Timeline((header as Header).phases);
  for (const line of lines) if (line.type === 'window' || line.type === 'probe') timeline.add(line);
  timeline.settle(999);
  const spans = spansOf(timeline);
  return { whole: wholeSpan(timeline, spans), steady: spans[2]! };
}

const lines = syntheticRun({ users: 60, workers: 2, seconds: 4 });
const { whole, steady } = spansIn(lines);

test('workerNames() knows a worker that only the probe saw', () => {
  const silent = lines.map(
    (line): RecordLine =>
      line.type === 'window'
        ? { ...line, workers: line.workers.filter(({ worker }) => worker === '0') }
        : line,
  );
  expect(workerNames(spansIn(silent).whole)).toEqual(['0', '1']);
});

test('workerOf() joins what users saw of a worker with what it told of itself', () => {
  const worker = workerOf('1', whole, steady);
  expect(worker).toMatchObject({ id: '1', connections: 30, peakConnections: 30, pid: expect.any(Number) });
  expect(worker.response?.p99).toBeGreaterThan(worker.response?.p50 ?? 0);
  expect(worker).not.toHaveProperty('push');
});

test('phaseWorkerOf() tells all quantiles of a worker in a phase', () => {
  expect(phaseWorkerOf('1', steady)).toMatchObject({ id: '1', response: { p999: expect.any(Number) } });
  expect(phaseWorkerOf('7', steady)).toEqual({ id: '7', messagesPerSecond: 0 });
});

test('roleOf() and targetOf() are empty for a target that told nothing', () => {
  const { steady: foreign } = spansIn(lines.filter(({ type }) => type !== 'probe'));
  expect(roleOf('broker', foreign)).toEqual([]);
  expect(targetOf(foreign)).toEqual({
    cpuCores: null,
    rssMB: null,
    rssSlopeMBPerHour: null,
    rssGrowthMB: null,
    cpuMicrosPerMessage: null,
  });
  expect(roleOf('broker', steady)).toMatchObject([{ id: 0 }]);
});

test('targetOf() tells how fast the memory of all processes grows, in megabytes an hour', () => {
  const saw = (second: number) => (20_000_000 * (second % 30)) / 30;
  const grown = (bytesPerSecond: number): RecordLine[] => {
    const probe = lines.find((line) => line.type === 'probe')!;
    const header = { ...(lines[0] as Header), phases: [{ name: 'all', start: 0, end: 1_500 }] };
    return [
      header,
      ...Array.from({ length: 1_500 }, (_, second) => {
        const rssBytes = 100_000_000 + second * bytesPerSecond + saw(second);
        const [one, other] = probe.processes;
        // Now and then one of them does not tell in time, more often so towards the end.
        const told = [
          { ...one!, rssBytes },
          { ...other!, rssBytes: 5_000 * second },
        ];
        return {
          ...probe,
          second,
          processes: second % 100 < second / 50 ? told.slice(1) : told,
        };
      }),
    ];
  };
  // 5,000 bytes a second are 18 MB an hour; collections of 20 MB every 30 s move that by less than 2.
  for (const bytesPerSecond of [0, 10_000, -5_000]) {
    const { rssSlopeMBPerHour } = targetOf(spansIn(grown(bytesPerSecond)).whole);
    expect(Math.abs(rssSlopeMBPerHour! - 18 - bytesPerSecond * 0.0036)).toBeLessThan(2);
  }
});

test('generatorOf() divides by messages, and by users where there are many', () => {
  const spans = { whole, measured: steady };
  const { bytesPerUser, cpuMicrosPerMessage, cpuCores } = generatorOf({ users: 1_000, version: 2 }, spans);
  const perSecond = steady.counts.answered / steady.length;
  expect(cpuMicrosPerMessage).toBeCloseTo((cpuCores * 1_000_000) / perSecond);
  expect(bytesPerUser).toBeGreaterThan(1_000);
  for (const users of [0, 999]) {
    expect(generatorOf({ users, version: 2 }, spans)).not.toHaveProperty('bytesPerUser');
    expect(generatorOf({ users, version: 1 }, spans)).toHaveProperty('bytesPerUser');
  }
});

test('generatorOf() tells how late sends were while it measured, and users in the whole run', () => {
  const times = createHistogram();
  for (let n = 0; n < 1_000; n += 1) times.record(n < 994 ? 1_000 : 8_000);
  const encoded = times.encode();
  const { whole: all, steady: own } = spansIn(
    lines.map((line): RecordLine => {
      if (line.type !== 'window') return line;
      const { lateness: _, resolutionMs: __, ...window } = line;
      if (line.second === 0) return { ...window, arrival: encoded, resolutionMs: 1 };
      if (line.second < 15) return window;
      return { ...window, lateness: encoded, resolutionMs: line.process === 1 ? 0.25 : 0.2 };
    }),
  );
  const found = generatorOf({ users: 60, version: 2 }, { whole: all, measured: own });
  expect(found).toMatchObject({ resolutionMs: 0.25, arrivals: { resolutionMs: 1 } });
  expect(found.errorMs).toBeCloseTo(8, 1);
  expect(found.arrivals?.errorMs).toBeCloseTo(8, 1);
});

test('generatorOf() tells of each load process how late it was to look up, and of the coordinator nothing', () => {
  const { processes } = generatorOf({ users: 60, version: 2 }, { whole, measured: steady });
  expect(processes.map(({ id, loopDelayMs }) => [id, loopDelayMs])).toEqual([
    [-1, undefined],
    ...[0, 1].map((id) => [id, loopDelayOf(steady.measure.loopDelays.get(id) ?? expect.fail())]),
  ]);
  expect(steady.measure.loopDelays.get(1)?.count).toBeLessThan(
    whole.measure.loopDelays.get(1)?.count ?? expect.fail(),
  );
});

test('generatorOf() leaves out what older records do not tell', () => {
  const older = spansIn(
    lines.map((line): RecordLine => {
      if (line.type !== 'window') return line;
      const { resolutionMs: _, loopDelay: __, ...window } = line;
      return window;
    }),
  );
  const found = generatorOf({ users: 60, version: 2 }, { whole: older.whole, measured: older.steady });
  expect(found.errorMs).toBeGreaterThan(0);
  expect(Object.keys(found)).not.toContain('resolutionMs');
  expect(Object.keys(found)).not.toContain('arrivals');
  for (const process of found.processes) expect(Object.keys(process)).not.toContain('loopDelayMs');
});

test('imbalance() is the largest divided by the mean', () => {
  expect(imbalance([10, 20, 30])).toBe(1.5);
  expect(imbalance([])).toBe(1);
});
