import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Publication } from '../../drivers/index.ts';
import { Oracle, type OracleOptions } from './oracle.ts';

const CHANNEL = 3;

interface Counts {
  lost: number;
  duplicated: number;
  reordered: number;
}

interface Scene {
  oracle: Oracle;
  counts: Counts[];
  /** Intended times of the lost, in the order in which they were told. */
  dates: number[];
  spreads: number[][];
  deliver(user: number, publisher: number, sequence: number, at?: number): void;
}

/** An oracle of some users who all subscribe to one channel. Publications are intended at their sequence number. */
function scene(users: number, changes: Partial<OracleOptions> = {}): Scene {
  const counts = Array.from({ length: users }, (): Counts => ({ lost: 0, duplicated: 0, reordered: 0 }));
  const dates: number[] = [];
  const spreads: number[][] = [];
  const bump = (user: number, name: keyof Counts, by = 1): void => {
    counts[user]![name] += by;
  };
  const oracle = new Oracle({
    users,
    channelsOf: () => [CHANNEL],
    earliest: () => 0,
    planned: () => [],
    underWay: Number.POSITIVE_INFINITY,
    lost(user, intended) {
      bump(user, 'lost');
      dates.push(intended);
    },
    duplicated: (user) => bump(user, 'duplicated'),
    reordered: (user) => bump(user, 'reordered'),
    spread: ({ first, median, last }) => void spreads.push([first, median, last]),
    ...changes,
  });
  const publication: Publication = { channel: CHANNEL, publisher: 0, sequence: 0, intended: 0 };
  const deliver = (user: number, publisher: number, sequence: number, at = sequence): void => {
    Object.assign(publication, { publisher, sequence, intended: sequence });
    oracle.deliver(user, publication, at);
  };
  return { oracle, counts, dates, spreads, deliver };
}

test('Oracle.deliver() tells whose channel it is, whatever comes there and whether or not it is confirmed', () => {
  const { oracle } = scene(2, { channelsOf: (user) => (user === 0 ? [CHANNEL] : []) });
  const deliver = (user: number, channel: number, publisher = 0): boolean =>
    oracle.deliver(user, { channel, publisher, sequence: 0, intended: 0 }, 1);
  oracle.request(0);
  oracle.request(1);
  expect([deliver(0, CHANNEL), deliver(0, CHANNEL, Number.NaN)]).toEqual([true, true]);
  expect([deliver(0, CHANNEL + 1), deliver(0, Number.NaN), deliver(1, CHANNEL)]).toEqual([
    false,
    false,
    false,
  ]);
});

function subscribe({ oracle }: Scene, user: number, at: number): void {
  oracle.request(user);
  oracle.confirm(user, CHANNEL, at);
}

function sum(counts: readonly Counts[]): Counts {
  const total = { lost: 0, duplicated: 0, reordered: 0 };
  for (const name of ['lost', 'duplicated', 'reordered'] as const) {
    for (const one of counts) total[name] += one[name];
  }
  return total;
}

/** Subscribers of two processes, publishers that all publish once a round. */
const USERS = 4;
const PUBLISHERS = 3;
const ROUNDS = 12;
const each = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

type Swap = { user: number; publisher: number; round: number };
type Chosen = Swap & { kind: string };

const plants = fc.array(
  fc.record({
    kind: fc.constantFrom('lose', 'lose', 'loseForAll', 'repeat'),
    user: fc.nat(USERS - 1),
    publisher: fc.nat(PUBLISHERS - 1),
    round: fc.nat(ROUNDS - 1),
  }),
  { maxLength: 12 },
);

interface Planted {
  lost(user: number, publisher: number, round: number): boolean;
  repeated(user: number, publisher: number, round: number): boolean;
}

function plant(chosen: Chosen[]): Planted {
  const find = (kinds: string[], user: number, publisher: number, round: number): boolean =>
    chosen.some(
      (one) =>
        kinds.includes(one.kind) &&
        (one.kind === 'loseForAll' || one.user === user) &&
        one.publisher === publisher &&
        one.round === round,
    );
  return {
    lost: (...place) => find(['lose', 'loseForAll'], ...place),
    repeated: (...place) => find(['repeat'], ...place) && !find(['lose', 'loseForAll'], ...place),
  };
}

