/** Measurements for tests. */
import { readOrigin } from './host.ts';
import { makePoint, type Point } from './points.ts';

/** The load of the tests' scenario. */
export const load = { users: 2_000, messagesPerSecond: 1_000, workers: 2 };

const DAY_MS = 86_400_000;

/** One measurement of this host, some days ago. */
export function pointOf({
  daysAgo = 0,
  ...others
}: { daysAgo?: number } & Partial<Omit<Point, 'version'>> = {}): Point {
  return makePoint({
    at: new Date(Date.now() - daysAgo * DAY_MS).toISOString(),
    scenario: 'ping-pong',
    load,
    cpuMicrosPerMessage: 20,
    calibration: 100,
    host: readOrigin(),
    commit: 'c0ffee',
    ...others,
  });
}
