/** A ledger read along time: for each scenario, kind of host and metric a series with the points where it changed. */
import type { LedgerEntry } from '../../gate/ledger/index.ts';
import { fromScale, type MetricName, metricNames, toScale } from '../../gate/metrics/index.ts';
import { chainRatios, readTrend } from '../../gate/trend/index.ts';

/**
 * What a series follows: builds, each against the one before, added up since the first; or jobs of equal builds, which
 * ought to stay at nothing: what changes there is the gate.
 */
export type HistoryKind = 'builds' | 'equal';

/** One job of a series. */
export interface HistoryPoint {
  readonly at: string;
  /** The candidate's commit; empty for equal builds. */
  readonly commit: string;
  /** What this job found: 0.05 is 5 % worse. */
  readonly effect: number;
  /** Where the series stands after it: 0.05 is 5 % worse than before its first job. */
  readonly level: number;
}

/** One change of a series. */
export interface HistoryChange {
  /** Place of the first job of the new level, from 0. */
  readonly at: number;
  /** One that stayed, one that went away within three jobs, or a single job. */
  readonly kind: 'lasting' | 'passing' | 'single-point';
  readonly effect: number;
  /** Chance of such a change in a series that has none. */
  readonly p: number;
}

/** The history of one metric in one scenario on one kind of host. */
export interface History {
  readonly scenario: string;
  readonly runner: string;
  readonly kind: HistoryKind;
  readonly metric: MetricName;
  readonly points: readonly HistoryPoint[];
  readonly changes: readonly HistoryChange[];
  /** Places from which on the series looks different, with too few jobs for a proof. */
  readonly undecided: readonly number[];
}

/** Reads all series of a ledger, in the order in which their scenarios and hosts appear. Injected jobs tell nothing. */
export function readHistories(entries: readonly LedgerEntry[]): History[] {
  const groups = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    if (entry.injected !== undefined) continue;
    const key = JSON.stringify([entry.scenario, entry.runner, kindOf(entry)]);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()].flatMap((jobs) => metricNames.flatMap((metric) => historyOf(jobs, metric)));
}

function historyOf(jobs: readonly LedgerEntry[], metric: MetricName): History[] {
  const found = jobs.flatMap((job) => {
    const finding = job.findings.find((each) => each.metric === metric);
    return finding === undefined ? [] : { job, finding };
  });
  const [first] = found;
  if (first === undefined) return [];
  const { scenario, runner } = first.job;
  const kind = kindOf(first.job);
  const differences = found.map(({ finding }) => toScale(metric, finding.effect));
  const levels = kind === 'builds' ? chainRatios(differences) : differences;
  const blocks = found.reduce((sum, { finding }) => sum + finding.blocks, 0);
  const { changes, undecided } = readTrend(levels, { blocks });
  return [
    {
      ...{ scenario, runner, kind, metric },
      points: found.map(({ job, finding }, index) => ({
        at: job.at,
        commit: job.commits?.candidate ?? '',
        effect: finding.effect,
        level: fromScale(metric, levels[index] ?? 0),
      })),
      changes: changes.map(({ at, kind: what, before, after, p }) => ({
        at,
        kind: what,
        effect: fromScale(metric, after - before),
        p,
      })),
      undecided,
    },
  ];
}

function kindOf({ commits }: LedgerEntry): HistoryKind {
  return commits === undefined ? 'equal' : 'builds';
}
