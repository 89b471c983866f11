/** The last phase: a long trial at a load that the target surely carries. */
import { quantileOf } from '../posterior/index.ts';
import type { SearchState } from '../state.ts';
import { attemptsOf, ceilingOf, isTripped, largestPass, observationsOf, posteriorOf } from './history.ts';

/** Step down after a soak that failed. */
const STEP_DOWN = 0.97;

/** Gives the largest load that a soak confirmed, as it was offered; undefined without any. */
export function confirmedLoad(state: SearchState): number | undefined {
  const passed = attemptsOf(state, 'confirm').filter((attempt) => attempt.outcome.ok && !isTripped(attempt));
  return passed.length === 0 ? undefined : Math.max(...passed.map(({ outcome }) => outcome.load));
}

/**
 * Gives the next load to confirm: the 5 % point of the capacity, 3 % or more below a load that failed, and no more than
 * has passed where the load generator is the limit. Undefined once one was confirmed.
 */
export function nextConfirmLoad(state: SearchState): number | undefined {
  if (confirmedLoad(state) !== undefined) return undefined;
  const failed = attemptsOf(state, 'confirm').map(({ request }) => request.load);
  const mostPassed = Number.isFinite(ceilingOf(state))
    ? largestPass(observationsOf(state))
    : Number.POSITIVE_INFINITY;
  return Math.min(
    quantileOf(posteriorOf(state), 0.05),
    mostPassed,
    ...failed.map((load) => load * STEP_DOWN),
  );
}
