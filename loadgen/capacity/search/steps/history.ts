/** What the trials so far amount to. */
import { type Bracket, type Observation, type Posterior, weigh } from '../posterior/index.ts';
import type { Attempt, Phase, SearchState } from '../state.ts';

/** Loads that differ by less are the same load up to whole users. */
const SAME_LOAD = 0.001;

/** Gives the trials of a phase. */
export function attemptsOf({ attempts }: SearchState, phase: Phase): Attempt[] {
  return attempts.filter(({ request }) => request.phase === phase);
}

/** Says whether the load generator spoilt a trial. */
export function isTripped({ outcome }: Attempt): boolean {
  return outcome.guards.length > 0;
}

/** Says whether a trial was asked for with no more than one user, whatever load that came to. */
export function isOneUser({ request }: Attempt, { settings }: SearchState): boolean {
  return request.load <= settings.smallestLoad * (1 + SAME_LOAD);
}

function isSameLoad(one: number, other: number): boolean {
  return Math.abs(one - other) <= SAME_LOAD * Math.max(one, other);
}

/** Gives how often the load generator spoilt a trial of this load; one alone may be a mishap. */
export function trippedTimes(state: SearchState, load: number): number {
  return trippedLoads(state).filter((one) => isSameLoad(one, load)).length;
}

/**
 * Gives the lowest load at which guards tripped in two trials, or infinity: the target is not to be known beyond. What
 * the load generator offered before, or more, is out of its reach only where it failed more often than it managed: a
 * neighbour on the host spoils trials of any load.
 */
export function ceilingOf(state: SearchState): number {
  const loads = trippedLoads(state).filter(
    (load) => trippedTimes(state, load) > Math.max(1, offeredTimes(state, load)),
  );
  return Math.min(Number.POSITIVE_INFINITY, ...loads);
}

/** How often the load generator offered a load, or more, and nothing tripped; where the target ended, nobody knows. */
function offeredTimes({ attempts }: SearchState, load: number): number {
  const offered = attempts.filter((attempt) => isOfItsLoad(attempt) && !isTripped(attempt));
  return offered.filter(
    ({ outcome, request }) => outcome.fellOver === undefined && request.load >= load * (1 - SAME_LOAD),
  ).length;
}

function trippedLoads({ attempts }: SearchState): number[] {
  const own = attempts.filter((attempt) => isOfItsLoad(attempt) && isTripped(attempt));
  return own.map(({ request }) => request.load);
}

/** A recovery trial is no trial of its load. */
function isOfItsLoad({ request }: Attempt): boolean {
  return request.phase !== 'recovery';
}

/** Gives the trials that say something of the capacity, at one of the common limits or the objective's own. */
export function observationsOf({ attempts }: SearchState, limit?: number): Observation[] {
  return attempts
    .filter((attempt) => isOfItsLoad(attempt) && !isTripped(attempt))
    .map(({ outcome }) => ({
      load: outcome.load,
      ok: limit === undefined ? outcome.ok : (outcome.okAtLimits[limit] ?? false),
    }));
}

/** Gives the largest load that passed; 0 without any. */
export function largestPass(observations: readonly Observation[]): number {
  return Math.max(0, ...observations.filter(({ ok }) => ok).map(({ load }) => load));
}

/** Gives the smallest load above the largest that passed which failed; infinity without any. */
export function smallestFailAbove(observations: readonly Observation[], load: number): number {
  const above = observations.filter((one) => !one.ok && one.load > load).map((one) => one.load);
  return Math.min(Number.POSITIVE_INFINITY, ...above);
}

/** A belief that reaches so far beyond the largest load tried rests on no trial; it is a step of the ramp. */
export const UNTRIED = 1.5;

/** Gives the largest load tried; 0 without any. */
export function largestTried(observations: readonly Observation[]): number {
  return Math.max(0, ...observations.map(({ load }) => load));
}

/** Gives what is believed of the capacity, at one of the common limits or the objective's own. */
export function posteriorOf(state: SearchState, limit?: number): Posterior {
  const known = weighed.get(state) ?? new Map<number | undefined, Posterior>();
  weighed.set(state, known);
  const posterior = known.get(limit) ?? weighTrials(state, limit);
  known.set(limit, posterior);
  return posterior;
}

/** A state never changes, and several steps ask for the same belief. */
const weighed = new WeakMap<SearchState, Map<number | undefined, Posterior>>();

function weighTrials(state: SearchState, limit?: number): Posterior {
  const observations = observationsOf(state, limit);
  return weigh(observations, bracketOf(observations, ceilingOf(state)));
}

/** From the largest load that passed to the smallest above it that failed, as far as there are such loads. */
function bracketOf(observations: readonly Observation[], ceiling: number): Bracket {
  const loads = observations.map(({ load }) => load);
  const largest = largestPass(observations);
  const lower = largest === 0 ? Math.min(...loads) : Math.min(largest, smallestFailAbove(observations, 0));
  const fail = Math.min(ceiling, smallestFailAbove(observations, largest));
  const upper = Number.isFinite(fail) ? Math.max(fail, largest) : Math.max(...loads);
  return { lower, upper };
}
