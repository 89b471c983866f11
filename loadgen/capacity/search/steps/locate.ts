/** The phase that closes in on the capacity. */
import { commonLimitsMs } from '../../slo/index.ts';
import { type Posterior, quantileOf } from '../posterior/index.ts';
import type { SearchState } from '../state.ts';
import {
  attemptsOf,
  ceilingOf,
  largestPass,
  largestTried,
  observationsOf,
  posteriorOf,
  UNTRIED,
} from './history.ts';

/** Width of the interval at another limit that is worth a trial. */
const WIDE = 0.15;

/** Trials at the median, after which the spread between trials is what is least known. */
const STRAIGHT_TRIALS = 6;

/**
 * Gives the next load to try: the one that the capacity is as likely above as below; from the seventh on by turns a
 * spread above it and a spread below. Where failures proved to be lapses and it may lie far beyond all that was tried, it
 * goes on as the ramp does. Below a ceiling of the load generator, at most half way to it. Undefined once the
 * capacity is known well enough.
 */
export function nextLocateLoad(state: SearchState): number | undefined {
  const { width } = state.settings;
  const observations = observationsOf(state);
  const passed = largestPass(observations);
  const ceiling = ceilingOf(state);
  const posterior = posteriorOf(state);
  const median = quantileOf(posterior, 0.5);
  const upper = quantileOf(posterior, 0.95);
  const isNarrow = upper - quantileOf(posterior, 0.05) <= width * median;
  const isAtCeiling = upper >= ceiling && ceiling <= passed * (1 + width);
  if (isNarrow || isAtCeiling) return undefined;
  const tried = largestTried(observations);
  const load = upper > UNTRIED * tried ? UNTRIED * tried : median * Math.exp(sideways(state, posterior));
  return Math.min(load, Math.sqrt(passed * ceiling));
}

/** Trials at the median pass as often as not, whatever the spread: they tell where the capacity is and no more. */
function sideways(state: SearchState, { spread }: Posterior): number {
  const tried = attemptsOf(state, 'locate').length;
  if (tried < STRAIGHT_TRIALS) return 0;
  return tried % 2 === 0 ? spread : -spread;
}

/**
 * Gives a load that tells most of the capacity at another limit, the one least known of those that passed somewhere and
 * failed somewhere. Undefined when all are known well enough, or as many trials were spent on them as may be.
 */
export function nextLimitLoad(state: SearchState): number | undefined {
  const spent = attemptsOf(state, 'limits').length;
  if (spent >= state.settings.limitTrials) return undefined;
  const candidates = commonLimitsMs.flatMap((_, limit) => {
    const oks = observationsOf(state, limit).map(({ ok }) => ok);
    if (!oks.includes(true) || !oks.includes(false)) return [];
    const posterior = posteriorOf(state, limit);
    const load = quantileOf(posterior, 0.5);
    return [{ load, width: (quantileOf(posterior, 0.95) - quantileOf(posterior, 0.05)) / load }];
  });
  const worth = candidates.filter(({ load, width }) => width > WIDE && load < ceilingOf(state));
  return worth.sort((one, other) => other.width - one.width)[0]?.load;
}
