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

/** In less time no trial of a point can be run. */
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

/** Where the guess is that of a point before: workers of the same share carry about as much each. */
const KNOWN_START = 0.7;

/** Small workers take long to let many in. */
const POINT_SOCKETS = 500;

const MAIN_SETTINGS = { soakSeconds: 30, recoverySeconds: 10, limitTrials: 2 };

/**
 * Runs them. What an interruption, or a host that cannot go on, leaves undone is left out; everything before is kept, and
 * a remark says what is missing.
 *
 * @throws what the first trial throws, such as a server that does not start.
 */
export async function runTrials(
  plan: PlanTrials,
  follower: PlanFollower,
  instruments: PlanInstruments = real,
): Promise<Planned> {
  const endsAt = instruments.now() + plan.withinMs;
  const found: Found = { points: [], remarks: [] };
  const step = { plan, follower, instruments, found, left: () => endsAt - instruments.now() };
  const isInterrupted = await untilInterrupted(follower.signal, () => runAll(step));
  return { ...found, isInterrupted };
}

/** What was found so far. */
type Found = Writable<Pick<Planned, 'main' | 'proof' | 'sockets'>> & {
  readonly points: SizeFound[];
  readonly remarks: string[];
};

type Writable<Fields> = { -readonly [Name in keyof Fields]: Fields[Name] };

interface Step {
  plan: PlanTrials;
  follower: PlanFollower;
  instruments: PlanInstruments;
  found: Found;
  left: () => number;
}

async function runAll(step: Step): Promise<void> {
  const { found, plan } = step;
  if (isMostlyIdle(plan.profile)) {
    found.sockets = await look(step);
    return;
  }
  const main = await searchMain(step);
  found.main = main;
  endEarly(step, main, 'The search ended before it was done');
  await keeping(step, 'The generator was not proven', async () => {
    const proof = await proveMain(step, main);
    if (proof !== undefined) found.proof = proof;
  });
  await keeping(step, 'Sockets were not looked at', async () => {
    found.sockets = await look(step);
  });
  if (main.result.estimate === undefined) return;
  await keeping(step, 'The scaling law has no further point', () => searchPoints(step, main));
}

/** What cannot be done is left out, and said: what was found before is worth a plan. */
async function keeping({ found }: Step, what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ClusterError) || error.code === 'RUN_INTERRUPTED') throw error;
    found.remarks.push(`${what}: ${error.message}`);
  }
}

/** @throws ClusterError RUN_INTERRUPTED where somebody ended the search. */
function endEarly({ found }: Step, { failure, isInterrupted }: SizeFound, what: string): void {
  if (isInterrupted) throw new ClusterError('Cannot go on: interrupted', { code: 'RUN_INTERRUPTED' });
  if (failure !== undefined) found.remarks.push(`${what}: ${failure}`);
}

function searchOf(
  { plan }: Step,
  change: Pick<SizeSearch, 'out' | 'settings' | 'withinMs' | 'workers'>,
): SizeSearch {
  const { command, mostSockets, profile, sizes } = plan;
  return { profile, mostSockets, loadProcesses: sizes.loadProcesses, command, ...change };
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

/** Adds each point as it is found, and a remark where some are left out. */
async function searchPoints(step: Step, main: SizeFound): Promise<void> {
  const { follower, found, instruments, left, plan } = step;
  const { points: sizes, share } = plan.sizes;
  const refusal = share === undefined || sizes.length === 0 ? undefined : instruments.refusesQuota();
  if (refusal !== undefined) {
    found.remarks.push(`No scaling law was measured: ${refusal}`);
    return;
  }
  for (const [index, workers] of sizes.entries()) {
    const withinMs = scheduleOf(plan.withinMs, true).pointMs(left(), sizes.length - index);
    if (withinMs < LEAST_POINT_MS) {
      found.remarks.push(`The time was over after ${index} of ${sizes.length} points of the scaling law`);
      return;
    }
    follower.say(`Searching a point of the scaling law, ${wordWorkers(workers, share)}`);
    const settings = {
      slo: plan.slo,
      ...POINT_SETTINGS,
      ...guessOfPoint(main, found.points, { share, workers }),
    };
    const out = join(plan.out, `point-${index + 1}-of-${workers}`);
    const search = {
      ...searchOf(step, { workers, settings, out, withinMs }),
      share,
      mostSockets: POINT_SOCKETS,
    };
    const point = await instruments.search(search, follower);
    found.points.push(point);
    endEarly(step, point, `The search with ${wordWorkers(workers, share)} ended before it was done`);
  }
}

/** Small workers stand still for most of each period, and carry less than their share of what a whole one does. */
function guessOfPoint(
  main: SizeFound,
  points: readonly SizeFound[],
  { share = 1, workers }: { share: number | undefined; workers: number },
): Pick<SearchSettings, 'estimate'> & Partial<Pick<SearchSettings, 'start'>> {
  const last = points.findLast(({ result }) => result.estimate !== undefined);
  const each = ({ result, workers: own }: SizeFound): number => (result.estimate?.median ?? 0) / own;
  return last === undefined
    ? { estimate: each(main) * share * workers }
    : { estimate: each(last) * workers, start: KNOWN_START };
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
