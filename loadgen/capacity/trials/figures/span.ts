/** The stretch of a run that a trial is judged by, and what was planned for it. */
import { ClusterError } from '../../../../server/errors/index.ts';
import type { Header } from '../../../results/index.ts';

/** From the first measured second to the last. */
export interface TrialSpan {
  /** Seconds since the common start; `until` is exclusive. */
  readonly from: number;
  readonly until: number;
  /** Messages and publications that were to leave in it or after it. Null: nobody knew before. */
  readonly planned: number | null;
}

/**
 * Where plans draw very many messages they tell their mean over all seeds, which is no whole number: a thousandth less
 * is chance then.
 */
const CHANCE = 0.001;

/**
 * Finds the measured phases of a run, from the first to the last.
 *
 * @throws ClusterError RECORD_INVALID when there is none.
 */
export function spanOf({ phases, scenario }: Pick<Header, 'phases' | 'scenario'>): TrialSpan {
  const from = phases.find(({ measured }) => measured)?.start;
  const until = phases.findLast(({ measured }) => measured)?.end;
  if (from === undefined || until === undefined) {
    throw new ClusterError(`Cannot read a trial of "${scenario}": it has no measured phase, wanted one`, {
      code: 'RECORD_INVALID',
    });
  }
  const own = phases.filter(({ start }) => start >= from);
  const isKnown = own.every(({ planned }) => planned !== undefined);
  const planned = isKnown ? own.reduce((sum, phase) => sum + (phase.planned ?? 0), 0) : null;
  return { from, until, planned };
}

/** What was planned and never came due for sending, as in a run that ended early. */
export function shortfallOf({ planned }: Pick<TrialSpan, 'planned'>, begun: number): number {
  if (planned === null) return 0;
  const missing = planned - begun;
  const isChance = !Number.isInteger(planned) && missing <= planned * CHANCE;
  return isChance ? 0 : Math.max(0, Math.round(missing));
}
