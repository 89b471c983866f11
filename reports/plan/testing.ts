/** Plans for tests: a whole one, one whose generator gave out, and one that was interrupted. Never imported by anything else. */
import type { PlanDocument } from './document/index.ts';
import { anEstimate, aSize, aTrial, someFleets } from './document/testing.ts';

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
    const { median, lower, upper } = anEstimate(
      (12_000 * workers) / (1 + 0.03 * (workers - 1)),
      0.02 * workers,
    );
    const grade = workers <= 4 ? 'interpolation' : workers <= 6 ? 'extrapolation' : 'beyond';
    return { workers, median, lower, upper, grade };
  }),
  peak: null,
  remarks: ['Fewer than 6 points: intervals are as wide as the points’ own'],
};

const costs: PlanDocument['costs'] = [
  {
    role: 'worker',
    perKind: { inbound: 21.4, delivery: 11.2, ping: 6.1, connect: 840, byte: 0.004 },
    residualSpread: 0.031,
  },
  { role: 'broker', perKind: { inbound: 9.7, delivery: 2.2 }, residualSpread: null },
];

const predictions: PlanDocument['predictions'] = {
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
        {
          name: 'processor of the busiest load process',
          ok: true,
          value: 0.41,
          limit: 0.7,
          wanted: 'at most 0.7',
        },
        {
          name: 'load with a server that does nothing, of the reported one',
          ok: true,
          value: 2.4,
          limit: 1.5,
          sentence: 'A server that does nothing takes 2.4 times the load, wanted 1.5 times',
        },
      ],
    },
    costs,
    memory: { perSocket: anEstimate(8_200, 0.03), perWorker: 62_000_000, host: 310_000_000 },
    scaling,
    fleets: someFleets(),
    tables: {
      markdown: '| type |\n| --- |\n| c7i.large |\n',
      csv: 'type,hosts\nc7i.large,2\n',
      text: 'type\nc7i.large\n',
    },
    calibration: { single: 1_520.5, busy: 2_480.25 },
    predictions,
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
      atLeast: 'generator-limited',
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

/** A plan of users who hardly say anything: fleets by costs, without a search. */
export function anIdlePlan(): PlanDocument {
  return aPlan({ sizes: [], proof: null, scaling: null, predictions: { frozen: [], coverage: null } });
}
