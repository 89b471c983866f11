import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Chooser, quotas, type WorkerStatus } from './choose.ts';

const status = (id: number, connections = 0, isFull = false): WorkerStatus => ({ id, connections, isFull });
const socket = { isUpgrade: true };

function chooserOf(
  workers: readonly WorkerStatus[],
  { balancers = 1, all = workers.length, random = 0 } = {},
): Chooser {
  const chooser = new Chooser(() => random);
  chooser.update(workers, all, balancers);
  return chooser;
}

const choices = (chooser: Chooser, count: number, asker = socket): (number | undefined)[] =>
  Array.from({ length: count }, () => chooser.choose(asker));

test('quotas() divides what each worker is short of the fullest among the balancers', () => {
  const workers = [status(0, 100), status(1, 90), status(2, 98), status(3, 99)];
  expect([...quotas(workers, 4)]).toEqual([
    [1, 3],
    [2, 1],
  ]);
  expect(quotas([], 4).size).toBe(0);
});

test('Chooser makes up for what a worker is short of first, the most unlucky one ahead', () => {
  const chooser = chooserOf([status(0, 10), status(1, 7), status(2, 9)]);
  expect(choices(chooser, 4)).toEqual([1, 1, 1, 2]);
  expect(new Set(choices(chooser, 3))).toEqual(new Set([0, 1, 2]));
});

test('Chooser deals evenly between rounds, whichever worker it begins with', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.integer({ min: 1, max: 9 }),
      (random, count) => {
        const chooser = chooserOf(
          Array.from({ length: count }, (_, id) => status(id)),
          { random },
        );
        expect(choices(chooser, count).toSorted()).toEqual([...Array(count).keys()]);
      },
    ),
  );
});

test('Chooser lets plain requests change nothing for sockets', () => {
  const chooser = chooserOf([status(0), status(1)]);
  const pairs = Array.from({ length: 10 }, () => {
    chooser.choose({ isUpgrade: false });
    return chooser.choose(socket);
  });
  expect(pairs.filter((worker) => worker === 0)).toHaveLength(5);
  const behind = chooserOf([status(0, 5), status(1, 4)]);
  choices(behind, 6, { isUpgrade: false });
  expect(behind.choose(socket)).toBe(1);
});

test('Chooser sends a session back to its worker, and elsewhere when that is full, gone or never was', () => {
  const chooser = chooserOf([status(0), status(1), status(2, 0, true)], { all: 4 });
  for (const isUpgrade of [true, false]) {
    expect(choices(chooser, 5, { isUpgrade, session: 1 } as never)).toEqual([1, 1, 1, 1, 1]);
    for (const session of [2, 3, 4_000]) {
      expect([0, 1]).toContain(chooser.choose({ isUpgrade, session }));
    }
  }
});

test('Chooser counts a socket that came by its session against the quota of its worker', () => {
  const chooser = chooserOf([status(0, 2), status(1, 0)]);
  chooser.choose({ isUpgrade: true, session: 1 });
  expect(chooser.choose(socket)).toBe(1);
  expect(new Set(choices(chooser, 2))).toEqual(new Set([0, 1]));
});

test('Chooser finds a worker by address alone, the next one when that is full', () => {
  const open = chooserOf([status(0, 9), status(1), status(2)]);
  expect([6, 7, 8].map((addressHash) => open.choose({ isUpgrade: true, addressHash }))).toEqual([0, 1, 2]);
  const gaps = chooserOf([status(0), status(2, 0, true)], { all: 3 });
  expect([6, 7, 8].map((addressHash) => gaps.choose({ isUpgrade: true, addressHash }))).toEqual([0, 0, 0]);
});

test('Chooser never chooses a full worker, and none at all when all are full', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ connections: fc.nat(50), isFull: fc.boolean() }), { maxLength: 8 }),
      fc.array(
        fc.record({
          isUpgrade: fc.boolean(),
          session: fc.option(fc.nat(10), { nil: undefined }),
          addressHash: fc.option(fc.nat(), { nil: undefined }),
        }),
        { maxLength: 60 },
      ),
      (figures, askers) => {
        const workers = figures.map(({ connections, isFull }, id) => status(id, connections, isFull));
        const chooser = chooserOf(workers);
        const open = workers.filter(({ isFull }) => !isFull).map(({ id }) => id);
        for (const asker of askers) {
          const chosen = chooser.choose(asker);
          expect(open.length === 0 ? chosen === undefined : open.includes(chosen ?? -1)).toBe(true);
        }
      },
    ),
  );
});

/** Has balancers deal clients out to workers, of whom the master tells once in `perRound` clients. */
function deal({
  clients,
  balancers,
  perRound,
  leave,
  seed,
}: Record<'clients' | 'balancers' | 'perRound' | 'seed', number> & {
  leave: (worker: number, connections: number) => number;
}): number[] {
  const connections = [0, 0, 0];
  const figures = (): WorkerStatus[] => connections.map((count, id) => status(id, count));
  let state = seed;
  const random = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
  const choosers = Array.from({ length: balancers }, () => new Chooser(random));
  for (let client = 0; client < clients; client += 1) {
    if (client % perRound === 0) {
      connections.forEach((count, worker) => {
        connections[worker] = count - leave(worker, count);
      });
      for (const chooser of choosers) {
        chooser.update(figures(), 3, balancers);
      }
    }
    const chosen = choosers[Math.floor(random() * balancers)]?.choose(socket) ?? -1;
    connections[chosen] = (connections[chosen] ?? 0) + 1;
  }
  return connections;
}

const unevenness = (connections: number[]): number =>
  (Math.max(...connections) * connections.length) / connections.reduce((sum, count) => sum + count, 0);

test('Chooser keeps 42,000 clients on three workers behind four balancers within one in a hundred', () => {
  for (const seed of [1, 2, 3]) {
    const connections = deal({ clients: 42_000, balancers: 4, perRound: 160, leave: () => 0, seed });
    expect(unevenness(connections)).toBeLessThanOrEqual(1.01);
  }
});

test('Chooser keeps up when the clients of one worker leave all the time', () => {
  const leave = (worker: number, count: number): number => (worker === 1 ? Math.floor(count / 200) : 0);
  const connections = deal({ clients: 42_000, balancers: 4, perRound: 160, leave, seed: 7 });
  expect(unevenness(connections)).toBeLessThanOrEqual(1.05);
});
