/** Where a search begins, and how it learns. */
import { ClusterError } from '../../../server/errors/index.ts';
import { next } from './next.ts';
import type { Outcome, SearchSettings, SearchState } from './state.ts';

/** Of a search that is to end within a quarter of an hour. */
const defaults = {
  start: 0.05,
  rampSeconds: 5,
  trialSeconds: 10,
  soakSeconds: 60,
  recoverySeconds: 30,
  mostTrials: 24,
  width: 0.06,
  limitTrials: 4,
  locatesOnly: false,
};

/** The fewest trials that a ramp, two closer trials and a soak need. */
const FEWEST_TRIALS = 6;

/** What a caller has to say; all else has a default. */
export type GivenSettings = Pick<SearchSettings, 'slo' | 'estimate' | 'smallestLoad'> &
  Partial<SearchSettings>;

/**
 * Begins a search.
 * @throws ClusterError `OPTION_INVALID` when a setting is not above 0, the estimate is below the smallest load, or there
 * are fewer than 6 trials.
 */
export function begin(given: GivenSettings): SearchState {
  const settings: SearchSettings = { ...defaults, ...given };
  const { slo: _, limitTrials, locatesOnly: __, mostTrials, ...positive } = settings;
  for (const [name, value] of Object.entries(positive))
    demand(name, { value, isGood: value > 0, wanted: 'above 0' });
  demand('limitTrials', { value: limitTrials, isGood: limitTrials >= 0, wanted: '0 or more' });
  demand('mostTrials', {
    value: mostTrials,
    isGood: mostTrials >= FEWEST_TRIALS,
    wanted: `${FEWEST_TRIALS} or more`,
  });
  const { estimate, smallestLoad } = settings;
  demand('estimate', {
    value: estimate,
    isGood: estimate >= smallestLoad,
    wanted: `at least one user's ${smallestLoad}`,
  });
  return { settings, attempts: [] };
}

/**
 * Adds what the trial that `next` asked for has shown. The state given is left as it is.
 * @throws RangeError when the search has ended, or the outcome's load is not above 0.
 */
export function learn(state: SearchState, outcome: Outcome): SearchState {
  const request = next(state);
  if (request.kind === 'done') throw new RangeError('Cannot learn from a trial: the search has ended');
  if (!(outcome.load > 0))
    throw new RangeError(`Cannot learn from a trial of the load ${outcome.load}: wanted above 0`);
  return { ...state, attempts: [...state.attempts, { request, outcome }] };
}

function demand(
  name: string,
  { value, isGood, wanted }: { value: number; isGood: boolean; wanted: string },
): void {
  if (isGood && Number.isFinite(value)) return;
  throw new ClusterError(`Cannot search as "${name}" must be ${wanted}: current value is ${value}`, {
    code: 'OPTION_INVALID',
  });
}
