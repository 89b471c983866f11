import { expect, test } from 'vitest';
import { syntheticRun, syntheticSummary } from '../../testing.ts';
import { hasConnected, nobodyStayed } from './users.ts';

const lines = syntheticRun({ users: 60, workers: 2, seconds: 2 });
const [totals] = lines.flatMap((line) => (line.type === 'final' ? line.totals : []));
const { users } = syntheticSummary({ users: 60, workers: 1, seconds: 2 });
const nobody = { ...users, peak: 0, failed: { refused: 60 }, dropped: {}, left: 0 };

test('hasConnected() finds those who were gone before a second was over', () => {
  expect(hasConnected(nobody)).toBe(false);
  expect(hasConnected({ ...nobody, dropped: { 'close-1000': 20 } })).toBe(true);
  expect(hasConnected({ ...nobody, left: 1 })).toBe(true);
  expect(hasConnected({ ...nobody, peak: 1 })).toBe(true);
});

test('nobodyStayed() speaks of all load processes together, as long as nobody stayed or left by itself', () => {
  const told = totals ?? expect.fail('no totals');
  const slammed = { ...told, connected: 10, dropped: 10 };
  const kept = { ...told, connected: 10, dropped: 9 };
  const lost = { ...users, dropped: { unconfirmed: 12, reset: 8 } };
  expect(nobodyStayed(lost, [slammed, null, slammed])).toEqual([
    'No user stayed on the target: 20 connected, 12 unconfirmed, 8 reset',
  ]);
  expect(nobodyStayed(lost, [slammed, kept])).toEqual([]);
  expect(nobodyStayed(users, [{ ...told, connected: 0, dropped: 0 }])).toEqual([]);
  expect(nobodyStayed(users, [null])).toEqual([]);
});
