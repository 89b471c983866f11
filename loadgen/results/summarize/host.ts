/** What the host did to the run while it measured. */
import type { HostFacts, ProbedHost } from '../record/index.ts';
import type { Summary } from '../summary.ts';
import { highest, mean, probesOf, type Span, sum } from './span.ts';

const PERCENT = 100;

/** Percent; a host that has more to give lets nobody wait for long. */
const BUSY_PERCENT = 75;

/**
 * Takes what the run's own processes used from what all processes of a busy host did over the measured phases.
 *
 * @param ownCores Undefined where not all of them are known.
 */
export function othersOf(
  measured: Span,
  { cpus, ownCores }: { cpus: number; ownCores: number | undefined },
): Pick<Summary['host'], 'othersPercent'> {
  const used = probesOf(measured).map(({ host }) => host.processPercent ?? 0);
  const all = mean(used);
  if (ownCores === undefined || all === null || all < BUSY_PERCENT) return {};
  return { othersPercent: Math.max(0, all - (PERCENT * ownCores) / cpus) };
}

/** Sums the host up: what it lost over the measured phases, and how near to its limits it came in all of the run. */
export function hostOf(whole: Span, measured: Span): Omit<Summary['host'], keyof HostFacts> {
  const all = probesOf(whole).map(({ host }) => host);
  const own = probesOf(measured).map(({ host }) => host);
  const count = (
    hosts: ProbedHost[],
    name: 'segmentsSent' | 'segmentsRetransmitted' | 'listenOverflows',
  ): number => sum(hosts.map(({ network }) => network?.[name] ?? 0));
  const fullest = (name: 'conntrack' | 'files' | 'socketMemory'): number =>
    PERCENT * highest(all.map(({ tables }) => tables?.[name] ?? 0));
  return {
    stealPercent: mean(own.map(({ stealPercent }) => stealPercent)) ?? 0,
    retransmittedPercent:
      (PERCENT * count(own, 'segmentsRetransmitted')) / Math.max(1, count(own, 'segmentsSent')),
    listenOverflows: count(all, 'listenOverflows'),
    conntrackPercent: fullest('conntrack'),
    filesPercent: fullest('files'),
    socketMemoryPercent: fullest('socketMemory'),
  };
}
