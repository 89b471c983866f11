/** The parts of a run that its figures are taken from. */
import type { Header, PhaseSummary, Summary } from '../../loadgen/results/index.ts';

/** Names what the run's own figures are taken from: `the steady phase`, or `the measured phases`. */
export function measuredName({ phases }: Summary): string {
  const [first, second] = phases.filter(({ measured }) => measured);
  if (first === undefined) return 'the whole run';
  return second === undefined ? `the ${first.id} phase` : 'the measured phases';
}

/** The phases worth a table of their own: all that were measured, when there is more than one. */
export function comparedPhases({ phases }: Summary): PhaseSummary[] {
  const measured = phases.filter((phase) => phase.measured);
  return measured.length > 1 ? measured : [];
}

/** What a phase is told by: its round trips, or its deliveries when there were none. */
export function phaseFlow({ messages, latencyMs, schedule }: PhaseSummary): {
  perSecond: number;
  /** Share of what was planned that was sent; undefined where answers set the pace. */
  ofPlan: number | undefined;
  p50: number | undefined;
  p99: number | undefined;
  lost: number;
} {
  const { response, push } = latencyMs;
  const times = messages.sent > 0 ? response : push;
  const perSecond = messages.sent > 0 ? messages.perSecond : messages.pushesPerSecond;
  const lost = messages.lost + messages.timedOut + messages.pushLost;
  const ofPlan = schedule.perSecond > 0 ? schedule.ratio : undefined;
  return { perSecond, ofPlan, p50: times?.p50, p99: times?.p99, lost };
}

/** Seconds a run takes, as its plan says it: until its load is over. A drain that lasts makes it longer second by second. */
export function runLength({ phases }: Pick<Header, 'phases'>, elapsed: number): number {
  return Math.max(phases.at(-1)?.start ?? 0, elapsed);
}
