/** The first phase: from far below a guess up to the first failure. */
import type { SearchState } from '../state.ts';
import { ceilingOf, isOneUser, largestPass, observationsOf, smallestFailAbove, UNTRIED } from './history.ts';

/** Where a guess was this much too low, the ramp takes two steps at a time. */
const FAR_BEYOND = 2;

/**
 * Of the load that would leave the busiest process no time at all, by what it used at the load before. A message costs
 * less the more there are, so the capacity mostly lies beyond that load.
 */
const AIM = 0.7;

/** The longest step: what a process used at a hundredth of its load tells little. */
const LONGEST_STEP = 8;

/** Step down while nothing has passed: a guess may be high by orders of magnitude. */
const STEP_DOWN = 4;

/** A failure below this share of the guess is seen twice before it is believed. */
const UNEXPECTED = 0.5;

/** Gives the next load of the ramp; undefined when it has ended. */
export function nextRampLoad(state: SearchState): number | undefined {
  if (state.attempts.some(({ request }) => request.phase !== 'ramp')) return undefined;
  const { estimate, smallestLoad, start } = state.settings;
  const observations = observationsOf(state);
  const ceiling = ceilingOf(state);
  if (observations.length === 0 && !Number.isFinite(ceiling)) return Math.max(smallestLoad, start * estimate);
  const passed = largestPass(observations);
  const failed = smallestFailAbove(observations, passed);
  if (failed < ceiling && failed < UNEXPECTED * estimate && timesTried(state, failed) === 1) return failed;
  const barrier = Math.min(ceiling, failed);
  if (passed === 0) {
    // Few users hardly ever make exactly the load that was asked for.
    const isBottom = state.attempts.some((attempt) => isOneUser(attempt, state));
    return isBottom ? undefined : Math.max(smallestLoad, barrier / STEP_DOWN);
  }
  if (Number.isFinite(barrier)) return undefined;
  const step = passed < FAR_BEYOND * estimate ? UNTRIED : UNTRIED ** 2;
  return Math.max(passed * step, aimedLoad(state, passed));
}

/** Gives the load to aim at by what the largest one that passed took; 0 where nobody told. */
function aimedLoad({ attempts }: SearchState, passed: number): number {
  const { utilisation } = attempts.findLast(({ outcome }) => outcome.load === passed)?.outcome ?? {};
  return utilisation === undefined ? 0 : passed * Math.min(LONGEST_STEP, AIM / utilisation);
}

function timesTried({ attempts }: SearchState, load: number): number {
  return attempts.filter(({ outcome }) => outcome.load === load).length;
}
