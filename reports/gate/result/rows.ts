/** One row for each metric: everything a report prints of it, with nothing left to compute. */
import { falseFinds } from '../looks/index.ts';
import { fromScale, type MetricName, metrics, toScale, type Values } from '../metrics/index.ts';
import {
  blocksNeeded,
  compareBlocks,
  detectableDifference,
  type Method,
  median,
  spread,
} from '../statistics/index.ts';
import type { Differences, Finding, MetricVerdict, Settings } from '../verdicts/index.ts';

/** Level of each bound of a metric that fails nothing: they hold nine times of ten. */
export const WATCH_LEVEL = 0.05;

/** One metric of a job. Effects are said in words: 0.05 is 5 %, or five hundredths of a share; positive is worse. */
export interface Row {
  readonly metric: MetricName;
  /** Absent where the metric is only watched. */
  readonly verdict?: MetricVerdict;
  readonly method: Method;
  /** Blocks it rests on. */
  readonly blocks: number;
  readonly effect: number;
  /** null where so few blocks give no bound. */
  readonly lower: number | null;
  readonly upper: number | null;
  /** Chance of differences at least as bad from equal builds. */
  readonly pWorse: number;
  /** What `pWorse` had to stay below; of a watched metric there is no such limit. */
  readonly limit?: number;
  /** Of a watched metric the share of false finds among those at least as sure. */
  readonly falseFinds?: number;
  /** Spread of single blocks, on the scale of the test. */
  readonly spread: number;
  /** Smallest effect that so many blocks find in four jobs of five. */
  readonly detectable: number;
  /** Blocks that find an effect as large as the margin in four jobs of five. */
  readonly blocksNeeded: number;
  /** Medians over blocks, in the unit of the metric. */
  readonly base: number;
  readonly candidate: number;
  /** The difference of each block measured, on the scale of the test; the first `blocks` of them were judged. */
  readonly differences: readonly number[];
}

/** What rows are made of: values of whole blocks in the order of the schedule, and their differences. */
export interface Sample {
  readonly settings: Settings;
  readonly values: readonly Values[];
  readonly differences: Differences;
}

/** Makes the row of a gated metric from what was found, at the look that settled it. */
export function gatedRow(finding: Finding, sample: Sample): Row {
  const { metric, verdict, levels, pWorse, method } = finding;
  const level = sample.settings.level / sample.settings.hypotheses.length;
  const margin = sample.settings.hypotheses.find((one) => one.metric === metric)?.margin;
  return {
    metric,
    verdict,
    ...bounded(metric, finding),
    pWorse,
    limit: levels.lower,
    ...precision(metric, { method, level, margin, blocks: finding.blocks, sample }),
  };
}

/**
 * Makes the rows of all watched metrics out of the blocks that the judgement used. What only some of them measured
 * rests on these.
 */
export function watchedRows(sample: Sample, judged: number): Row[] {
  const levels = { lower: WATCH_LEVEL, upper: WATCH_LEVEL };
  const rows = sample.settings.watch.flatMap((metric) => {
    const blocks = sample.values.slice(0, judged).filter((value) => value[metric] !== undefined).length;
    const differences = sample.differences[metric]?.slice(0, blocks) ?? [];
    if (differences.length === 0) return [];
    const found = compareBlocks(differences, { levels, signsOnly: metrics[metric].scale === 'share' });
    const context = { method: found.method, level: WATCH_LEVEL, blocks, sample };
    return { metric, ...bounded(metric, found), pWorse: found.pWorse, ...precision(metric, context) };
  });
  const shares = falseFinds(rows.map(({ pWorse }) => pWorse));
  return rows.map((row, index) => ({ ...row, falseFinds: shares[index] ?? 1 }));
}

function bounded(
  metric: MetricName,
  { effect, lower, upper }: { effect: number; lower: number; upper: number },
): Pick<Row, 'effect' | 'lower' | 'upper'> {
  const say = (bound: number) => (Number.isFinite(bound) ? fromScale(metric, bound) : null);
  return { effect: fromScale(metric, effect), lower: say(lower), upper: say(upper) };
}

function precision(
  metric: MetricName,
  context: { method: Method; level: number; margin?: number | undefined; blocks: number; sample: Sample },
): Omit<Row, 'metric' | 'verdict' | 'effect' | 'lower' | 'upper' | 'pWorse' | 'limit' | 'falseFinds'> {
  const { method, level, blocks, sample, margin = metrics[metric].margin } = context;
  const differences = sample.differences[metric] ?? [];
  const values = sample.values.flatMap((value) => value[metric] ?? []).slice(0, blocks);
  const known = { spread: spread(differences.slice(0, blocks)), level, method };
  return {
    method,
    blocks,
    spread: known.spread,
    detectable: fromScale(metric, detectableDifference(blocks, known)),
    blocksNeeded: blocksNeeded(toScale(metric, margin), known),
    base: median(values.map(({ base }) => base)),
    candidate: median(values.map(({ candidate }) => candidate)),
    differences,
  };
}
