/** Parts of plans for tests: estimates, trials, searches, fleets. Never imported by anything else. */
import { neededOf, rowOf, unfitRow } from '../../../loadgen/capacity/tables/testing.ts';
import type { PlanEstimate, PlanFleets } from './fleets.ts';
import type { PlanSize, PlanTrial } from './schema.ts';

/** Standard deviations to the ends of an interval of 90 %. */
const DEVIATIONS = 1.645;

/** An estimate with a spread. */
export function anEstimate(median: number, spread = 0.02): PlanEstimate {
  const factor = Math.exp(DEVIATIONS * spread);
  return { median, spread, lower: median / factor, upper: median * factor };
}

/** Loads of a search around a capacity, as shares of it, and what each is for. */
const course: readonly [phase: string, share: number][] = [
  ['ramp', 0.3],
  ['ramp', 0.45],
  ['ramp', 0.68],
  ['ramp', 1.2],
  ['recovery', 0.7],
  ['locate', 0.94],
  ['locate', 1.05],
  ['reference', 0.5],
  ['locate', 0.99],
  ['locate', 1.02],
  ['limits', 0.85],
  ['confirm', 0.97],
];

/** A trial at a share of the capacity. */
export function aTrial(capacity: number, [phase, share]: readonly [string, number], index = 0): PlanTrial {
  const ok = share < 1 || phase === 'recovery';
  const wait = ok ? 2 / (1.08 - share) : 400 * share;
  return {
    trial: index + 1,
    phase,
    load: capacity * share,
    users: Math.round(capacity * share * 5),
    ok,
    share: ok ? 0.9981 : 0.412,
    p50: wait / 3,
    p99: wait,
    reasons: ok ? [] : ['41.20 % of scheduled messages came within 50 ms, wanted 99 %'],
    guards: [],
    folder: `trials/${index + 1}`,
  };
}

/** What was believed after each trial since the ramp. */
function snapshotsOf(capacity: number, trials: readonly PlanTrial[]): PlanSize['snapshots'] {
  return trials
    .filter(({ phase }, index) => index >= 3 && phase !== 'recovery')
    .map(({ trial, phase, load, ok }, index) => {
      const estimate = anEstimate(capacity * (1 + 0.04 / (index + 1)), 0.14 / (index + 1) ** 0.8);
      const { median, lower, upper, spread } = estimate;
      const curve = Array.from({ length: 60 }, (_, at) => {
        const point = capacity * Math.exp((at - 30) / 60);
        return { load: point, belief: Math.exp(-0.5 * (Math.log(point / median) / spread) ** 2) };
      });
      const total = curve.reduce((sum, { belief }) => sum + belief, 0);
      const shares = curve.map((point) => ({ ...point, belief: point.belief / total }));
      return { trial, phase, load, ok, median, lower, upper, curve: shares };
    });
}

/** The search of one number of workers. */
export function aSize(workers: number, changes: Partial<PlanSize> = {}): PlanSize {
  const capacity = 12_000 * workers * (1 - 0.03 * (workers - 1));
  const trials = course.map((step, index) => aTrial(capacity, step, index));
  const confirmed = capacity * 0.97;
  return {
    workers,
    share: null,
    verdict: 'found',
    sentence: `The capacity is ${Math.round(confirmed)} messages/s, confirmed over 60 s`,
    confirmed,
    wording: `${Math.round(confirmed)} messages/s`,
    atLeast: null,
    estimate: anEstimate(capacity),
    usersPerLoad: 5,
    capacities: [10, 25, 50, 75, 100].map((withinMs, index) => ({
      withinMs,
      estimate: anEstimate(capacity * (0.8 + 0.07 * index), 0.04 - 0.005 * index),
      isAtLeast: withinMs === 100,
    })),
    geometricMean: anEstimate(capacity * 0.93, 0.03),
    findings: ['The target was full: it fell behind in 3 of 4 trials that failed'],
    trials,
    snapshots: snapshotsOf(capacity, trials),
    ...changes,
  };
}

/** Fleets with a recommended one, one that nothing betters, a plain one, and one that may not be bought. */
export function someFleets(changes: Partial<PlanFleets> = {}): PlanFleets {
  const { fleets, ...needed } = neededOf();
  const plain = rowOf({ type: 'm7i.large', monthly: 147.17, isPareto: false });
  return {
    version: 1,
    prices: { date: '2026-07-20', source: 'a list of prices' },
    rows: [
      { ...unfitRow(), isRecommended: false },
      { ...rowOf(), isRecommended: true },
      { ...rowOf({ type: 'c8i.large', nodes: 3, workers: 6, monthly: 205.2 }), isRecommended: false },
      { ...plain, isRecommended: false },
    ],
    leftOut: ['Cannot plan on "t4g.nano": its memory leaves no room for a single user'],
    notes: ['Of c8i-flex.large processors are counted as if they gave all they have at any time'],
    next: {
      kind: 'calibrate',
      type: 'c8g.large',
      workers: 2,
      before: 1.6,
      after: 1.3,
      sentence:
        'Calibrate c8g.large, two minutes for $0.003: its price would be known within a factor of 1.30',
    },
    needed: {
      users: needed.users,
      chance: needed.chance,
      leftOut: needed.leftOut,
      fleets: [
        ...fleets.map((fleet) => ({ ...fleet, isRecommended: true })),
        { row: unfitRow({ monthly: 99.5 }), chance: 0.958, isRecommended: false },
      ],
    },
    ...changes,
  };
}
