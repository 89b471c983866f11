/** How soon a target serves as before, once an overload is over. */
import type { Slo } from './parse.ts';
import { attainmentOf } from './share.ts';
import type { Trial } from './trial.ts';

/** Seconds in a row that must be good for a recovery: one good second is luck. */
const GOOD_SECONDS = 3;

/**
 * Gives the seconds after which the objective's shares hold for three seconds together, 0 when at once; undefined when
 * they never do. The trial's seconds begin when the overload ends.
 */
export function recoveryOf(trial: Trial, slo: Slo): number | undefined {
  const starts = Math.max(0, trial.seconds.length - GOOD_SECONDS + 1);
  for (let start = 0; start < starts; start += 1) {
    const window = trial.seconds.slice(start, start + GOOD_SECONDS);
    const isGood = slo.every(({ share, withinMs }) => {
      const limit = trial.limitsMs.indexOf(withinMs);
      return (
        attainmentOf(window.map(({ scheduled, inTime }) => ({ scheduled, inTime: inTime[limit] ?? 0 })))
          .share >= share
      );
    });
    if (isGood) return start;
  }
  return undefined;
}
