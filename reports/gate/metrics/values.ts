/** One figure for each build and block, out of the windows of the block that count. */
import { decodeHistogram } from '../../../loadgen/results/index.ts';
import type { Entry, Slice, Window } from '../measurements/index.ts';
import type { Arm } from '../schedule/index.ts';
import { mean } from '../statistics/index.ts';
import { type MetricName, metricNames, metrics } from './catalogue.ts';
import { stallShare, typicalMedianMs, typicalTailMs } from './slices.ts';

/** What a block says of both builds, in the units of the catalogue. */
export type Values = { readonly [metric in MetricName]?: Readonly<Record<Arm, number>> };

/** What metrics are taken from: the windows that count, and what was measured once for the block. */
export interface Kept {
  readonly entries: readonly Entry[];
  readonly memory?: Partial<Record<Arm, number>> | undefined;
  /** p99 above which a slice holds a stall, the same for the whole job. */
  readonly stallLimitMs: number;
}

/** The windows of one build in one block. */
interface Side {
  readonly arm: Arm;
  readonly fixed: readonly Window[];
  readonly open: readonly Window[];
  readonly kept: Kept;
}

/** Takes the figure of one build; undefined where it was not measured. */
const takers: Record<MetricName, (side: Side) => number | undefined> = {
  cpu: ({ fixed }) => geometricMean(fixed.map((window) => perMessage(window, window.server.cpuMicros))),
  instructions: ({ fixed }) =>
    geometricMean(fixed.map((window) => perMessage(window, window.server.instructions))),
  allocation: ({ fixed }) =>
    geometricMean(fixed.map((window) => perMessage(window, window.server.allocatedBytes))),
  gc: ({ fixed }) => geometricMean(fixed.map((window) => perMessage(window, window.server.gcMicros))),
  p50: ({ open }) => geometricMean(open.map((window) => typicalMedianMs(window.slices ?? []))),
  tail: ({ open }) => positive(typicalTailMs(slicesOf(open))),
  p99: ({ open }) => mergedP99Ms(open),
  stalls: ({ open, kept }) =>
    slicesOf(open).length === 0 ? undefined : stallShare(slicesOf(open), kept.stallLimitMs),
  memory: ({ arm, kept }) => positive(kept.memory?.[arm]),
};

/** Takes every metric that was measured of both builds. */
export function valuesOf(kept: Kept): Values {
  const base = sideOf(kept, 'base');
  const candidate = sideOf(kept, 'candidate');
  const values: Partial<Record<MetricName, Record<Arm, number>>> = {};
  for (const name of metricNames) {
    const pair = { base: takers[name](base), candidate: takers[name](candidate) };
    if (pair.base !== undefined && pair.candidate !== undefined)
      values[name] = { base: pair.base, candidate: pair.candidate };
  }
  return values;
}

/** Gives how much worse the candidate is than the base, on the scale of the metric: the logarithm of a ratio. */
export function differenceOf(metric: MetricName, { base, candidate }: Readonly<Record<Arm, number>>): number {
  return metrics[metric].scale === 'ratio' ? Math.log(candidate) - Math.log(base) : candidate - base;
}

function sideOf(kept: Kept, arm: Arm): Side {
  const own = kept.entries.filter((entry) => entry.arm === arm);
  const of = (mode: string) => own.filter((entry) => entry.mode === mode).map(({ window }) => window);
  return { arm, fixed: of('fixed'), open: of('open'), kept };
}

function perMessage({ messages }: Window, amount: number | undefined): number | undefined {
  return amount === undefined ? undefined : amount / messages.answered;
}

/** The mean of logarithms, so that the difference of two builds is the mean of the differences of their windows. */
function geometricMean(values: readonly (number | undefined)[]): number | undefined {
  const known = values.flatMap((value) => positive(value) ?? []);
  if (known.length === 0 || known.length < values.length) return undefined;
  return Math.exp(mean(known.map(Math.log)));
}

/** A ratio wants figures above zero: 0, NaN and infinity say nothing. */
function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 && Number.isFinite(value) ? value : undefined;
}

function slicesOf(windows: readonly Window[]): Slice[] {
  return windows.flatMap(({ slices }) => slices ?? []);
}

/** Quantiles are never averaged: the distributions are added first. */
function mergedP99Ms(windows: readonly Window[]): number | undefined {
  const [first, ...others] = windows.flatMap(({ response }) => (response ? decodeHistogram(response) : []));
  for (const other of others) first?.add(other);
  return first === undefined ? undefined : positive(first.quantile(0.99) / 1_000);
}