/** For some rounds a user hears nothing, or a publisher is heard by nobody. */
const outages = fc.array(
  fc.record({
    kind: fc.constantFrom('deaf', 'mute'),
    user: fc.nat(USERS - 1),
    publisher: fc.nat(PUBLISHERS - 1),
    round: fc.nat(ROUNDS - 1),
    rounds: fc.integer({ min: 2, max: ROUNDS }),
  }),
  { maxLength: 3 },
);
type Outage = Swap & { kind: string; rounds: number };

function withOutages(planted: Planted, chosen: readonly Outage[]): Planted {
  const isOut = (user: number, publisher: number, round: number): boolean =>
    chosen.some(
      (one) =>
        (one.kind === 'deaf' ? one.user === user : one.publisher === publisher) &&
        one.round <= round &&
        round < one.round + one.rounds,
    );
  return {
    lost: (...place) => planted.lost(...place) || isOut(...place),
    repeated: (...place) => planted.repeated(...place) && !isOut(...place),
  };
}

/** How a process comes to know of publications that none of its subscribers saw. */
const knowledge = fc.record({
  /** Whether a publisher is of this process. */
  isOwn: fc.array(fc.boolean(), { minLength: PUBLISHERS, maxLength: PUBLISHERS }),
  /** Whether the processes of the others tell at the end. */
  isTold: fc.boolean(),
  underWay: fc.constantFrom(0, 1, 3, 6, Number.POSITIVE_INFINITY),
});

interface Model extends Planted {
  isOwn: boolean[];
  isTold: boolean;
  underWay: number;
  isThere(user: number, round: number): boolean;
}

test('Oracle finds every planted loss and repetition over reconnects, and invents none', () => {
  // Each session lasts from the round after `from` to the round before `to`, both exclusive of what is between.
  const sessions = fc.array(
    fc.tuple(fc.integer({ min: -1, max: ROUNDS - 2 }), fc.integer({ min: 1, max: ROUNDS })),
    { minLength: USERS, maxLength: USERS },
  );
  fc.assert(
    fc.property(plants, outages, sessions, knowledge, (chosen, out, lengths, known) => {
      const planted = withOutages(plant(chosen), out);
      const stage = scene(USERS, { earliest: () => -0.5, underWay: known.underWay });
      const ends = lengths.map(([from, length]) => Math.min(ROUNDS, from + length));
      const isThere = (user: number, round: number): boolean =>
        // Everybody comes back three rounds after the end of the first session.
        (round > lengths[user]![0] && round <= ends[user]!) || round > ends[user]! + 3;
      for (const round of each(ROUNDS)) {
        for (const user of each(USERS)) {
          const was = round > 0 && isThere(user, round - 1);
          if (isThere(user, round) && !was) subscribe(stage, user, round - 0.5);
          if (!isThere(user, round) && was) stage.oracle.end(user, round - 0.5);
        }
        for (const publisher of each(PUBLISHERS)) {
          if (known.isOwn[publisher]) stage.oracle.published(CHANNEL, publisher, round);
          for (const user of each(USERS).filter((one) => isThere(one, round))) {
            if (!planted.lost(user, publisher, round)) stage.deliver(user, publisher, round);
            if (planted.repeated(user, publisher, round)) stage.deliver(user, publisher, round);
          }
        }
      }
      const others = each(PUBLISHERS).filter((publisher) => known.isTold && !known.isOwn[publisher]);
      stage.oracle.learn(
        others.map((publisher) => ({ channel: CHANNEL, publisher, next: ROUNDS, intended: ROUNDS - 1 })),
      );
      stage.oracle.finish(ROUNDS, true);
      const expected = expectedOf({ ...planted, ...known, isThere });
      expect(sum(stage.counts)).toEqual({
        lost: expected.lost.length,
        duplicated: expected.duplicated,
        reordered: 0,
      });
      // Before the first one seen of a publisher, what is missing is dated up to half a round late.
      expect(stage.dates.map(Math.floor).toSorted((one, other) => one - other)).toEqual(expected.lost);
    }),
    { numRuns: 500 },
  );
});

