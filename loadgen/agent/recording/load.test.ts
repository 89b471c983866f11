import { expect, test } from 'vitest';
import { createLoadMeter } from './load.ts';

test('createLoadMeter() tells CPU since the start and the rest since the last read', () => {
  const meter = createLoadMeter();
  const first = meter.read();
  while (process.cpuUsage().user + process.cpuUsage().system < first.cpuMicros + 2_000);
  const second = meter.read();
  meter.close();
  expect(second.pid).toBe(process.pid);
  expect(second.cpuMicros).toBeGreaterThanOrEqual(first.cpuMicros + 2_000);
  expect(second.rssBytes).toBeGreaterThan(10 * 1024 * 1024);
  expect(second.loopUtilisation).toBeGreaterThanOrEqual(0);
  expect(second.loopUtilisation).toBeLessThanOrEqual(1);
  expect(second.gcMs).toBeGreaterThanOrEqual(0);
});
