/** Test only: shares of small plans, and runs of them. */
import { expect } from 'vitest';
import type { Group, PlannedBehaviour, PlannedGap, Share } from '../plan/index.ts';
import { gapOf, groupOf, pingPong, planOf } from '../plan/testing.ts';
import { checkConservation, type Totals, type Window } from '../results/index.ts';
import type { AgentReport } from './messages.ts';
import { prepareShare, type ShareRun } from './run-share.ts';

/** A gap that is always the same. */
export function exactly(mean: number): PlannedGap {
  return { mean, shape: 'constant', spread: 0 };
}

/** Twenty messages a second and user. */
export const twentyASecond: PlannedGap = gapOf({ mean: 0.05 });

/** Pings twenty times a second and user. */
export const busyPings = pingPong({ every: twentyASecond });

/** What a share is to be like, where it differs from the usual. */
export interface ShareChanges {
  behaviour?: PlannedBehaviour;
  /** Habits of the one group. */
  habits?: Partial<Group>;
  /** Groups in its place. */
  groups?: Group[];
  share?: Partial<Share>;
  /** Seconds the last phase may take. */
  drain?: number;
}

/** Twenty users within a fifth of a second, then a second of messages. */
export function shareOf(port: number, changes: ShareChanges = {}): Share {
  const { behaviour = busyPings, habits = {}, groups, share = {}, drain = 1 } = changes;
  const full = { from: 1, to: 1 };
  const plan = planOf({
    users: 20,
    ramp: 100,
    groups: groups ?? [groupOf({ users: 20, behaviour, ...habits })],
    phases: [
      { name: 'ramp', start: 0, end: 0.3, measured: false, pace: full },
      { name: 'steady', start: 0.3, end: 1.2, measured: true, pace: full },
      { name: 'drain', start: 1.2, end: 1.2 + drain, measured: false, pace: { from: 0, to: 0 } },
    ],
    answerWithin: 1,
  });
  return {
    plan,
    process: 0,
    processes: 1,
    target: { host: '127.0.0.1', port, path: '/socketcluster/', secure: false },
    connect: {},
    sourceAddresses: [],
    driver: 'socketcluster',
    protocolVersion: 'auto',
    ...share,
  };
}

/** A run that goes on, and what it has told so far. */
export interface Outcome {
  run: ShareRun;
  windows: Window[];
  totals: Totals[];
  frames: string[];
}

/** Starts a share now. */
export async function start(share: Share): Promise<Outcome> {
  const outcome: Omit<Outcome, 'run'> = { windows: [], totals: [], frames: [] };
  const report = (told: AgentReport): void => {
    if (told.type === 'window') outcome.windows.push(told.window);
    if (told.type === 'totals') outcome.totals.push(told.totals);
    if (told.type === 'trace') outcome.frames.push(`${told.direction} ${told.text}`);
  };
  const run = await prepareShare({ share, address: '127.0.0.1', report });
  run.go(Date.now());
  return { run, ...outcome };
}

/** Runs a share to its end and checks its books. */
export async function finish(share: Share): Promise<Outcome & { sums: Totals }> {
  const outcome = await start(share);
  await outcome.run.done;
  return { ...outcome, sums: expectConserved(outcome) };
}

/** The totals of a run whose books hold. */
export function expectConserved({ windows, totals }: Outcome): Totals {
  expect(totals).toHaveLength(1);
  expect(checkConservation({ windows, totals })).toEqual([]);
  return totals[0] ?? expect.fail();
}
