/** How likely a trial passes, by how far its load is from the capacity. */
import { normalBelow } from '../../slo/index.ts';

/** A trial that passes or fails whatever its load is: so often each way. */
export const LAPSE = 0.02;

/** Deviations beyond which a trial is decided but for lapses. */
export const FARTHEST = 6;

/** Steps of a deviation: between two of them a straight line errs by 4e-6. */
const STEPS = 128;

const table = Float64Array.from(
  { length: 2 * FARTHEST * STEPS + 2 },
  (_, index) => LAPSE + (1 - 2 * LAPSE) * normalBelow(index / STEPS - FARTHEST),
);

/**
 * Gives the chance that a trial passes whose load lies so many spreads of its logarithm below the capacity. A probit
 * curve, and lapses to both sides.
 */
export function passChance(deviations: number): number {
  if (deviations >= FARTHEST) return 1 - LAPSE;
  if (deviations <= -FARTHEST) return LAPSE;
  const place = (deviations + FARTHEST) * STEPS;
  const index = Math.floor(place);
  const below = table[index] ?? 0;
  return below + ((table[index + 1] ?? 0) - below) * (place - index);
}
