/** Objectives of workers that are slower than a core. */
import type { Slo, SloPoint } from './parse.ts';

/**
 * Gives the objective that a worker with a share of a core has to meet: whatever takes a core some time takes it as many
 * times longer, so its limits are as many times wider, in whole milliseconds. A collection of garbage, and what queues
 * behind it, would be too late for it else at loads that keep it idle.
 *
 * @param share Of a core, above 0 and at most 1. Default 1.
 */
export function slowedSlo(slo: Slo, share = 1): Slo {
  const [first, ...others] = slo.map((point): SloPoint => {
    return { ...point, withinMs: share === 1 ? point.withinMs : Math.round(point.withinMs / share) };
  });
  return [first ?? slo[0], ...others];
}