/** What one process can know, said as plainly as possible: the rounds of the lost, and how many came twice. */
function expectedOf(model: Model): { lost: number[]; duplicated: number } {
  const { isThere, isOwn, isTold, underWay } = model;
  const lost: number[] = [];
  let duplicated = 0;
  const has = (user: number, publisher: number, round: number): boolean =>
    isThere(user, round) && !model.lost(user, publisher, round);
  const isSeen = (publisher: number, round: number): boolean =>
    each(USERS).some((user) => has(user, publisher, round));
  for (const user of each(USERS)) {
    for (const publisher of each(PUBLISHERS)) {
      for (const round of each(ROUNDS).filter((one) => isThere(user, one))) {
        if (model.repeated(user, publisher, round)) duplicated += 1;
        if (!model.lost(user, publisher, round)) continue;
        const end = each(ROUNDS).find((later) => later > round && !isThere(user, later)) ?? ROUNDS;
        const later = each(end).filter((one) => one > round);
        const start = Math.max(-1, ...each(round).filter((one) => !isThere(user, one)));
        const isOvertaken = later.some((one) => has(user, publisher, one));
        // Long ago when the subscription ends; nothing is under way any more when the run does.
        const isOld = end === ROUNDS || round < end - 0.5 - underWay;
        const revealing = each(ROUNDS).find((one) => one > round && isSeen(publisher, one)) ?? ROUNDS;
        const lastSeen = Math.max(-1, ...each(round).filter((one) => isSeen(publisher, one)));
        // Who made it remembers when. Others are told when the last one was made. Of all before it is known only that
        // they were made after the confirmation when the one before them was seen after it.
        const isDated = isOwn[publisher] || (isTold && round === ROUNDS - 1);
        const isOwed = isDated || start + 0.5 <= Math.max(-0.5, lastSeen);
        const isKnown = revealing < end || isOwn[publisher] || (isTold && end === ROUNDS);
        const isPast = later.some(
          (one) =>
            one >= revealing &&
            each(PUBLISHERS).some(
              (other) => (one > revealing || other >= publisher) && has(user, other, one),
            ),
        );
        const isFound = isSeen(publisher, round)
          ? isOld || isOvertaken
          : isKnown && isOwed && (isOld || isPast);
        if (isFound) lost.push(round);
      }
    }
  }
  return { lost: lost.toSorted((one, other) => one - other), duplicated };
}

/** Cases in which what overtook a publication was itself absent there, and had left the log when that one came. */
const overtakenByOneThatLeft: [Chosen[], Swap[], number[], boolean[]][] = [
  [
    [{ kind: 'lose', user: 2, publisher: 1, round: 6 }],
    [
      { user: 0, publisher: 1, round: 7 },
      { user: 0, publisher: 1, round: 6 },
    ],
    [
      0, 0, 439405225, 1446075022, 13, 651202218, 2147483630, 633187480, 944398731, 18682261, 0, 0,
      2147483631, 0, 1280358667, 0, 0, 0, 0, 0, 0, 0, 0, 1, 398241922, 589855927, 1411579757, 359284363,
      56292698, 8, 986553125, 495340364, 1879048168, 258334684, 2, 0, 1073741821, 1, 407395721, 0,
    ],
    [false, false, false, false],
  ],
  [
    [{ kind: 'lose', user: 0, publisher: 2, round: 6 }],
    [
      { user: 1, publisher: 2, round: 6 },
      { user: 0, publisher: 2, round: 7 },
    ],
    [
      1166435589, 564244278, 0, 1744830445, 0, 0, 0, 3134517, 1544753050, 0, 0, 426637, 1240278709, 34454646,
      482682484, 0, 0, 0, 14218477, 0, 1996321550, 1345066158, 0, 0, 0, 0, 481277719, 116046209, 675235307, 0,
      0, 26, 0, 803211853, 0, 576903237, 105246413, 0, 1242717683, 0,
    ],
    [false, false, false, false],
  ],
];

