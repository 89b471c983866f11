/** Plans for tests: a whole one, one whose generator gave out, and one that was interrupted. Never imported by anything else. */
import { neededOf, rowOf, unfitRow } from '../../loadgen/capacity/tables/testing.ts';
import type { PlanDocument, PlanEstimate, PlanFleets, PlanSize, PlanTrial } from './document/index.ts';

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
      sentence: 'Calibrate c8g.large, two minutes for $0.003: its price would be known within a factor of 1.30',
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

const scaling: PlanDocument['scaling'] = {
  points: [1, 1, 2, 3].map((workers, index) => ({
    workers,
    capacity: anEstimate(12_000 * workers * (1 - 0.03 * (workers - 1)) * (1 + 0.004 * index)),
  })),
  laws: [
    { name: 'universal', weight: 0.25, lambda: 12_010, sigma: 0.028, kappa: 0.0004 },
    { name: 'amdahl', weight: 0.6, lambda: 12_020, sigma: 0.03, kappa: 0 },
    { name: 'linear', weight: 0.15, lambda: 11_700, sigma: 0, kappa: 0 },
  ],
  band: [1, 2, 3, 4, 5, 6, 8].map((workers) => {
    const { median, lower, upper } = anEstimate((12_000 * workers) / (1 + 0.03 * (workers - 1)), 0.02 * workers);
    const grade = workers <= 4 ? 'interpolation' : workers <= 6 ? 'extrapolation' : 'beyond';
    return { workers, median, lower, upper, grade };
  }),
  peak: null,
  remarks: ['Fewer than 6 points: intervals are as wide as the points’ own'],
};

/** A whole plan: found and proven. */
export function aPlan(changes: Partial<PlanDocument> = {}): PlanDocument {
  return {
    version: 1,
    madeAt: '2026-08-01T12:00:05.000Z',
    command: 'npx scbench plan --profile chat --slo "99% < 50ms" --users 50000',
    project: '0.1.0',
    profile: {
      name: 'chat',
      question: 'How many people can talk in rooms of twenty?',
      perUser: { load: 0.2, deliveries: 4, pings: 0.05, connects: 0.001 },
    },
    slo: '99 % < 50 ms',
    machine: {
      processor: 'Example Processor 3000',
      cores: 2,
      memoryBytes: 8_322_000_000,
      node: 'v20.20.2',
      kernel: '6.1.0',
    },
    sizes: [aSize(1), aSize(2), aSize(3)],
    proof: {
      proven: true,
      findings: [
        { name: 'processor of the busiest load process', ok: true, value: 0.41, limit: 0.7, wanted: 'at most 0.7' },
        {
          name: 'load with a server that does nothing, of the reported one',
          ok: true,
          value: 2.4,
          limit: 1.5,
          sentence: 'A server that does nothing takes 2.4 times the load, wanted 1.5 times',
        },
      ],
    },
    costs: [
      {
        role: 'worker',
        perKind: { inbound: 21.4, delivery: 11.2, ping: 6.1, connect: 840, byte: 0.004 },
        residualSpread: 0.031,
      },
      { role: 'broker', perKind: { inbound: 9.7, delivery: 2.2 }, residualSpread: null },
    ],
    memory: { perSocket: anEstimate(8_200, 0.03), perWorker: 62_000_000, host: 310_000_000 },
    scaling,
    fleets: someFleets(),
    tables: { markdown: '| type |\n| --- |\n| c7i.large |\n', csv: 'type,hosts\nc7i.large,2\n', text: 'type\nc7i.large\n' },
    calibration: { single: 1_520.5, busy: 2_480.25 },
    predictions: {
      frozen: [
        {
          subject: 'capacity of chat with 4 workers',
          hash: 'ab'.repeat(32),
          median: 43_700,
          lower: 39_000,
          upper: 49_000,
          unit: 'messages/s',
          grade: 'interpolation',
        },
      ],
      coverage: '18 of 20 intervals held what was measured; 16 to 20 agree with 90 %',
    },
    next: null,
    remarks: ['Prices are 190 days old: look at them again'],
    ...changes,
  };
}

/** A plan whose generator gave out. */
export function aLimitedPlan(changes: Partial<PlanDocument> = {}): PlanDocument {
  const { proof, sizes } = aPlan();
  const lost = { name: "Little's law: messages under way, off by", ok: false, value: null, limit: 0.05 };
  return aPlan({
    sizes: sizes.map((size) => ({
      ...size,
      verdict: 'at-least',
      wording: 'at least 11,640 messages/s (generator-limited)',
    })),
    proof: { proven: false, findings: [...(proof?.findings ?? []), lost] },
    ...changes,
  });
}

/** A plan that was interrupted while it located: no soak, no proof, no costs, no fleets. */
export function anInterruptedPlan(changes: Partial<PlanDocument> = {}): PlanDocument {
  const { trials, snapshots } = aSize(1);
  const spoilt = ['lateness p99 12.4 ms, wanted at most 5 ms'];
  return aPlan({
    sizes: [
      aSize(1, {
        verdict: 'unconfirmed',
        sentence: 'Cannot confirm a capacity within 7 trials: no soak passed',
        confirmed: null,
        wording: null,
        capacities: [],
        geometricMean: null,
        trials: [
          ...trials.slice(0, 6),
          { ...aTrial(12_000, ['locate', 1.05], 6), guards: spoilt, share: null, p50: null, folder: null },
        ],
        snapshots: snapshots.slice(0, 2),
      }),
    ],
    proof: null,
    costs: [],
    memory: null,
    scaling: null,
    fleets: null,
    tables: null,
    calibration: null,
    predictions: { frozen: [], coverage: null },
    next: null,
    remarks: ['The plan was interrupted: it holds what was measured until then'],
    ...changes,
  });
}

/** A plan that was interrupted before its first search was judged. */
export function anEmptyPlan(): PlanDocument {
  return anInterruptedPlan({ sizes: [] });
}
