/** The capacity of more workers, predicted from fewer and frozen before it is measured. */
import { join } from 'node:path';
import type { Estimate } from '../../loadgen/capacity/estimate/index.ts';
import { freezePrediction, recordMeasurement } from '../../loadgen/capacity/predictions/index.ts';
import { fitScaling, predictCapacity, type ScalingPoint } from '../../loadgen/capacity/scaling/index.ts';
import { createDraws } from '../../loadgen/capacity/simulation/index.ts';
import { searchOnce, type Trying } from './trying.ts';

/** What is to be predicted from what. */
export interface Sizes {
  readonly sizes: readonly number[];
  readonly next: number;
  /** Of a core, for each worker. */
  readonly share: number;
}

/** Gives a table of the points, the prediction and the measurement. */
export async function predictSize(trying: Trying, { next, share, sizes }: Sizes): Promise<string> {
  const points: ScalingPoint[] = [];
  for (const workers of sizes) points.push(await pointOf(trying, { workers, share, points }));
  const fit = fitScaling(points, { draw: createDraws(1, 0).even });
  const prediction = predictCapacity(fit, next);
  const ledger = join(trying.out, 'predictions.jsonl');
  const unit = 'messages/s';
  const of = (workers: number): string =>
    `capacity of ${trying.profile.name} with ${workers} workers of ${share} of a core`;
  const { lower, median, upper } = prediction;
  const hash = freezePrediction(ledger, {
    at: new Date().toISOString(),
    subject: of(next),
    unit,
    from: points.map(({ capacity, workers }) => ({ subject: of(workers), unit, ...limitsOf(capacity) })),
    grade: prediction.grade,
    ...{ lower, median, upper },
  });
  trying.say(`Frozen: ${median.toFixed(0)} (${lower.toFixed(0)} to ${upper.toFixed(0)}), ${hash}`);
  const { capacity } = await pointOf(trying, { workers: next, share, points });
  recordMeasurement(ledger, { of: hash, at: new Date().toISOString(), ...limitsOf(capacity) });
  return [
    '| workers | messages/s | 90 % |',
    '|---|---|---|',
    ...points.map((point) => rowOf(String(point.workers), point.capacity)),
    rowOf(`${next}, predicted (${prediction.grade})`, prediction),
    rowOf(`${next}, measured`, capacity),
    '',
    verdictOf(prediction, capacity.median),
    '',
  ].join('\n');
}

/** Words whether a prediction came true, and by how much it was off. */
export function verdictOf(
  { lower, median, upper }: Pick<Estimate, 'lower' | 'median' | 'upper'>,
  measured: number,
): string {
  const isWithin = lower <= measured && measured <= upper;
  return `Off by ${(100 * (median / measured - 1)).toFixed(1)} %, ${isWithin ? 'within' : 'outside of'} the interval.`;
}

async function pointOf(
  trying: Trying,
  { points, share, workers }: { points: readonly ScalingPoint[]; share: number; workers: number },
): Promise<ScalingPoint> {
  const last = points.at(-1);
  const { result } = await searchOnce(trying, {
    name: `${workers} workers`,
    workers,
    share,
    isBrief: true,
    ...(last && { estimate: (last.capacity.median / last.workers) * workers }),
  });
  if (result.estimate === undefined) throw new Error(`Cannot go on: ${result.sentence}`);
  return { workers, capacity: result.estimate };
}

function limitsOf({ lower, median, upper }: Estimate): Pick<Estimate, 'lower' | 'median' | 'upper'> {
  return { lower, median, upper };
}

function rowOf(name: string, { lower, median, upper }: Pick<Estimate, 'lower' | 'median' | 'upper'>): string {
  return `| ${name} | ${median.toFixed(0)} | ${lower.toFixed(0)} to ${upper.toFixed(0)} |`;
}
