/** How the belief closed in, for a picture: one snapshot after each trial since the ramp. */
import { type Posterior, quantileOf } from '../posterior/index.ts';
import type { Phase, SearchState } from '../state.ts';
import { isTripped, posteriorOf } from '../steps/index.ts';

/** What was believed after a trial. */
export interface Snapshot {
  /** Number of the trial, from 1. */
  readonly trial: number;
  readonly phase: Phase;
  readonly load: number;
  readonly ok: boolean;
  /** 5 %, 50 % and 95 % points of the capacity. */
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
  /** Mean spread between trials. */
  readonly spread: number;
  /** Belief by load, over stretches of equal width in the logarithm; together 1. */
  readonly curve: readonly { readonly load: number; readonly belief: number }[];
}

/** Points of the grid to a point of the curve. */
const POINTS_TOGETHER = 10;

/** Gives the snapshots, in the order of the trials; the first is of the trial that ended the ramp. */
export function snapshotsOf(state: SearchState): Snapshot[] {
  const { attempts } = state;
  const lastOfRamp = attempts.findLastIndex(({ request }) => request.phase === 'ramp');
  return attempts.flatMap((attempt, index) => {
    const { request, outcome } = attempt;
    if (index < lastOfRamp || request.phase === 'recovery' || isTripped(attempt)) return [];
    const posterior = posteriorOf({ ...state, attempts: attempts.slice(0, index + 1) });
    return [
      {
        trial: index + 1,
        phase: request.phase,
        load: outcome.load,
        ok: outcome.ok,
        lower: quantileOf(posterior, 0.05),
        median: quantileOf(posterior, 0.5),
        upper: quantileOf(posterior, 0.95),
        spread: posterior.spread,
        curve: curveOf(posterior),
      },
    ];
  });
}

function curveOf({ start, step, belief }: Posterior): Snapshot['curve'] {
  return Array.from({ length: belief.length / POINTS_TOGETHER }, (_, index) => {
    const first = index * POINTS_TOGETHER;
    const together = belief.slice(first, first + POINTS_TOGETHER);
    return {
      load: Math.exp(start + step * (first + (POINTS_TOGETHER - 1) / 2)),
      belief: together.reduce((sum, each) => sum + each, 0),
    };
  });
}