test('Oracle finds every swap, whatever order the publishers of a channel come in to whom', () => {
  const swaps = fc.array(
    fc.record({ user: fc.nat(USERS - 1), publisher: fc.nat(PUBLISHERS - 1), round: fc.nat(ROUNDS - 2) }),
    {
      maxLength: 6,
    },
  );
  const orders = fc.array(fc.nat(), { minLength: 40, maxLength: 40 });
  // Who leaves long after the last publication has lost the same as who stays.
  const leavers = fc.array(fc.boolean(), { minLength: USERS, maxLength: USERS });
  fc.assert(
    fc.property(plants, swaps, orders, leavers, (chosen, swapped, order, leaves) => {
      const planted = plant(chosen.filter(({ kind }) => kind !== 'loseForAll'));
      const stage = scene(USERS, { underWay: 10 });
      for (const user of each(USERS)) subscribe(stage, user, -1);
      const expected = { lost: 0, duplicated: 0, reordered: 0 };
      const queues = each(USERS).map((user) =>
        each(PUBLISHERS).map((publisher) => {
          const own = swapped.filter((one) => one.user === user && one.publisher === publisher);
          const rounds = orderOf(own.map(({ round }) => round)).filter(
            (round) => !planted.lost(user, publisher, round),
          );
          expected.reordered += rounds.filter((round, index) =>
            rounds.slice(0, index).some((one) => one > round),
          ).length;
          return rounds.flatMap((round) =>
            planted.repeated(user, publisher, round) ? [round, round] : [round],
          );
        }),
      );
      for (const user of each(USERS)) {
        for (const publisher of each(PUBLISHERS)) {
          for (const round of each(ROUNDS)) {
            if (planted.repeated(user, publisher, round)) expected.duplicated += 1;
            const isKnown = each(USERS).some((other) => !planted.lost(other, publisher, round));
            const isRevealed = each(ROUNDS).some(
              (later) => later > round && each(USERS).some((other) => !planted.lost(other, publisher, later)),
            );
            if (planted.lost(user, publisher, round) && (isKnown || isRevealed)) expected.lost += 1;
          }
        }
      }
      // Chance chooses who hears something next, and of whom.
      const waiting = (): [number, number][] =>
        each(USERS).flatMap((user) =>
          each(PUBLISHERS).flatMap((publisher): [number, number][] =>
            queues[user]![publisher]!.length > 0 ? [[user, publisher]] : [],
          ),
        );
      for (let [step, left] = [0, waiting()]; left.length > 0; [step, left] = [step + 1, waiting()]) {
        const [user, publisher] = left[((order[step % 40] ?? 0) + step * 7) % left.length]!;
        stage.deliver(user, publisher, queues[user]![publisher]!.shift()!, 100 + step);
      }
      for (const user of each(USERS).filter((one) => leaves[one])) stage.oracle.end(user, 1_000);
      stage.oracle.finish(1_000, true);
      expect(sum(stage.counts)).toEqual(expected);
    }),
    { numRuns: 500, examples: overtakenByOneThatLeft },
  );
});

/** All rounds, with those at the given places changing places with their next. */
function orderOf(swapped: readonly number[]): number[] {
  const rounds = each(ROUNDS);
  for (const place of new Set(swapped)) {
    [rounds[place], rounds[place + 1]] = [rounds[place + 1]!, rounds[place]!];
  }
  return rounds;
}

test('Oracle finds 1 loss in 100,000, one repetition and one swap among 10 million deliveries', () => {
  const users = 1_000;
  const stage = scene(users);
  for (const user of each(users)) subscribe(stage, user, 0);
  const publishers = 10;
  let delivery = 0;
  for (let sequence = 0; sequence < 1_000; sequence += 1) {
    for (let publisher = 0; publisher < publishers; publisher += 1) {
      for (let user = 0; user < users; user += 1) {
        delivery += 1;
        if (delivery % 100_000 === 77_777) continue;
        const isSwapped = user === 500 && publisher === 3 && (sequence === 700 || sequence === 701);
        stage.deliver(user, publisher, isSwapped ? 1_401 - sequence : sequence);
        if (delivery === 5_000_003) stage.deliver(user, publisher, sequence);
      }
    }
  }
  stage.oracle.finish(1_001, true);
  expect(delivery).toBe(10_000_000);
  expect(sum(stage.counts)).toEqual({ lost: 100, duplicated: 1, reordered: 1 });
  expect(stage.spreads).toHaveLength(10_000);
});

