import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { drain } from './drain.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Clients that leave when they are told to, or do not. */
function crowd(size: number, { obedient }: { obedient: boolean }) {
  const present = new Set<object>();
  const closedAt: number[] = [];
  const terminated: object[] = [];
  for (let n = 0; n < size; n += 1) {
    const client = {
      close() {
        closedAt.push(performance.now());
        if (obedient) {
          present.delete(client);
        }
      },
      terminate() {
        terminated.push(client);
        present.delete(client);
      },
    };
    present.add(client);
  }
  return { present: () => [...present] as { close(): void; terminate(): void }[], closedAt, terminated };
}

test('drain() spreads the farewells over half the time', async () => {
  const { present, closedAt, terminated } = crowd(1_000, { obedient: true });
  const started = performance.now();
  const done = drain(present, 2_000);
  await vi.advanceTimersByTimeAsync(2_000);
  await done;
  expect(closedAt).toHaveLength(1_000);
  expect(new Set(closedAt).size).toBe(20);
  expect(Math.max(...closedAt) - started).toBeLessThanOrEqual(1_000);
  expect(terminated).toEqual([]);
});

test('drain() drops who does not leave, before the time is up', async () => {
  const { present, terminated } = crowd(3, { obedient: false });
  const done = drain(present, 2_000);
  await vi.advanceTimersByTimeAsync(1_600);
  await done;
  expect(terminated).toHaveLength(3);
});

test('drain() tells those who come in meanwhile, once', async () => {
  const { present } = crowd(100, { obedient: true });
  const late = { close: vi.fn(), terminate: vi.fn() };
  let isHere = false;
  const done = drain(() => [...present(), ...(isHere ? [late] : [])], 2_000);
  isHere = true;
  await vi.advanceTimersByTimeAsync(100);
  expect(late.close).toHaveBeenCalledExactlyOnceWith('goingAway');
  await vi.advanceTimersByTimeAsync(1_900);
  await done;
  expect(late.close).toHaveBeenCalledTimes(1);
  expect(late.terminate).toHaveBeenCalledTimes(1);
});

test('drain() of nobody ends at once', async () => {
  await drain(() => [], 10_000);
});
