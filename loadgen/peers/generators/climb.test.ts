import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Look } from './bench.ts';
import { HOLD, watchClimb } from './climb.ts';

const EVERY = 0.25;

/** A second of a generator: users that are there, questions that came from each of them, and the share of a core. */
interface Second {
  open: number;
  each: number;
  cores: number;
}

async function* looksOf(seconds: readonly Second[], gapMs = 1_000): AsyncIterable<Look> {
  const so = { atMs: 0, open: 0, answered: 0, cpuMicros: 0 };
  for (const { open, each, cores } of seconds) {
    so.atMs += gapMs;
    so.open = open;
    so.answered += (open * each * gapMs) / 1_000;
    so.cpuMicros += cores * gapMs * 1_000;
    yield { ...so };
  }
}

function held(open: number, each: number, cores: number): Second[] {
  return Array.from({ length: HOLD }, () => ({ open, each, cores }));
}

test('watchClimb() divides the most users on schedule by the share of a core they took', async () => {
  const seconds = [...held(100, 4, 0.1), ...held(200, 4, 0.25), ...held(400, 2, 1)];
  const { usersPerCore, turnMicros } = await watchClimb(looksOf(seconds), {
    users: 400,
    every: EVERY,
    patience: 100,
  });
  expect(usersPerCore).toBeCloseTo(800, 6);
  // What it could do with all of them: 800 in a second that it worked through.
  expect(turnMicros).toBeCloseTo(1_250, 6);
});

test('watchClimb() finds the same whatever time lies between two looks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 500, max: 3_000 }), async (gapMs) => {
      const ladder = { users: 100, every: EVERY, patience: 100 };
      const climb = await watchClimb(looksOf(held(100, 4, 0.5), gapMs), ladder);
      expect(climb.usersPerCore).toBeCloseTo(200, 6);
      expect(climb.turnMicros).toBeCloseTo(1_250, 6);
    }),
  );
});

test('watchClimb() judges no stretch in which users came', async () => {
  const seconds = Array.from({ length: 20 }, (_, n) => ({ open: 10 * n, each: 4, cores: 0.01 }));
  const { usersPerCore } = await watchClimb(looksOf(seconds), { users: 300, every: EVERY, patience: 20 });
  expect(usersPerCore).toBeNaN();
});

test('watchClimb() does not wait for a generator that does not get there', async () => {
  let looked = 0;
  async function* endless(): AsyncIterable<Look> {
    for (;;) {
      looked += 1;
      yield { atMs: looked * 1_000, open: 5, answered: looked, cpuMicros: looked };
    }
  }
  await watchClimb(endless(), { users: 10, every: EVERY, patience: 30 });
  expect(looked).toBe(30);
});
