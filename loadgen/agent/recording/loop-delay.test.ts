import { expect, test } from 'vitest';
import { LoopDelay } from './loop-delay.ts';

/** Lets a process that does nothing else look for so many seconds, and tells all its delays in milliseconds. */
function delaysOf({ seconds, wakesAt }: { seconds: number; wakesAt: (due: number) => number }): number[] {
  const delays: number[] = [];
  const loopDelay = new LoopDelay((delay) => delays.push(delay * 1_000));
  while (loopDelay.next < seconds) loopDelay.look(wakesAt(loopDelay.next));
  return delays;
}

/** Stops a process at even intervals, for so long each time, beginning so long after a whole interval. */
const stopped =
  ({ every, length, after }: { every: number; length: number; after: number }) =>
  (due: number): number => {
    const since = (((due - after) % every) + every) % every;
    return since < length ? due + length - since : due;
  };

test('LoopDelay.look() takes each look that has come due once, and none before', () => {
  const delays: number[] = [];
  const loopDelay = new LoopDelay((delay) => delays.push(delay));
  loopDelay.look(-1);
  expect(delays).toEqual([]);
  loopDelay.look(0);
  expect(delays).toEqual([0]);
  const { next } = loopDelay;
  loopDelay.look(next - 1e-9);
  expect(delays).toEqual([0]);
  loopDelay.look(next);
  expect(delays).toEqual([0, 0]);
});

test('LoopDelay.look() counts a long stop by its length, as all that comes in meanwhile waits', () => {
  const delays = delaysOf({ seconds: 10, wakesAt: stopped({ every: 10, length: 1, after: 4 }) });
  const late = delays.filter((delay) => delay > 0);
  expect(late.length / delays.length).toBeCloseTo(0.1, 2);
  expect(late.reduce((sum, delay) => sum + delay, 0) / late.length).toBeCloseTo(500, -1.5);
});

test.each([1, 0.5, 0.25, 0.125, 0.1, 0.05, 0.02, 0.01])(
  'LoopDelay meets short stops that come every %d s as often as they are long, whenever they begin',
  (every) => {
    for (const share of [0, 0.1, 0.3, 0.5, 0.9]) {
      const wakesAt = stopped({ every, length: 0.03 * every, after: share * every });
      const delays = delaysOf({ seconds: 10, wakesAt });
      const late = delays.filter((delay) => delay > 0).length / delays.length;
      expect(late).toBeGreaterThan(0.02);
      expect(late).toBeLessThan(0.04);
    }
  },
);
