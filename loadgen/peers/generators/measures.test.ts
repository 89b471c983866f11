import { expect, test } from 'vitest';
import type { Bench, Look } from './bench.ts';
import type { Load } from './generator.ts';
import { generatorMeasures } from './measures.ts';

/** A bench whose generator takes what it is told to take for users that are all there at once. */
function benchOf(take: (users: number) => { cpuMicros: number; rssBytes: number }) {
  const loads: Omit<Load, 'port'>[] = [];
  const bench: Bench = {
    run(load, watch) {
      loads.push(load);
      const users = load.steps.reduce((sum, step) => sum + step.users, 0);
      async function* looks(): AsyncIterable<Look> {
        for (let n = 1; ; n += 1) {
          const answered = (n * users) / (load.every ?? Number.POSITIVE_INFINITY);
          const { cpuMicros } = take(users);
          yield {
            atMs: n * 1_000,
            open: users,
            answered,
            cpuMicros: load.every === undefined ? cpuMicros : n * cpuMicros,
          };
        }
      }
      return watch({ looks, rssBytes: () => take(users).rssBytes });
    },
    stop: () => Promise.resolve(),
  };
  return { bench, loads };
}

function measureOf(name: string) {
  const found = generatorMeasures.find((measure) => measure.name === name);
  if (found === undefined) throw new TypeError(`There is no measure ${name}`);
  return found;
}

test('generatorMeasures take what a generator needs with few users off what it needs with many', async () => {
  const { bench, loads } = benchOf((users) => ({
    cpuMicros: 1e6 + users * 90,
    rssBytes: 2 ** 29 + users * 4_096,
  }));
  const figures = await measureOf('user').take(bench, { sockets: 1_000, authKey: '' });
  // Half of the gigabyte is gone before anybody comes.
  expect(figures).toEqual({ memory: 4, usersPerGB: 2 ** 29 / 4_096, connect: 90 });
  expect(loads.map(({ every, steps }) => [every, steps[0]?.users])).toEqual([
    [undefined, 500],
    [undefined, 1_500],
  ]);
});

test('generatorMeasures do not wait for ever for users that do not come', async () => {
  const { bench } = benchOf(() => ({ cpuMicros: 0, rssBytes: 0 }));
  const stuck: Bench = {
    ...bench,
    run: (load, watch) =>
      bench.run({ ...load, steps: load.steps.map((step) => ({ ...step, users: 3 })) }, watch),
  };
  const taken = measureOf('user').take(stuck, { sockets: 10, authKey: '' });
  await expect(taken).rejects.toThrow('Cannot measure "user": 3 users are there, wanted 5');
});

test('generatorMeasures let users come in steps, and give what a core carries', async () => {
  const { bench, loads } = benchOf((users) => ({ cpuMicros: users * 50, rssBytes: 0 }));
  const { usersPerCore, turn } = await measureOf('load').take(bench, { sockets: 1_000, authKey: '' });
  expect(loads[0]?.steps.map(({ users }) => users)).toEqual([125, 125, 250, 500]);
  // 4,000 questions a second in 50,000 µs.
  expect(usersPerCore).toBeCloseTo(20_000, 6);
  expect(turn).toBeCloseTo(12.5, 6);
});

test('generatorMeasures leave out times of a generator that reports none', async () => {
  const { bench } = benchOf(() => ({ cpuMicros: 0, rssBytes: 0 }));
  expect(await measureOf('accuracy').take(bench, { sockets: 1, authKey: '' })).toEqual({});
});
