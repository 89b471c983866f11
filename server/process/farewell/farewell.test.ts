import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Farewell, farewellOf, Pacer, STEP_MS, timeFor } from './farewell.ts';

const options = { processTermTimeout: 10_000 };

/** Whoever is held up at every look by the same time may stay for ever: so many looks tell enough. */
const MOST_LOOKS = 20_000;

/** When each client leaves, ms, in looks that are each late by what is given. */
function leaving(
  farewell: Farewell,
  clients: number,
  lateness: (look: number) => number = () => 0,
): number[] {
  const pacer = new Pacer(farewell, clients);
  const times: number[] = [];
  let elapsed = 0;
  for (let look = 0; times.length < clients && look < MOST_LOOKS; look += 1) {
    const due = Math.min(pacer.due(elapsed), clients - times.length);
    times.push(...Array<number>(due).fill(elapsed));
    elapsed += STEP_MS + lateness(look);
  }
  return times;
}

/** Most that leave within any second. */
function mostWithinASecond(times: number[]): number {
  const sorted = times.toSorted((one, other) => one - other);
  let first = 0;
  let most = 0;
  for (const [last, time] of sorted.entries()) {
    while (time - (sorted[first] ?? 0) >= 1_000) {
      first += 1;
    }
    most = Math.max(most, last - first + 1);
  }
  return most;
}

test('farewellOf() takes half of processTermTimeout where no window is named, and leaves a drain more rest', () => {
  expect(farewellOf(options)).toEqual({
    windowMs: 5_000,
    restMs: 5_000,
    sharers: 1,
    place: 0,
    isDrain: false,
  });
  expect(farewellOf({ ...options, drainWindow: 60_000, drainLimit: 100 }, { isDrain: true })).toMatchObject({
    windowMs: 60_000,
    restMs: 10_000,
    mostPerSecond: 100,
  });
  expect(timeFor(farewellOf({ ...options, drainWindow: 1_000 }), 50_000)).toBe(10_000);
  expect(timeFor(farewellOf(options), 50_000)).toBe(10_000);
});

test('timeFor() is longer than the window where the limit wants it', () => {
  const farewell = farewellOf({ ...options, drainLimit: 100 }, { isDrain: true });
  expect(timeFor(farewell, 10)).toBe(15_000);
  expect(timeFor(farewell, 10_000)).toBeGreaterThan(100_000 + 10_000);
});

test('Pacer spreads a drain evenly over all of the window, however few there are', () => {
  const farewell = farewellOf({ ...options, drainWindow: 4_000 }, { isDrain: true });
  expect(leaving(farewell, 4)).toEqual([0, 1_000, 2_000, 3_000]);
  const perSecond = [0, 0, 0, 0];
  for (const time of leaving(farewell, 400)) {
    perSecond[Math.floor(time / 1_000)]! += 1;
  }
  expect(perSecond).toEqual([100, 100, 100, 100]);
});

test('Pacer lets few leave sooner where it is no drain, and many over the window', () => {
  const farewell = farewellOf(options);
  expect(leaving(farewell, 3)).toEqual([0, 50, 100]);
  expect(leaving(farewell, 1_000).at(-1)).toBe(4_950);
});

test('Pacer makes up for standstills unless there is a limit', () => {
  const late = (look: number): number => (look === 5 ? 1_000 : 0);
  const free = farewellOf({ ...options, drainWindow: 4_000 }, { isDrain: true });
  expect(leaving(free, 400, late).at(-1)).toBe(3_950);
  const limited = { ...free, mostPerSecond: 200 };
  expect(leaving(limited, 400, late).at(-1)).toBeGreaterThan(4_500);
});

test('Pacer of processes that share a limit never exceed it together, in any second, whatever delays them', () => {
  const lateness = fc.array(fc.oneof(fc.nat(40), fc.nat(2_000)), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 600 }),
      fc.array(lateness, { minLength: 8, maxLength: 8 }),
      (drainLimit, sharers, clients, delays) => {
        const all = Array.from({ length: sharers }, (_, place) => {
          const farewell = farewellOf(
            { ...options, drainWindow: 500, drainLimit },
            { isDrain: true, sharers, place },
          );
          const own = delays[place] ?? [0];
          return leaving(farewell, clients, (look) => own[look % own.length] ?? 0);
        });
        expect(mostWithinASecond(all.flat())).toBeLessThanOrEqual(drainLimit);
      },
    ),
    { numRuns: 300 },
  );
});
