import { expect, test } from 'vitest';
import { nearest } from '../../../server/errors/index.ts';
import { syntheticSummary } from '../../testing.ts';
import { exists, PATHS } from './paths.ts';

/** Every path to a number in a value, with lists as `*`, and with counts as they stand in a rule. */
function pathsIn(value: unknown, path: string[] = []): string[] {
  if (typeof value === 'number') return [path.join('.')];
  if (Array.isArray(value)) return value.flatMap((each) => pathsIn(each, [...path, '*']));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, [...path, name]));
}

test('PATHS holds every figure of a summary, and none that no summary has', () => {
  const summary = syntheticSummary();
  const quantiles = { ...summary.latencyMs.response };
  const full = {
    ...summary,
    balancers: summary.brokers,
    latencyMs: { ...summary.latencyMs, push: quantiles, connect: quantiles },
    users: { ...summary.users, failed: 0, dropped: 0 },
  };
  // Neither a rule's own values nor what identifies a run or a process is a figure.
  const identity = /^(rules\.|version$|seed$)|\.(id|pid)$/;
  const found = new Set(pathsIn(full).filter((path) => !identity.test(path)));
  expect([...PATHS].sort()).toEqual([...found].sort());
});

test('exists() knows the members of lists by id and counts by name', () => {
  expect(exists('workers.0.response.p99')).toBe(true);
  expect(exists('users.failed.http-503')).toBe(true);
  expect(PATHS.every(exists)).toBe(true);
});

test.each(['users', 'users.constructor', 'workers.*', 'workers.p99', 'seconds.x', 'users.failed.a.b', ''])(
  'exists() refuses "%s"',
  (path) => {
    expect(exists(path)).toBe(false);
  },
);

test.each([
  ['user.failed', 'users.failed'],
  ['latencyMs.response.p909', 'latencyMs.response.p90'],
  ['latency.response.p999', 'latencyMs.response.p999'],
  ['worker.*.response.p99', 'workers.*.response.p99'],
])('nearest() takes "%s" for "%s"', (path, meant) => {
  expect(nearest(path, PATHS)).toBe(meant);
});
