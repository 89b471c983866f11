/** A run's record read as a trial. Pure. */
import { ClusterError } from '../../../server/errors/index.ts';
import {
  checkConservation,
  type Quantiles,
  type RecordLine,
  type Run,
  toRun,
  unforeseenEnds,
  type Window,
} from '../../results/index.ts';
import {
  countsOf,
  generatorOf,
  outcomesOf,
  processesOf,
  spanOf,
  type Tally,
  tally,
  trafficOf,
} from './figures/index.ts';
import { LIMITS_MS, type TrialRecord, type TrialTerms } from './trial-record.ts';

/** A connection that takes longer has failed for whoever waits for it. */
const CONNECT_WITHIN_MS = 10_000;

/**
 * Makes a trial out of the lines of a record.
 *
 * What was owed are the messages that the plan has for the measured phases and the deliveries of what was published in
 * them. With it counts what was still under way as they began, so that nothing that comes is counted twice or never.
 *
 * @throws ClusterError RECORD_INVALID without a header or a measured phase, OPTION_INVALID when seconds are to be
 *   counted by a limit that is none.
 */
export function trialOf(lines: readonly RecordLine[], terms: TrialTerms): TrialRecord {
  const { limitsMs = LIMITS_MS, withinMs, connectWithinMs = CONNECT_WITHIN_MS } = terms;
  refuseLimit(limitsMs, withinMs);
  const run = toRun(lines);
  const { header, summary } = run;
  const span = spanOf(header);
  const windows = lines.filter((line) => line.type === 'window');
  const tallies = tally(windows, { limitsMs, connectWithinMs });
  const isMeasured = ({ second }: { second: number }): boolean => second >= span.from && second < span.until;
  const probes = lines.filter((line) => line.type === 'probe').filter(isMeasured);
  const measuredSeconds = span.until - span.from;
  const { waiting, ...outcomes } = outcomesOf({ tallies, probes, span, limitsMs });
  const processes = processesOf(probes, measuredSeconds);
  const counts = countsOf(windows.filter(isMeasured), tallies.filter(isMeasured), trafficOf(header));
  const { portsPerAddress } = terms;
  return {
    load: header.messagesPerSecond,
    users: header.users,
    workers: header.target.workers,
    measuredSeconds,
    withinMs,
    ...outcomes,
    connects: connectsOf(run, tallies),
    errors: sum(
      tallies.filter(({ second }) => second >= span.from),
      ({ errors }) => errors,
    ),
    unreconciled: sum(tallies, ({ disordered, pushLost }) => disordered + pushLost),
    fellOver: unforeseenEnds(run.events)[0]?.text ?? null,
    remarks: remarksOf(run, windows),
    latencyMs: { response: shown(summary.latencyMs.response), push: shown(summary.latencyMs.push) },
    verdict: summary.verdict,
    processes,
    counts,
    generator: generatorOf({
      ...{ header, summary, span, windows, tallies, probes, waiting, counts, processes },
      portsPerAddress,
    }),
    host: {
      stealPercent: summary.host.stealPercent,
      othersPercent: summary.host.othersPercent ?? null,
    },
  };
}

function refuseLimit(limitsMs: readonly number[], withinMs: number): void {
  if (limitsMs.includes(withinMs)) return;
  throw new ClusterError(
    `Cannot count what came within ${withinMs} ms: wanted is one of ${limitsMs.join(', ')} ms`,
    { code: 'OPTION_INVALID' },
  );
}

/** Whoever was to come has asked, also in a run that ended before. Who comes back or tries again asks once more. */
function connectsOf({ header, summary }: Run, tallies: readonly Tally[]): TrialRecord['connects'] {
  const made = sum(tallies, ({ connects }) => connects);
  const failed = Object.values(summary.users.failed).reduce((so, count) => so + count, 0);
  return {
    asked: Math.max(header.users, made + failed),
    made: sum(tallies, ({ connectsInTime }) => connectsInTime),
  };
}

function remarksOf({ events, final }: Run, windows: readonly Window[]): string[] {
  const happened = events.filter(({ kind }) => !QUIET.includes(kind));
  return [
    ...happened.map(({ second, text }) => `${text} (at ${second} s)`),
    ...checkConservation({ windows, totals: final?.totals ?? [] }),
    ...(final === null ? ['The record has no final line: the run was cut off'] : []),
  ];
}

/** Events that are part of how any run goes. */
const QUIET: readonly Run['events'][number]['kind'][] = ['worker-start', 'broker-start', 'warning'];

function shown(quantiles: Quantiles | undefined): TrialRecord['latencyMs']['response'] {
  if (quantiles === undefined) return null;
  const { mean, p50, p99 } = quantiles;
  return { mean, p50, p99 };
}

function sum(tallies: readonly Tally[], read: (each: Tally) => number): number {
  return tallies.reduce((so, each) => so + read(each), 0);
}
