/** What the host did to the run while it measured. */
import type { HostFacts, ProbedHost } from '../record/index.ts';
import type { Summary } from '../summary.ts';
import { highest, mean, probesOf, type Span, sum } from './span.ts';

const PERCENT = 100;

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
