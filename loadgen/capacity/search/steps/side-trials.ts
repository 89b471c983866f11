/** Trials beside the search: whether the host is still itself, and whether the target comes back from an overload. */
import { quantileOf } from '../posterior/index.ts';
import type { Request, SearchState } from '../state.ts';
import {
  attemptsOf,
  ceilingOf,
  isTripped,
  largestPass,
  observationsOf,
  posteriorOf,
  smallestFailAbove,
} from './history.ts';

const REFERENCE_SHARE = 0.5;

/** Trials after which a reference trial is due again. */
const REFERENCE_EVERY = 6;

const RECOVERY_SHARE = 0.7;

/** How far beyond the smallest load that failed a target is overloaded: by 20 to 80 % of its capacity. */
const OVERLOAD = 1.2;

/** Gives the load of a reference trial, always the same; undefined when it is not time for one. */
export function dueReference(state: SearchState): number | undefined {
  const last = state.attempts.findLastIndex(({ request }) => request.phase === 'reference');
  if (last >= 0 && state.attempts.length - 1 - last < REFERENCE_EVERY) return undefined;
  return referenceLoad(state);
}

/** Gives the load of the reference trial that ends a search; undefined when the last trial was one, or there was none. */
export function closingReference(state: SearchState): number | undefined {
  const hasReference = attemptsOf(state, 'reference').length > 0;
  return hasReference && state.attempts.at(-1)?.request.phase !== 'reference'
    ? referenceLoad(state)
    : undefined;
}

/** Processor time for a message can be compared at equal load alone. */
function referenceLoad(state: SearchState): number {
  const first = attemptsOf(state, 'reference')[0]?.request.load;
  return first ?? REFERENCE_SHARE * quantileOf(posteriorOf(state), 0.5);
}

/** The loads of a recovery trial: that of the overload, and the one to come back to. */
type RecoveryLoads = Required<Pick<Request, 'load' | 'overload'>>;

/**
 * Gives the loads of the recovery trial, which follows the first overload that was the target's own; undefined when
 * there was none, or it was tried; once more after a mishap. It comes back to 70 % of the capacity, and to no more than
 * has passed.
 */
export function dueRecovery(state: SearchState): RecoveryLoads | undefined {
  const tried = attemptsOf(state, 'recovery');
  return tried.length > 1 || tried.some((attempt) => !isTripped(attempt)) ? undefined : recoveryLoads(state);
}

/**
 * Gives the loads of a second recovery trial, for when the capacity is located; undefined unless the first one failed.
 * What was taken for 70 % may have been more, and one trial in twenty of a host that varies fails there by chance.
 */
export function dueSecondRecovery(state: SearchState): RecoveryLoads | undefined {
  const tried = attemptsOf(state, 'recovery').filter((attempt) => !isTripped(attempt));
  return tried.length === 1 && tried[0]?.outcome.ok === false ? recoveryLoads(state) : undefined;
}

function recoveryLoads(state: SearchState): RecoveryLoads | undefined {
  const observations = observationsOf(state);
  const passed = largestPass(observations);
  const failed = smallestFailAbove(observations, passed);
  if (passed === 0 || !Number.isFinite(failed)) return undefined;
  return {
    load: Math.min(RECOVERY_SHARE * quantileOf(posteriorOf(state), 0.5), passed),
    overload: Math.min(OVERLOAD * failed, ceilingOf(state)),
  };
}