test('Oracle takes nothing for lost or twice that was published before the confirmation', () => {
  const stage = scene(2);
  subscribe(stage, 0, 0);
  for (const sequence of [0, 1]) stage.deliver(0, 0, sequence);
  stage.oracle.request(1);
  stage.deliver(0, 0, 2);
  stage.deliver(1, 0, 2);
  stage.deliver(1, 0, 1);
  stage.oracle.confirm(1, CHANNEL, 3.5);
  stage.deliver(0, 0, 3);
  stage.deliver(0, 0, 4);
  stage.deliver(1, 0, 4);
  stage.deliver(1, 0, 3);
  expect(sum(stage.counts)).toEqual({ lost: 0, duplicated: 0, reordered: 0 });
  stage.deliver(1, 0, 2);
  stage.deliver(1, 0, 3);
  stage.oracle.finish(9, true);
  expect(sum(stage.counts)).toEqual({ lost: 0, duplicated: 2, reordered: 0 });
});

test('Oracle does not take for lost what was under way when a connection broke', () => {
  const stage = scene(2);
  for (const user of [0, 1]) subscribe(stage, user, 0);
  for (const sequence of [0, 1, 2]) stage.deliver(0, 0, sequence);
  stage.deliver(1, 0, 0);
  stage.oracle.end(1, 2.5);
  stage.deliver(0, 0, 3);
  subscribe(stage, 1, 3.5);
  for (const user of [0, 1]) stage.deliver(user, 0, 4);
  stage.oracle.finish(9, true);
  expect(sum(stage.counts).lost).toBe(0);
});

test('Oracle does not take for lost what a publisher had under way when its connection broke', () => {
  const stage = scene(1);
  subscribe(stage, 0, 0);
  const publish = (intended: number): number => stage.oracle.published(CHANNEL, 9, intended);
  stage.deliver(0, 9, publish(1));
  publish(2);
  stage.oracle.broken(9);
  const next = publish(3);
  expect(next).toBeGreaterThan(1_000_000);
  stage.deliver(0, 9, next);
  publish(4);
  stage.oracle.finish(9, true);
  // Only the last one, which left over a connection that held.
  expect(sum(stage.counts).lost).toBe(1);
});

test('Oracle that was not waited for takes only for lost what was overtaken', () => {
  const stage = scene(2);
  for (const user of [0, 1]) subscribe(stage, user, 0);
  for (const sequence of [0, 1, 2, 3]) stage.deliver(0, 0, sequence);
  for (const sequence of [0, 2]) stage.deliver(1, 0, sequence);
  expect(stage.oracle.isComplete).toBe(false);
  stage.oracle.finish(4, false);
  expect(sum(stage.counts).lost).toBe(1);
});

test('Oracle tells of a broken connection what has been missing for too long, though nothing overtook it', () => {
  const stage = scene(2, { underWay: 5 });
  for (const user of [0, 1]) subscribe(stage, user, 0);
  stage.deliver(0, 1, 0);
  for (const user of [0, 1]) stage.deliver(user, 2, 0);
  stage.oracle.end(1, 10);
  expect(stage.counts[1]?.lost).toBe(1);
});

test.each([
  ['leaves', 591],
  ['stays', 600],
])('Oracle finds lost what a user that %s heard nothing of in ten minutes', (how, lost) => {
  const stage = scene(2, { underWay: 10 });
  for (const user of [0, 1]) subscribe(stage, user, 0);
  for (let sequence = 1; sequence <= 600; sequence += 1) stage.deliver(0, 7, sequence - 1);
  if (how === 'leaves') stage.oracle.end(1, 601);
  stage.oracle.finish(700, true);
  expect(stage.counts.map(({ lost }) => lost)).toEqual([0, lost]);
});

test('Oracle keeps count of a subscription that is told nothing any more, in bounded memory', () => {
  const stage = scene(2);
  for (const user of [0, 1]) subscribe(stage, user, 0);
  stage.deliver(1, 0, 0);
  const published = 200_000;
  for (let sequence = 0; sequence < published; sequence += 1) stage.deliver(0, 0, sequence);
  // What lags behind so far cannot be told apart any more, but it is still counted.
  stage.deliver(1, 0, 5);
  stage.deliver(1, 0, 50_000);
  stage.oracle.finish(published, true);
  expect(sum(stage.counts)).toEqual({ lost: published - 3, duplicated: 0, reordered: 0 });
});

test('Oracle tells how long a publication took to its first, its median and its last subscriber', () => {
  const stage = scene(5);
  for (const user of each(5)) subscribe(stage, user, 0);
  for (const user of each(5)) stage.deliver(user, 0, 1, 1.5 + user);
  expect(stage.spreads).toEqual([[0.5, 2.5, 4.5]]);
  // One that does not reach all tells what it did when the run is over.
  for (const user of each(3)) stage.deliver(user, 0, 2, 2.5 + user);
  stage.oracle.finish(9, true);
  expect(stage.spreads[1]).toEqual([0.5, 2.5, 2.5]);
});

