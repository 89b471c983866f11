/** The run so far, made anew as often as that costs next to nothing: who watches must not disturb the measurement. */
import type { Run } from '../../loadgen/results/index.ts';

/** A run so far is looked at again after this many times what the last look took: a hundredth of a core. */
const REST_FACTOR = 100;

/** Looks at the run so far. The result may be some seconds old when the run is long. */
export type Glance = () => Run;

/**
 * Makes a glance out of a function that sums the run up each time it is called.
 *
 * @param now Milliseconds of a clock that never goes back.
 */
export function glanceAt(soFar: () => Run, now: () => number = () => performance.now()): Glance {
  let last: Run | undefined;
  let notBefore = Number.NEGATIVE_INFINITY;
  return () => {
    const begun = now();
    if (last === undefined || begun >= notBefore) {
      last = soFar();
      const ended = now();
      notBefore = ended + (ended - begun) * REST_FACTOR;
    }
    return last;
  };
}
