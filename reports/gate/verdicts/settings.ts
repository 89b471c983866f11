/** What a job promises before it measures: which metrics it gates, how surely, and after how many blocks. */
import {
  checkLooks,
  firstUsefulLook,
  type Look,
  nightlyLooks,
  pullRequestLooks,
  type Spending,
} from '../looks/index.ts';
import { type MetricName, metrics } from '../metrics/index.ts';

/** One metric that can fail the job. */
export interface Hypothesis {
  readonly metric: MetricName;
  readonly materiality: number;
  readonly margin: number;
  /** The job goes on until the primary metrics are settled. */
  readonly isPrimary: boolean;
  /** A slow metric may be left open rather than prolong the job. */
  readonly mayStayOpen: boolean;
}

/** The rules of one job. They stand in its record and never change while it runs. */
export interface Settings {
  /** Chance that a job of two equal builds ends red, whatever the number of metrics. */
  readonly level: number;
  readonly looks: readonly Look[];
  readonly hypotheses: readonly Hypothesis[];
  /** Metrics that are shown and fail nothing. */
  readonly watch: readonly MetricName[];
}

/** Gives the rules of a pull request, for a host that counts instructions or one that does not. */
export function pullRequestSettings({ countsInstructions }: { countsInstructions: boolean }): Settings {
  const second: MetricName = countsInstructions ? 'instructions' : 'allocation';
  return {
    level: 0.01,
    looks: pullRequestLooks,
    hypotheses: [
      gate('cpu', { isPrimary: true }),
      gate(second),
      gate('p50'),
      gate('tail', { mayStayOpen: true }),
    ],
    watch: ['p99', 'gc', 'stalls', 'memory'],
  };
}

/** Gives the rules of a job that has the night: a look more, stalls and memory gated too. */
export function nightlySettings(options: { countsInstructions: boolean }): Settings {
  const { level, hypotheses } = pullRequestSettings(options);
  return {
    level,
    looks: nightlyLooks,
    hypotheses: [...hypotheses, gate('stalls'), gate('memory')],
    watch: ['p99', 'gc'],
  };
}

/** Chance of a false alarm of a job that confirms another. */
const CONFIRMING_LEVEL = 0.05;

/**
 * Gives the rules of a second job, on another host, that confirms or refutes the red metrics of a first. Both red
 * together come of noise in one job of two thousand.
 */
export function confirmingSettings(settings: Settings, red: readonly MetricName[]): Settings {
  const hypotheses = settings.hypotheses
    .filter(({ metric }) => red.includes(metric))
    .map((hypothesis) => ({ ...hypothesis, isPrimary: true, mayStayOpen: false }));
  return { ...settings, level: CONFIRMING_LEVEL, hypotheses, watch: [] };
}

/** Gives rules that only watch some metrics. The first of the others is primary where no primary is left. */
export function watchOnly(settings: Settings, quarantined: readonly MetricName[]): Settings {
  const left = settings.hypotheses.filter(({ metric }) => !quarantined.includes(metric));
  const isAnyPrimary = left.some(({ isPrimary }) => isPrimary);
  const hypotheses = left.map((hypothesis, index) => {
    return isAnyPrimary || index > 0 ? hypothesis : { ...hypothesis, isPrimary: true };
  });
  const moved = settings.hypotheses
    .map(({ metric }) => metric)
    .filter((metric) => quarantined.includes(metric));
  return { ...settings, hypotheses, watch: [...moved, ...settings.watch] };
}

/** Gates a metric with the catalogue's materiality and margin. */
export function gate(
  metric: MetricName,
  { isPrimary = false, mayStayOpen = false }: { isPrimary?: boolean; mayStayOpen?: boolean } = {},
): Hypothesis {
  const { materiality, margin } = metrics[metric];
  return { metric, materiality, margin, isPrimary, mayStayOpen };
}

/** Gives what the levels of a job follow from. */
export function spendingOf({ level, looks, hypotheses }: Settings): Spending {
  return { level, looks, hypotheses: hypotheses.length };
}

/**
 * Checks rules before the first block is measured.
 * @throws RangeError when looks overspend, nothing is primary, or no look could ever reject.
 */
export function checkSettings(settings: Settings): void {
  checkLooks(settings.looks);
  const names = [...settings.hypotheses.map(({ metric }) => metric), ...settings.watch];
  if (new Set(names).size < names.length)
    throw new RangeError(`Cannot judge a metric twice: metrics are ${names.join(', ')}`);
  if (!settings.hypotheses.some(({ isPrimary }) => isPrimary))
    throw new RangeError('Cannot end a job: no metric is primary, wanted at least one');
  if (firstUsefulLook(spendingOf(settings)) === undefined)
    throw new RangeError(
      `Cannot find a regression: ${settings.looks.at(-1)?.blocks} blocks cannot reject at this level, wanted more blocks`,
    );
}
