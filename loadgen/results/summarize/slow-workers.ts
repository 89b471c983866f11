/**
 * Names workers that are slower than the others, and is silent about differences that chance, a busy moment or
 * the resolution of the clock can make. Medians only: one long pause moves a high percentile, not a median.
 */
import type { Histogram } from '../histogram.ts';
import type { Distributions } from '../measure.ts';
import { compareNames } from '../second.ts';

/** Least difference worth a sentence, milliseconds: schedulers and timers alone make one or two. */
const LEAST_MS = 5;

/** Least difference as a share of what the others took, when there are enough of them to know their spread. */
const LEAST_SHARE = 0.5;

/** The same with one or two others, who may differ among themselves for reasons that do not show. */
const LEAST_SHARE_OF_FEW = 1;
const ENOUGH_OTHERS = 3;

/** Least difference in spreads of the others' medians, and in standard errors of the worker's own median. */
const LEAST_SPREADS = 5;
const LEAST_ERRORS = 6;

/** Makes the median absolute deviation comparable to a standard deviation. */
const DEVIATION = 1.4826;

/** Fewer times say nothing about a worker. */
const LEAST_COUNT = 30;

interface Speed {
  id: string;
  /** Milliseconds. */
  median: number;
  /** Standard error of the median, milliseconds. */
  error: number;
}

/** Makes a sentence for each worker that answers slower, or delivers later, than the others do. */
export function slowWorkers(byWorker: ReadonlyMap<string, Distributions>): string[] {
  return [
    ...sentences(byWorker, 'response', 'answered slower'),
    ...sentences(byWorker, 'push', 'delivered later'),
  ];
}

function sentences(
  byWorker: ReadonlyMap<string, Distributions>,
  name: 'response' | 'push',
  what: string,
): string[] {
  const speeds = [...byWorker]
    .sort(([one], [other]) => compareNames(one, other))
    .flatMap(([id, times]) => speedOf(id, times[name]));
  const slow = speeds.filter((speed) =>
    isSlow(
      speed,
      speeds.filter(({ id }) => id !== speed.id),
    ),
  );
  const others = middle(speeds.filter((speed) => !slow.includes(speed)).map(({ median }) => median));
  return slow.map(
    ({ id, median }) =>
      `Worker ${id} ${what} than the others: p50 ${median.toFixed(1)} ms, the others ${others.toFixed(1)} ms`,
  );
}

function speedOf(id: string, histogram: Histogram | undefined): Speed[] {
  if (histogram === undefined || histogram.count < LEAST_COUNT) return [];
  const at = (share: number) => histogram.quantile(share) / 1_000;
  // Of a bell the median's error is 1.25 deviations, and its quartiles are 1.35 deviations apart.
  const error = (0.93 * (at(0.75) - at(0.25))) / Math.sqrt(histogram.count);
  return [{ id, median: at(0.5), error }];
}

function isSlow({ median, error }: Speed, others: readonly Speed[]): boolean {
  if (others.length === 0) return false;
  const medians = others.map((other) => other.median);
  const centre = middle(medians);
  const spread = DEVIATION * middle(medians.map((each) => Math.abs(each - centre)));
  const share = others.length >= ENOUGH_OTHERS ? LEAST_SHARE : LEAST_SHARE_OF_FEW;
  const least = Math.max(LEAST_MS, share * centre, LEAST_SPREADS * spread, LEAST_ERRORS * error);
  return median - centre > least;
}

/** The median; 0 for none. */
function middle(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? upper)) / 2;
}
