/** The trials of a plan: the main search, its proof, sockets, and the points of the scaling law. */
import { join } from 'node:path';
import { ClusterError } from '../../../../server/errors/index.ts';
import { isMostlyIdle, type Profile } from '../../profiles/index.ts';
import type { Proof } from '../../proof/index.ts';
import type { SearchSettings } from '../../search/index.ts';
import type { Slo } from '../../slo/index.ts';
import { refusesQuota } from '../../trials/index.ts';
import { lookAtSockets, proveCapacity, type SocketsFound } from '../checks/index.ts';
import { type Follower, type SizeFound, type SizeSearch, searchSize } from '../search/index.ts';
import type { Sizes } from '../sizes.ts';
import { guessOf } from './guess.ts';
import { scheduleOf } from './schedule.ts';

/** What is to be found out. */
export interface PlanTrials {
  readonly profile: Profile;
  readonly slo: Slo;
  readonly sizes: Sizes;
  readonly withinMs: number;
  /** Folder of the plan: each search has one of its own in it. */
  readonly out: string;
  /** Changes to how the main search goes. */
  readonly settings?: Partial<SearchSettings>;
  readonly mostSockets?: number | undefined;
  readonly command: string;
}

/** What was found out, as far as it came. */
export interface Planned {
  readonly main?: SizeFound;
  readonly proof?: Proof;
  readonly sockets?: SocketsFound;
  readonly points: readonly SizeFound[];
  /** Sentences about what was left out. */
  readonly remarks: readonly string[];
  readonly isInterrupted: boolean;
}

/** Who follows it, and is told what is begun. */
export interface PlanFollower extends Follower {
  say(text: string): void;
}

/** What it is run with. */
export interface PlanInstruments {
  search: typeof searchSize;
  prove: typeof proveCapacity;
  sockets: typeof lookAtSockets;
  refusesQuota: typeof refusesQuota;
  now(): number;
}

const real: PlanInstruments = {
  search: searchSize,
  prove: proveCapacity,
  sockets: lookAtSockets,
  refusesQuota,
  now: () => performance.now(),
};

/** A minute with less is too short for any capacity of a point. */
const LEAST_POINT_MS = 20_000;

/** Trials of a point: fewer and shorter ones, as only all points together tell something. */
const POINT_SETTINGS = {
  locatesOnly: true,
  start: 0.5,
  rampSeconds: 3,
  trialSeconds: 5,
  mostTrials: 9,
  width: 0.1,
};

/** Small workers take long to let many in. */
const POINT_SOCKETS = 500;

const MAIN_SETTINGS = { soakSeconds: 30, recoverySeconds: 10, limitTrials: 2 };

/**
 * Runs them. What an interruption, or a target that will not go on, leaves undone is left out; everything before is kept.
 *
 * @throws what the first trial throws, such as a server that does not start.
 */
export async function runTrials(
  plan: PlanTrials,
  follower: PlanFollower,
  instruments: PlanInstruments = real,
): Promise<Planned> {
  const endsAt = instruments.now() + plan.withinMs;
  const step = { plan, follower, instruments, left: () => endsAt - instruments.now() };
  const found: { -readonly [Name in keyof Planned]?: Planned[Name] } = {};
  const remarks: string[] = [];
  const isInterrupted = await untilInterrupted(follower.signal, async () => {
    if (!isMostlyIdle(plan.profile)) {
      found.main = await searchMain(step);
      refuseInterrupted(found.main);
      const proof = await proveMain(step, found.main);
      if (proof !== undefined) found.proof = proof;
    }
    found.sockets = await look(step);
    const points: SizeFound[] = [];
    found.points = points;
    if (found.main?.result.estimate !== undefined)
      remarks.push(...(await searchPoints(step, found.main, points)));
  });
  return { points: [], ...found, remarks, isInterrupted };
}

interface Step {
  plan: PlanTrials;
  follower: PlanFollower;
  instruments: PlanInstruments;
  left: () => number;
}

function searchOf(
  { plan }: Step,
  change: Pick<SizeSearch, 'out' | 'settings' | 'withinMs' | 'workers'>,
): SizeSearch {
  const { command, mostSockets, profile } = plan;
  return { profile, mostSockets, command, ...change };
}

function mainSearchOf(step: Step): SizeSearch {
  const { out, profile, settings, sizes, slo, withinMs } = step.plan;
  return searchOf(step, {
    workers: sizes.main,
    settings: { slo, estimate: guessOf(profile, { workers: sizes.main }), ...MAIN_SETTINGS, ...settings },
    out: join(out, 'search'),
    withinMs: scheduleOf(withinMs, sizes.points.length > 0).mainMs,
  });
}

function searchMain(step: Step): Promise<SizeFound> {
  const { follower, instruments, plan } = step;
  follower.say(`Searching the capacity of ${wordWorkers(plan.sizes.main)}`);
  return instruments.search(mainSearchOf(step), follower);
}

function proveMain(step: Step, found: SizeFound): Promise<Proof | undefined> {
  const { follower, instruments, plan } = step;
  if (found.result.confirmed === undefined) return Promise.resolve(undefined);
  follower.say('Proving that the load generator could do more');
  return instruments.prove({ search: mainSearchOf(step), found, out: join(plan.out, 'proof') }, follower);
}

function look({ follower, instruments, plan }: Step): Promise<SocketsFound> {
  follower.say('Looking at what sockets, heartbeats and connecting cost');
  const { command, out, profile, sizes } = plan;
  return instruments.sockets({ profile, workers: sizes.main, out: join(out, 'sockets'), command }, follower);
}

/** Adds each point as it is found; gives sentences about those that were left out. */
async function searchPoints(step: Step, main: SizeFound, points: SizeFound[]): Promise<string[]> {
  const { follower, instruments, left, plan } = step;
  const { points: sizes, share } = plan.sizes;
  const refusal = share === undefined || sizes.length === 0 ? undefined : instruments.refusesQuota();
  if (refusal !== undefined) return [`No scaling law was measured: ${refusal}`];
  const each = ((main.result.estimate?.median ?? 0) / main.workers) * (share ?? 1);
  for (const [index, workers] of sizes.entries()) {
    const withinMs = scheduleOf(plan.withinMs, true).pointMs(left(), sizes.length - index);
    if (withinMs < LEAST_POINT_MS) {
      return [`The time was over after ${index} of ${sizes.length} points of the scaling law`];
    }
    follower.say(`Searching a point of the scaling law, ${wordWorkers(workers, share)}`);
    const found = await instruments.search(
      {
        ...searchOf(step, {
          workers,
          settings: { slo: plan.slo, estimate: each * workers, ...POINT_SETTINGS },
          out: join(plan.out, `point-${index + 1}-of-${workers}`),
          withinMs,
        }),
        share,
        mostSockets: POINT_SOCKETS,
      },
      follower,
    );
    points.push(found);
    refuseInterrupted(found);
  }
  return [];
}

function refuseInterrupted({ isInterrupted }: SizeFound): void {
  if (isInterrupted) throw new ClusterError('Cannot go on: interrupted', { code: 'RUN_INTERRUPTED' });
}

async function untilInterrupted(signal: AbortSignal, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return false;
  } catch (error) {
    const isInterrupted = error instanceof ClusterError && error.code === 'RUN_INTERRUPTED';
    if (!isInterrupted && !signal.aborted) throw error;
    return true;
  }
}

function wordWorkers(workers: number, share?: number): string {
  const each = share === undefined ? '' : ` with ${share} of a core${workers === 1 ? '' : ' each'}`;
  return `${workers} ${workers === 1 ? 'worker' : 'workers'}${each}`;
}
