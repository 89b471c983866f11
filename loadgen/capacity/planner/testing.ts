/** For tests of the planner: a trial in which all was well, of which single figures are changed. */
import { syntheticRun } from '../../testing.ts';
import { estimateOf } from '../estimate/index.ts';
import { type TrialProcess, type TrialRecord, trialOf } from '../trials/index.ts';
import type { MeasuredTrial, SizeFound } from './search/index.ts';

/** Ten seconds of 100 messages a second by 20 users, a worker that was busy for a tenth of them, and no heartbeats. */
export function aRecord(change: Partial<TrialRecord> = {}): TrialRecord {
  const record = trialOf(syntheticRun({ users: 20, seconds: 10 }), { withinMs: 50 });
  const { generator } = record;
  return {
    ...record,
    load: 100,
    users: 20,
    workers: 1,
    measuredSeconds: 10,
    scheduled: 1_000,
    inTime: inTime(1_000),
    seconds: Array.from({ length: 10 }, (_, second) => ({
      second,
      scheduled: 100,
      inTime: inTime(100),
      inFlight: 1,
      bufferedBytes: null,
      loopDelayMs: 2,
      gcMs: 0,
    })),
    connects: { asked: 20, made: 20 },
    errors: 0,
    unreconciled: 0,
    fellOver: null,
    remarks: [],
    processes: [aProcess({})],
    counts: {
      inbound: 1_000,
      deliveries: 1_000,
      published: 0,
      pushed: 0,
      pings: 0,
      connects: 0,
      uncounted: 0,
      bytes: 20_000,
    },
    generator: {
      ...generator,
      processes: [{ id: 0, cpuCores: 0.1, loopDelayMs: 1, sockets: 20 }],
      latenessMs: 0.5,
      achieved: 1,
      inFlight: { mean: 0.1, standardError: 0.01, perSecond: 100, latencyMs: 1 },
      sockets: { used: 20, limit: 20_000 },
      ports: null,
      retransmits: [],
      listenOverflows: [],
      counts: null,
    },
    ...change,
  };
}

/** A worker that was busy for a second. */
export function aProcess(change: Partial<TrialProcess>): TrialProcess {
  return {
    role: 'worker',
    id: 0,
    busyMicros: 1_000_000,
    rssBytes: 80_000_000,
    sockets: 20,
    received: 1_000,
    sent: 1_000,
    loopDelayMs: 2,
    ...change,
  };
}

function inTime(count: number): Record<number, number> {
  return Object.fromEntries([10, 25, 50, 75, 100].map((limit) => [limit, count]));
}

/** A trial at a load that a soak or a trial before it was meant for. */
export function aTrial(
  load: number,
  {
    phase = 'locate',
    ok = true,
    guards = [],
    record = {},
  }: {
    phase?: MeasuredTrial['request']['phase'];
    ok?: boolean;
    guards?: readonly string[];
    record?: Partial<TrialRecord>;
  } = {},
): MeasuredTrial {
  return {
    request: { kind: 'trial', phase, load, seconds: 10, fresh: false },
    outcome: { load, ok, okAtLimits: [ok, ok, ok, ok, ok], reasons: [], guards },
    record: aRecord({ load, users: load * 6, ...record }),
    folder: `/plan/search/01-${phase}`,
    users: load * 6,
    usersPerSocket: 1,
  };
}

/** A search of a capacity of 1,000 messages a second for each worker, which found it. */
export function aSize(workers: number, change: Partial<SizeFound> = {}): SizeFound {
  const load = 1_000 * workers;
  const estimate = estimateOf(load, 0.02);
  return {
    workers,
    trials: [0.8, 0.9, 0.95, 1]
      .map((share) => aTrial(share * load))
      .concat(aTrial(0.95 * load, { phase: 'confirm' })),
    state: { settings: {} as never, attempts: [] },
    result: {
      verdict: 'found',
      sentence: `The capacity is ${load} messages/s`,
      confirmed: 0.95 * load,
      wording: `${0.95 * load} messages/s`,
      estimate,
      trialSpread: 0.02,
      capacities: [{ withinMs: 50, estimate, isAtLeast: false }],
      findings: [{ name: 'saturation', sentence: 'Saturation ended it' }],
      snapshots: [],
    },
    isInterrupted: false,
    ...change,
  };
}