test('Oracle tells how long a publication took as soon as all have it that are still there', () => {
  const stage = scene(4);
  for (const user of each(3)) subscribe(stage, user, 0);
  for (const user of [0, 1]) stage.deliver(user, 0, 1, 1.5 + user);
  expect(stage.spreads).toEqual([]);
  stage.oracle.end(2, 3);
  expect(stage.spreads).toEqual([[0.5, 1.5, 1.5]]);
  // Whoever was confirmed after it came, or has had it, takes nothing along.
  stage.oracle.request(3);
  stage.deliver(0, 0, 2, 2.5);
  stage.oracle.confirm(3, CHANNEL, 3);
  for (const user of [3, 0]) stage.oracle.end(user, 3);
  expect(stage.spreads).toHaveLength(1);
  stage.deliver(1, 0, 2, 4.5);
  expect(stage.spreads[1]).toEqual([0.5, 0.5, 2.5]);
});

test('Oracle expects no more what a subscriber passed over that has left since', () => {
  const stage = scene(2);
  for (const user of [0, 1]) subscribe(stage, user, 0);
  for (const sequence of [1, 2]) stage.deliver(0, 0, sequence, sequence + 1);
  stage.deliver(1, 0, 2, 3);
  expect(stage.spreads).toEqual([[1, 1, 1]]);
  stage.oracle.end(1, 9);
  expect(stage.spreads).toHaveLength(2);
});

test('Oracle ignores publications that are not of a load process, and channels nobody subscribed to', () => {
  const stage = scene(1);
  subscribe(stage, 0, 0);
  stage.deliver(0, Number.NaN, Number.NaN);
  stage.oracle.deliver(0, { channel: 4, publisher: 0, sequence: 3, intended: 1 }, 1);
  stage.oracle.deliver(0, { channel: Number.NaN, publisher: 0, sequence: 3, intended: 1 }, 1);
  stage.oracle.sweep(20);
  stage.oracle.finish(30, true);
  expect(sum(stage.counts)).toEqual({ lost: 0, duplicated: 0, reordered: 0 });
});

test('Oracle.deliver() misses no millions because of one number that a target makes up', () => {
  const planned = (_channel: number, { before }: { before: number }): number[] => each(Math.ceil(before));
  const { oracle, counts, deliver } = scene(2, { planned });
  for (const user of [0, 1]) {
    oracle.request(user);
    oracle.confirm(user, CHANNEL, 0);
  }
  deliver(0, 0, 0);
  deliver(1, 0, 0);
  const madeUp = { channel: CHANNEL, publisher: 0, sequence: 2 ** 24 - 1, intended: 9 };
  oracle.deliver(0, madeUp, 9);
  deliver(0, 0, 1);
  deliver(1, 0, 1);
  oracle.finish(10, true);
  expect(counts).toEqual(each(2).map(() => ({ lost: 0, duplicated: 0, reordered: 0 })));
});

test('Oracle.deliver() misses as many as the plan had, however many these are', () => {
  const planned = (_channel: number, { after, before }: { after: number; before: number }): number[] =>
    each(Math.ceil(before)).filter((time) => time > after);
  const { oracle, counts, deliver } = scene(1, { planned });
  oracle.request(0);
  oracle.confirm(0, CHANNEL, 0);
  deliver(0, 0, 0);
  deliver(0, 0, 6_000);
  oracle.finish(6_001, true);
  expect(counts).toEqual([{ lost: 5_999, duplicated: 0, reordered: 0 }]);
});

test('Oracle.deliver() believes no publication from the future', () => {
  const { oracle, counts, deliver } = scene(1);
  oracle.request(0);
  oracle.confirm(0, CHANNEL, 0);
  deliver(0, 0, 0);
  oracle.deliver(0, { channel: CHANNEL, publisher: 0, sequence: 5, intended: 1e10 }, 5);
  deliver(0, 0, 1);
  oracle.finish(10, true);
  expect(counts).toEqual([{ lost: 0, duplicated: 0, reordered: 0 }]);
});
