/** The rules of a job, fixed before its first block: which metrics may fail it, and how surely. */
import {
  confirmingSettings,
  type GateHeader,
  type MetricName,
  nightlySettings,
  pullRequestSettings,
  watchOnly,
} from '../../../../reports/gate/index.ts';
import { ClusterError, suggest } from '../../../../server/errors/index.ts';

/** Rules as they stand in the record. */
export type Rules = GateHeader['settings'];

/** What the rules depend on. */
export interface RulesFor {
  readonly countsInstructions: boolean;
  /** 2 or more confirms what an earlier job found. */
  readonly attempt: number;
  /** The only metrics that may fail. Default: those of a pull request. */
  readonly metrics?: readonly string[] | undefined;
  /** Metrics that the ledger does not trust. */
  readonly quarantined: readonly MetricName[];
}

/**
 * Makes the rules.
 *
 * @throws ClusterError OPTION_INVALID when a metric cannot be gated, or none is left.
 */
export function rulesFor({ countsInstructions, attempt, metrics, quarantined }: RulesFor): Rules {
  const usual = pullRequestSettings({ countsInstructions });
  const { hypotheses, watch } = nightlySettings({ countsInstructions });
  const all = { ...usual, hypotheses, watch };
  const known = hypotheses.map(({ metric }) => metric);
  const chosen = metrics?.map((name) => metricOf(name, known));
  const rules =
    chosen === undefined
      ? usual
      : attempt > 1
        ? confirmingSettings(all, chosen)
        : {
            ...confirmingSettings(all, chosen),
            level: usual.level,
            watch: [...known.filter((name) => !chosen.includes(name)), ...watch],
          };
  const { looks, ...trusted } = watchOnly(rules, quarantined);
  if (trusted.hypotheses.length === 0) throw nothingLeft(quarantined);
  return {
    ...trusted,
    looks: looks.map((look) => ({ ...look })),
    hypotheses: [...trusted.hypotheses],
    watch: [...trusted.watch],
  };
}

/**
 * Checks the names of metrics before anything is built; whether this host counts them is found out later.
 *
 * @throws ClusterError OPTION_INVALID for a name that no host could gate.
 */
export function checkMetrics(metrics: readonly string[] = []): void {
  const known = [true, false].flatMap((countsInstructions) =>
    nightlySettings({ countsInstructions }).hypotheses.map(({ metric }) => metric),
  );
  for (const name of metrics) metricOf(name, [...new Set(known)]);
}

function metricOf(name: string, known: readonly MetricName[]): MetricName {
  const metric = known.find((one) => one === name);
  if (metric !== undefined) return metric;
  throw new ClusterError(
    `Cannot gate "${name}": wanted is one of ${known.join(', ')}${suggest(name, known)}`,
    { code: 'OPTION_INVALID' },
  );
}

function nothingLeft(quarantined: readonly MetricName[]): ClusterError {
  return new ClusterError(
    `Cannot gate anything: the ledger shows too many false alarms of ${quarantined.join(', ')}, wanted other --metrics`,
    { code: 'OPTION_INVALID' },
  );
}
