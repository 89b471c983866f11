/** Test only: shares of small plans, and runs of them. */
import { expect } from 'vitest';
import type { Driver } from '../drivers/index.ts';
import type { Group, PlannedBehaviour, PlannedGap, Share } from '../plan/index.ts';
import { gapOf, groupOf, pingPong, planOf, upTo } from '../plan/testing.ts';
import { checkConservation, type Totals, type Window } from '../results/index.ts';
import { createTimerAlarm } from './alarm/index.ts';
import type { AgentReport, EndsReport } from './messages.ts';
import { Recorder } from './recording/index.ts';
import { prepareShare, type ShareRun } from './run-share.ts';
import { Users } from './users.ts';

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
  /** Seconds that an answer may take, and the last phase with it. Without answers to wait for it ends at once. */
  drain?: number;
}

/** Twenty users within a fifth of a second, then a second of messages. */
export function shareOf(port: number, changes: ShareChanges = {}): Share {
  const { behaviour = busyPings, habits = {}, groups, share = {}, drain = 10 } = changes;
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
    answerWithin: drain,
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
  /** What it told the other load processes. */
  ends: EndsReport[];
}

/** Starts a share now. */
export async function start(share: Share, createAlarm = createTimerAlarm): Promise<Outcome> {
  const outcome: Omit<Outcome, 'run'> = { windows: [], totals: [], frames: [], ends: [] };
  const report = (told: AgentReport): void => {
    if (told.type === 'window') outcome.windows.push(told.window);
    if (told.type === 'totals') outcome.totals.push(told.totals);
    if (told.type === 'ends') outcome.ends.push(told);
    if (told.type === 'trace') outcome.frames.push(`${told.direction} ${told.text}`);
  };
  const run = await prepareShare({ share, address: '127.0.0.1', report, createAlarm });
  run.go(performance.timeOrigin + performance.now());
  return { run, ...outcome };
}

/** Runs a share to its end and checks its books. Rejections that nobody caught are put to the run, as in a process. */
export async function finish(share: Share): Promise<Outcome & { sums: Totals }> {
  const outcome = await start(share);
  const others = process.listeners('unhandledRejection');
  const meet = (error: unknown): void => {
    if (!outcome.run.survive(error)) throw error;
  };
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', meet);
  await outcome.run.done;
  process.off('unhandledRejection', meet);
  for (const listener of others) process.on('unhandledRejection', listener);
  return { ...outcome, sums: expectConserved(outcome) };
}

/** The totals of a run whose books hold. */
export function expectConserved({ windows, totals }: Outcome): Totals {
  expect(totals).toHaveLength(1);
  expect(checkConservation({ windows, totals })).toEqual([]);
  return totals[0] ?? expect.fail();
}

/** A driver that does nothing and remembers what it was told to do. */
export function fakeDriver(): Driver & { told: string[] } {
  const told: string[] = [];
  const note =
    (name: string) =>
    (...details: unknown[]): void =>
      void told.push([name, ...details.flatMap((detail) => JSON.stringify(detail) ?? [])].join(' '));
  return {
    told,
    connect: note('connect'),
    send: note('send'),
    call: note('call'),
    subscribe: note('subscribe'),
    publish: note('publish'),
    emit: note('emit'),
    setReading: note('setReading'),
    leave: note('leave'),
    abandon: note('abandon'),
    close: () => Promise.resolve(),
  };
}

/** A recorder of process 0. */
export function newRecorder(): Recorder {
  return new Recorder(0, () => ({ pid: 1, cpuMicros: 0, rssBytes: 0, loopUtilisation: 0, gcMs: 0 }));
}

/** So many users of one group, all of whom are ready and were answered by worker 1. */
export function readyUsers(count: number, recorder: Recorder): Users {
  const users = new Users(upTo(count), () => 0);
  for (let user = 0; user < count; user += 1) {
    users.answeredBy(user, recorder.worker('1'));
    users.enter(user, 'ready');
  }
  return users;
}
