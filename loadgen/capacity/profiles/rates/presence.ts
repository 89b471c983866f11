/** How much of the time users are there who come and go. */
import type { Habits } from '../../../plan/index.ts';
import { meanOf, type Profile, partsOf } from '../profile.ts';

/** Share of its time that a user is there, 1 for one that stays. Connecting is taken for no time. */
export function shareThere({ stays, returns }: Readonly<Habits>): number {
  if (stays === undefined || returns === undefined) return 1;
  return meanOf(stays) / (meanOf(stays) + meanOf(returns));
}

/** Connections that a user makes anew, a second. */
export function connectsPerSecond({ stays, returns }: Readonly<Habits>): number {
  if (stays === undefined || returns === undefined) return 0;
  return 1 / (meanOf(stays) + meanOf(returns));
}

/** Time that trials have to settle, seconds; and at most, however slowly users come and go. */
const SETTLE_SECONDS = 3;
const MOST_SETTLE_SECONDS = 60;

/** Share by which there may still be more users than there will be on average. */
const EXCESS = 0.005;

/**
 * Gives the seconds until as many users are there as ever. They all are when the last has come; the excess over the mean
 * falls as `(r / s) exp(-t (1 / s + 1 / r))` for times `s` and `r` that users stay and are away, if both are exponential.
 */
export function settleSecondsOf(profile: Profile): number {
  const times = partsOf(profile).map(({ group: { stays, returns } }) => {
    if (stays === undefined || returns === undefined) return 0;
    const [there, away] = [meanOf(stays), meanOf(returns)];
    return Math.log(away / there / EXCESS) / (1 / there + 1 / away);
  });
  return Math.min(MOST_SETTLE_SECONDS, Math.ceil(Math.max(SETTLE_SECONDS, ...times)));
}
