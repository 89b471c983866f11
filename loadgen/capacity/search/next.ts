/** The order of a search. Decides what is tried next from the trials so far, and from nothing else. */
import { resultOf, type SearchResult } from './result/index.ts';
import type { Phase, Request, SearchState } from './state.ts';
import {
  closingReference,
  dueRecovery,
  dueReference,
  dueSecondRecovery,
  isTripped,
  largestPass,
  nextConfirmLoad,
  nextLimitLoad,
  nextLocateLoad,
  nextRampLoad,
  observationsOf,
  trippedTimes,
} from './steps/index.ts';

/** A search that has ended. */
export interface Done {
  readonly kind: 'done';
  readonly result: SearchResult;
}

/** Trials kept back from locating: two soaks, or a recovery trial and one, and the reference trial at the end. */
const KEPT_BACK = 3;

/** Times a target may fall over before it is left alone. */
const MOST_FALLS = 3;

/** A trial to try, before what it needs is added. */
type Wish = Pick<Request, 'phase' | 'load' | 'overload'>;

/** Says what a search does next: a trial, or nothing more. */
export function next(state: SearchState): Request | Done {
  const wish = isOver(state) ? undefined : (again(state) ?? wishOf(state));
  if (wish === undefined) return { kind: 'done', result: resultOf(state) };
  return { kind: 'trial', ...wish, seconds: secondsOf(state, wish.phase), fresh: needsFresh(state) };
}

function isOver({ attempts, settings }: SearchState): boolean {
  const falls = attempts.filter(({ outcome }) => outcome.fellOver !== undefined).length;
  return attempts.length >= settings.mostTrials || falls >= MOST_FALLS;
}

/** A guard that trips once may have been a mishap of the host: the same trial is run once more. */
function again(state: SearchState): Wish | undefined {
  const last = state.attempts.at(-1);
  if (last === undefined || !isTripped(last) || trippedTimes(state, last.request.load) !== 1)
    return undefined;
  const { phase, load, overload } = last.request;
  return { phase, load, ...(overload !== undefined && { overload }) };
}

function wishOf(state: SearchState): Wish | undefined {
  return state.settings.locatesOnly ? locatingOnly(state) : wholeSearch(state);
}

function locatingOnly(state: SearchState): Wish | undefined {
  const ramp = wishFor('ramp', nextRampLoad(state));
  const hasPassed = largestPass(observationsOf(state)) > 0;
  return ramp ?? (hasPassed ? wishFor('locate', nextLocateLoad(state)) : undefined);
}

function wholeSearch(state: SearchState): Wish | undefined {
  const left = state.settings.mostTrials - state.attempts.length;
  if (left > KEPT_BACK) {
    const wish = locating(state);
    if (wish !== undefined) return wish;
  }
  // Nothing passed: there is nothing to confirm.
  if (largestPass(observationsOf(state)) === 0) return undefined;
  const recovery = left >= KEPT_BACK ? dueSecondRecovery(state) : undefined;
  if (recovery !== undefined) return { phase: 'recovery', ...recovery };
  const confirm = left > 1 ? nextConfirmLoad(state) : undefined;
  if (confirm !== undefined) return { phase: 'confirm', load: confirm };
  return wishFor('reference', closingReference(state));
}

/** All that comes before the first soak; the ramp of a load that is never met ends with nothing. */
function locating(state: SearchState): Wish | undefined {
  const ramp = wishFor('ramp', nextRampLoad(state));
  if (ramp !== undefined || largestPass(observationsOf(state)) === 0) return ramp;
  if (state.attempts.some(({ request }) => request.phase === 'confirm')) return undefined;
  const recovery = dueRecovery(state);
  if (recovery !== undefined) return { phase: 'recovery', ...recovery };
  const closer = wishFor('locate', nextLocateLoad(state)) ?? wishFor('limits', nextLimitLoad(state));
  return (closer && wishFor('reference', dueReference(state))) ?? closer;
}

function wishFor(phase: Phase, load: number | undefined): Wish | undefined {
  return load === undefined ? undefined : { phase, load };
}

function secondsOf({ settings }: SearchState, phase: Phase): number {
  const { rampSeconds, trialSeconds, soakSeconds, recoverySeconds } = settings;
  const lengths: Record<Phase, number> = {
    ramp: rampSeconds,
    recovery: recoverySeconds,
    reference: rampSeconds,
    locate: trialSeconds,
    limits: trialSeconds,
    confirm: soakSeconds,
  };
  return lengths[phase];
}

/** A target that once stayed slow after an overload may do so after every failure. */
function needsFresh({ attempts }: SearchState): boolean {
  const last = attempts.at(-1);
  if (last === undefined || last.outcome.ok) return false;
  const stayedSlow = attempts.some((attempt) => {
    return attempt.request.phase === 'recovery' && !attempt.outcome.ok && !isTripped(attempt);
  });
  return stayedSlow || last.outcome.fellOver !== undefined;
}
