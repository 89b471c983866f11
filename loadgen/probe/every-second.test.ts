import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { probeEverySecond } from './every-second.ts';
import type { Look } from './probe.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});

afterEach(() => {
  vi.useRealTimers();
});

const now = (): number => performance.timeOrigin + performance.now();

function watch(startAt: number): { looks: Look[]; stop(): void } {
  const looks: Look[] = [];
  const { stop } = probeEverySecond([], startAt, (look) => looks.push(look));
  return { looks, stop };
}

const seconds = (looks: readonly Look[]): number[] => looks.map(({ probe }) => probe.second);

test('probeEverySecond() looks at the end of each second of the run', async () => {
  const { looks, stop } = watch(now() + 500);
  await vi.advanceTimersByTimeAsync(1_499);
  expect(looks).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(seconds(looks)).toEqual([0]);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(seconds(looks)).toEqual([0, 1, 2, 3]);
  stop();
});

test('probeEverySecond() makes up for the seconds it was late for', async () => {
  const { looks, stop } = watch(now() - 2_500);
  await vi.advanceTimersByTimeAsync(1);
  expect(seconds(looks)).toEqual([0, 1]);
  await vi.advanceTimersByTimeAsync(500);
  expect(seconds(looks)).toEqual([0, 1, 2]);
  stop();
});

test('probeEverySecond() is silent once it was stopped, also about a look that was under way', async () => {
  const { looks, stop } = watch(now());
  vi.advanceTimersByTime(1_000);
  stop();
  stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(looks).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
