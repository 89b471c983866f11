/** The scenario of a trial: as many users as make a load, on no more sockets than a trial has time to open. */
import type { Gap, Habits, PhaseSpec, Scenario } from '../../../plan/index.ts';
import { type Profile, pingIntervalMsOf, scenarioOf, usersOf } from '../../profiles/index.ts';

/** What a trial is to be. */
export interface Wish {
  /** Messages a second. */
  readonly load: number;
  /** To be measured. */
  readonly seconds: number;
  readonly workers: number;
  /** Load to be offered before, messages a second. */
  readonly overload?: number | undefined;
  /** Sockets of one trial, unless users are thousands to each. Default 2,000. */
  readonly mostSockets?: number | undefined;
}

/** Opened within seconds, and enough for every worker to have its share. */
const MOST_SOCKETS = 2_000;

/** The most that a socket does for one user: a scenario's users are no faster than this. */
const MOST_PACE = 1_000;

/** All are there after so long, however many there are. */
const ARRIVAL_SECONDS = 2;

/** Users who settle speak at their own pace, and code is cold: the load begins so long before it is measured. */
const WARM_UP_SECONDS = 2;

/** Heartbeats go by ticks of the server, milliseconds: an interval between two of them would be counted wrongly. */
const TICK_MS = 100;

/** The shortest pause between heartbeats that a server is asked for. */
const LEAST_PING_INTERVAL_MS = 3 * TICK_MS;

/** A scenario, and whom its sockets stand for. */
interface Crowd {
  readonly scenario: Scenario;
  readonly users: number;
  /** 1 where each user has a socket. */
  readonly usersPerSocket: number;
}

/** Makes the scenario of as many users as make a load. */
export function scenarioAt(profile: Profile, { load, overload, ...wish }: Wish): Crowd {
  const users = usersOf(profile, load);
  return scenarioFor(profile, { ...wish, users, overload: overload && overload / load });
}

/** Gives the most users whose heartbeats the sockets of a trial can answer. */
export function mostUsersOf(profile: Profile, mostSockets = MOST_SOCKETS): number {
  return Math.floor((mostSockets * pingIntervalMsOf(profile)) / LEAST_PING_INTERVAL_MS);
}

/**
 * Makes the scenario of so many users; `overload` is the speed of all of them before. Where users are more than the
 * sockets, each socket does the work of several: it speaks, answers heartbeats, leaves and comes back so many times as
 * often, up to a thousand times: there are more sockets than that for more users. What sockets cost by themselves is
 * looked at elsewhere.
 */
export function scenarioFor(
  profile: Profile,
  { mostSockets = MOST_SOCKETS, overload, seconds, users, workers }: Omit<Wish, 'load'> & { users: number },
): Crowd {
  const fewest = Math.ceil((users * Math.max(1, overload ?? 1)) / MOST_PACE);
  const sockets = Math.min(users, Math.max(mostSockets, fewest));
  const usersPerSocket = users / sockets;
  const plain = scenarioOf(profile, {
    users: sockets,
    seconds,
    workers,
    ramp: Math.ceil(mostSockets / ARRIVAL_SECONDS),
    overload,
  });
  const scenario = { ...plain, phases: warmed(plain.phases ?? []) };
  const pingInterval = Math.max(
    LEAST_PING_INTERVAL_MS,
    TICK_MS * Math.round(pingIntervalMsOf(profile) / usersPerSocket / TICK_MS),
  );
  return { scenario: condensed(scenario, { times: usersPerSocket, pingInterval }), users, usersPerSocket };
}

function condensed(
  scenario: Scenario,
  { pingInterval, times }: { pingInterval: number; times: number },
): Scenario {
  if (times === 1) return scenario;
  const { groups, phases = [], target } = scenario;
  return {
    ...scenario,
    ...hastier(scenario, times),
    ...(groups && { groups: groups.map((group) => ({ ...group, ...hastier(group, times) })) }),
    phases: phases.map((phase) => ({ ...phase, pace: faster(phase.pace, times) })),
    target: { ...target, options: { ...target.options, pingInterval } },
  };
}

/** An overload warms up enough. */
function warmed(phases: readonly PhaseSpec[]): readonly PhaseSpec[] {
  if (phases.length > 1) return phases;
  return [{ name: 'warm-up', duration: WARM_UP_SECONDS, measured: false }, ...phases];
}

function hastier({ returns, stays }: Habits, times: number): Pick<Habits, 'returns' | 'stays'> {
  return {
    ...(stays !== undefined && { stays: shorter(stays, times) }),
    ...(returns !== undefined && { returns: shorter(returns, times) }),
  };
}

function shorter(gap: number | Gap, times: number): number | Gap {
  return typeof gap === 'number' ? gap / times : { ...gap, mean: gap.mean / times };
}

function faster(
  pace: number | readonly [number, number] = 1,
  times: number,
): number | readonly [number, number] {
  return typeof pace === 'number' ? pace * times : [pace[0] * times, pace[1] * times];
}
