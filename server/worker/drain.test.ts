import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { farewellOf } from '../process/farewell/index.ts';
import { drain } from './drain.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Clients that leave when they are told to, or do not. */
function crowd(size: number, { obedient }: { obedient: boolean }) {
  const present = new Set<Departing>();
  const closedAt: number[] = [];
  const terminated: object[] = [];
  for (let n = 0; n < size; n += 1) {
    const client = {
      isReachable: true,
      depart() {
        client.close();
        return true;
      },
      close() {
        closedAt.push(performance.now());
        client.isReachable = false;
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
  return { present: () => [...present], closedAt, terminated };
}

type Departing = Parameters<typeof drain>[0] extends () => (infer Client)[] ? Client : never;

/** A farewell within a time, half of which is for the farewells. */
const within = (processTermTimeout: number) => farewellOf({ processTermTimeout });

test('drain() spreads the farewells over half the time', async () => {
  const { present, closedAt, terminated } = crowd(1_000, { obedient: true });
  const started = performance.now();
  const done = drain(present, within(2_000));
  await vi.advanceTimersByTimeAsync(2_000);
  await done;
  expect(closedAt).toHaveLength(1_000);
  expect(new Set(closedAt).size).toBe(20);
  expect(Math.max(...closedAt) - started).toBeLessThanOrEqual(1_000);
  expect(terminated).toEqual([]);
});

test('drain() drops who does not leave, before the time is up', async () => {
  const { present, terminated } = crowd(3, { obedient: false });
  const done = drain(present, within(2_000));
  await vi.advanceTimersByTimeAsync(1_600);
  await done;
  expect(terminated).toHaveLength(3);
});

test('drain() tells those who come in meanwhile, once', async () => {
  const { present } = crowd(100, { obedient: true });
  const late = { isReachable: true, close: vi.fn(), depart: vi.fn(() => true), terminate: vi.fn() };
  let isHere = false;
  const done = drain(() => [...present(), ...(isHere ? [late] : [])], within(2_000));
  isHere = true;
  await vi.advanceTimersByTimeAsync(100);
  expect(late.depart).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(1_900);
  await done;
  expect(late.depart).toHaveBeenCalledTimes(1);
  expect(late.close).not.toHaveBeenCalled();
  expect(late.terminate).toHaveBeenCalledTimes(1);
});

test('drain() of nobody ends at once', async () => {
  const tell = vi.fn();
  await drain(() => [], within(10_000), tell);
  expect(tell).toHaveBeenCalledExactlyOnceWith({ left: 0, sentAway: 0, cutOff: 0 });
});

test('drain() spreads few over all of the window when the host ends, never faster than the limit', async () => {
  const few = crowd(4, { obedient: true });
  const started = performance.now();
  const options = { processTermTimeout: 10_000, drainWindow: 4_000 };
  const done = drain(few.present, farewellOf(options, { isDrain: true }));
  await vi.advanceTimersByTimeAsync(4_000);
  await done;
  const seconds = few.closedAt.map((at) => Math.round((at - started) / 1_000));
  expect(seconds).toEqual([0, 1, 2, 3]);

  const many = crowd(100, { obedient: true });
  const slowly = drain(many.present, farewellOf({ ...options, drainLimit: 10 }, { isDrain: true }));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(many.closedAt.length).toBeGreaterThan(40);
  expect(many.closedAt.length).toBeLessThanOrEqual(50);
  await vi.advanceTimersByTimeAsync(7_000);
  await slowly;
  expect(many.closedAt).toHaveLength(100);
});

test('drain() lets those go who have calls in hand when these are answered, at the latest before they are cut off', async () => {
  let isAnswered = false;
  const client = (mayLeave: () => boolean) => {
    const one = {
      isReachable: true,
      depart: () => {
        one.isReachable = !mayLeave();
        return mayLeave();
      },
      close: vi.fn(() => {
        one.isReachable = false;
      }),
      terminate: vi.fn(),
    };
    return one;
  };
  const [answered, forgotten] = [client(() => isAnswered), client(() => false)];
  const here = (): Departing[] => [answered, forgotten].filter((one) => one.isReachable);
  const told: unknown[] = [];
  const done = drain(here, within(2_000), (departures) => told.push({ ...departures }));
  await vi.advanceTimersByTimeAsync(500);
  expect(here()).toHaveLength(2);
  isAnswered = true;
  await vi.advanceTimersByTimeAsync(100);
  expect(here()).toEqual([forgotten]);
  expect(told.at(-1)).toEqual({ left: 1, sentAway: 1, cutOff: 0 });
  await vi.advanceTimersByTimeAsync(1_000);
  await done;
  expect(answered.close).not.toHaveBeenCalled();
  expect(forgotten.close).toHaveBeenCalledExactlyOnceWith('goingAway');
  expect(forgotten.terminate).not.toHaveBeenCalled();
  expect(told.at(-1)).toEqual({ left: 0, sentAway: 2, cutOff: 0 });
});

test('drain() keeps to the limit when many are answered at the same time', async () => {
  const { present, closedAt } = crowd(30, { obedient: true });
  let isAnswered = false;
  for (const client of present()) {
    const { depart } = client;
    client.depart = () => isAnswered && depart.call(client);
  }
  const options = { processTermTimeout: 10_000, drainWindow: 1_000, drainLimit: 10 };
  const done = drain(present, farewellOf(options, { isDrain: true }));
  await vi.advanceTimersByTimeAsync(1_000);
  isAnswered = true;
  await vi.advanceTimersByTimeAsync(4_000);
  await done;
  expect(closedAt).toHaveLength(30);
  for (const from of closedAt) {
    expect(closedAt.filter((at) => at >= from && at < from + 1_000).length).toBeLessThanOrEqual(10);
  }
});

test("drain() gives nobody's turn to clients that have gone by themselves", async () => {
  const { present, closedAt } = crowd(100, { obedient: true });
  const options = { processTermTimeout: 10_000, drainLimit: 10 };
  const done = drain(present, farewellOf(options, { isDrain: true }));
  for (const client of present().slice(0, 50)) client.close('goingAway');
  await vi.advanceTimersByTimeAsync(6_500);
  await done;
  expect(closedAt).toHaveLength(100);
});
