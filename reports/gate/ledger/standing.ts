/** What the ledger says of one metric: how often it raised a false alarm, and whether it can be trusted. */
import type { MetricName } from '../metrics/index.ts';
import { binomialAtLeast, median, rateBound } from '../statistics/index.ts';
import type { LedgerEntry } from './entries.ts';

/** Jobs of equal builds that count: older ones were another host, another Node, another scenario. */
const MOST_JOBS = 60;

const CONFIDENCE = 0.95;

/** How a metric has done on jobs of which the truth is known. */
export interface Standing {
  readonly metric: MetricName;
  /** Jobs of equal builds, and those of them in which the metric was red. */
  readonly jobs: number;
  readonly falseAlarms: number;
  /** Rate of false alarms that is not exceeded, with a confidence of 95 %. */
  readonly bound: number;
  /** Median spread of single blocks; absent without jobs. */
  readonly spread?: number;
  /** The last slowdown that was put in, and what was found of it. */
  readonly injected?: { readonly name: string; readonly effect: number; readonly found: number };
  /** Whether it is to be watched only: it raised more alarms than chance explains. */
  readonly isQuarantined: boolean;
}

/** Sums up what the ledger says of a metric in a scenario on a kind of host. */
export function standingOf(
  entries: readonly LedgerEntry[],
  { metric, scenario, runner }: { metric: MetricName; scenario: string; runner: string },
): Standing {
  const own = entries.filter((entry) => {
    return entry.scenario === scenario && entry.runner === runner && entry.commits === undefined;
  });
  const all = own.flatMap(({ injected, findings }) => {
    const finding = findings.find((one) => one.metric === metric);
    return finding === undefined ? [] : { injected, finding };
  });
  const equal = all.filter(({ injected }) => injected === undefined).slice(-MOST_JOBS);
  const found = equal.map(({ finding }) => finding);
  const falseAlarms = found.filter(({ verdict }) => verdict === 'regression').length;
  const trials = found.length;
  const injection = lastInjection(all);
  // The strictest level of these jobs, so that none explains away the alarms of another.
  const p = Math.min(1, ...found.map(({ level }) => level));
  return {
    metric,
    jobs: trials,
    falseAlarms,
    bound: rateBound(falseAlarms, { trials, confidence: CONFIDENCE }),
    ...(trials > 0 && { spread: median(found.map(({ spread }) => spread)) }),
    ...(injection && { injected: injection }),
    isQuarantined: falseAlarms > 0 && binomialAtLeast(falseAlarms, { trials, p }) < 1 - CONFIDENCE,
  };
}

function lastInjection(
  all: readonly { injected: LedgerEntry['injected']; finding: LedgerEntry['findings'][number] }[],
): Standing['injected'] {
  const last = all.findLast(({ injected }) => injected !== undefined);
  return last?.injected && { ...last.injected, found: last.finding.effect };
}
