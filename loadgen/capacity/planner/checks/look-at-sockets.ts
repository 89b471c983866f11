/** What sockets take of memory while hardly anything is said on them, and what connecting takes of processors. */
import { join } from 'node:path';
import type { Scenario } from '../../../plan/index.ts';
import { fitMemory, type MemoryModel, type MemoryPoint } from '../../costs/index.ts';
import { isMostlyIdle, type Profile, scenarioOf } from '../../profiles/index.ts';
import { runTrial, type Surroundings, type TrialRecord } from '../../trials/index.ts';
import { mostUsersOf, scenarioFor } from '../search/index.ts';

/** What it is looked at with. */
export interface Extra {
  readonly profile: Profile;
  readonly workers: number;
  readonly out: string;
  readonly command: string;
}

/** What was found. */
export interface SocketsFound {
  /** Absent when memory did not grow with sockets; `remarks` says so. */
  readonly memory?: MemoryModel;
  /** Of a worker for each connection that comes and goes, microseconds; absent when none came. */
  readonly connectMicros?: number;
  /** The most sockets that memory was looked at with; 0 where it was not. */
  readonly mostSockets: number;
  /** Bytes of all processes of the target that are no workers. */
  readonly othersBytes: number;
  /** The trial in which users came and went. */
  readonly churn: TrialRecord;
  /** Of users who are mostly idle: the trial in which sockets answered the heartbeats of many users each. */
  readonly crowd?: TrialRecord;
  readonly remarks: readonly string[];
}

/** Users of each look. */
const LOOKS = [500, 2_000, 4_000] as const;
const LOOK_SECONDS = 3;

/** Share of its usual speed at which everything goes on while sockets are looked at. */
const HARDLY_ANYTHING = 0.01;

/** Users that come and go, how long one stays and is away, and how long that is watched, seconds. */
const CHURN = { users: 400, stays: 1, returns: 0.25, seconds: 6 };

/** How long the heartbeats of a crowd are watched, seconds. */
const CROWD_SECONDS = 10;

/**
 * Runs a trial for each number of users, one in which users come and go, and for users who are mostly idle one with the
 * heartbeats of many. A trial under which the target ended tells nothing, and a remark says so.
 *
 * @throws what `runTrial` throws.
 */
export async function lookAtSockets(
  extra: Extra,
  follower: Surroundings,
  trial: typeof runTrial = runTrial,
): Promise<SocketsFound> {
  const run = (name: string, scenario: Scenario): Promise<TrialRecord> => {
    const { command, out, profile } = extra;
    const terms = { withinMs: 50 };
    return trial({ scenario, folder: profile.folder, out: join(out, name), terms, command }, follower);
  };
  const all: TrialRecord[] = [];
  for (const users of LOOKS) all.push(await run(`${users}-sockets`, quietScenario(extra, users)));
  const churn = await run('coming-and-going', churnScenario(extra));
  const crowd = isMostlyIdle(extra.profile) ? await run('heartbeats', crowdScenario(extra)) : undefined;
  const looks = all.filter(({ fellOver }) => fellOver === null);
  const { remarks, ...memory } = memoryOf(looks.flatMap(workersOf));
  const others = looks.at(-1)?.processes.filter(({ role }) => role !== 'worker') ?? [];
  const micros = churn.processes
    .filter(({ role }) => role === 'worker')
    .reduce((sum, { busyMicros }) => sum + busyMicros, 0);
  const { connects } = churn.counts;
  return {
    ...memory,
    remarks: [...[...all, churn, ...(crowd ? [crowd] : [])].flatMap(fallOf), ...remarks],
    mostSockets: Math.max(0, ...looks.map(({ users }) => users)),
    ...(crowd?.fellOver === null && { crowd }),
    ...(churn.fellOver === null && connects > 0 && micros > 0 && { connectMicros: micros / connects }),
    othersBytes: others.reduce((sum, { rssBytes }) => sum + rssBytes, 0),
    churn,
  };
}

function quietScenario({ profile, workers }: Extra, users: number): Scenario {
  const scenario = scenarioOf(profile, { users, seconds: LOOK_SECONDS, workers });
  const phases = scenario.phases?.map((phase) => ({ ...phase, pace: HARDLY_ANYTHING })) ?? [];
  return { ...scenario, phases };
}

function churnScenario({ profile, workers }: Extra): Scenario {
  const { users, stays, returns, seconds } = CHURN;
  const { groups: _, ...scenario } = scenarioOf(profile, { users, seconds, workers });
  return {
    ...scenario,
    behaviour: { kind: 'idle' },
    stays: { mean: stays, shape: 'exponential' },
    returns: { mean: returns, shape: 'exponential' },
  };
}

/** As many users as sockets can answer for: costs of a heartbeat are nearer to those of a busy process. */
function crowdScenario({ profile, workers }: Extra): Scenario {
  const wish = { users: mostUsersOf(profile), seconds: CROWD_SECONDS, workers };
  return scenarioFor(profile, wish).scenario;
}

function fallOf({ fellOver, users }: TrialRecord): string[] {
  return fellOver === null ? [] : [`The target ended with ${users} sockets: ${fellOver}`];
}

function workersOf({ processes }: TrialRecord): MemoryPoint[] {
  return processes
    .filter(({ role }) => role === 'worker')
    .map(({ rssBytes, sockets }) => ({ rssBytes, sockets }));
}

function memoryOf(points: readonly MemoryPoint[]): Pick<SocketsFound, 'memory' | 'remarks'> {
  try {
    return { memory: fitMemory(points), remarks: [] };
  } catch (error) {
    return { remarks: [error instanceof Error ? error.message : String(error)] };
  }
}
