/** The capacity of more workers, predicted from fewer and frozen before it is measured. */
import { join } from 'node:path';
import type { Estimate } from '../../loadgen/capacity/estimate/index.ts';
import { hostPart, keepPredictions, subjectsOf } from '../../loadgen/capacity/planner/index.ts';
import { fitScaling, type ScalingPoint } from '../../loadgen/capacity/scaling/index.ts';
import { createDraws } from '../../loadgen/capacity/simulation/index.ts';
import { searchOnce, type Trying } from './trying.ts';

/** What is to be predicted from what. */
export interface Sizes {
  readonly sizes: readonly number[];
  readonly next: number;
  /** Of a core, for each worker. */
  readonly share: number;
}

/** What it is done with. */
interface Instruments {
  search: typeof searchOnce;
  now(): Date;
}

const real: Instruments = { search: searchOnce, now: () => new Date() };

/** An estimate without its spread. */
type Interval = Pick<Estimate, 'lower' | 'median' | 'upper'>;

/** Gives a table of the points, the prediction and the measurement. */
export async function predictSize(
  trying: Trying,
  { next, share, sizes }: Sizes,
  { now, search }: Instruments = real,
): Promise<string> {
  const points: ScalingPoint[] = [];
  for (const workers of sizes) points.push(await pointOf(trying, { workers, share, points, search }));
  const fit = fitScaling(points, { draw: createDraws(1, 0).even });
  const ledger = join(trying.out, 'predictions.jsonl');
  const subjectOf = subjectsOf({ ...trying, share, host: hostPart() });
  const frozen = keepPredictions(ledger, { points, fit, next, subjectOf, at: now() }).at(-1);
  if (frozen === undefined) throw new Error(`Cannot go on: nothing was frozen in "${ledger}"`);
  const { grade, hash, lower, median, upper } = frozen;
  trying.say(`Frozen: ${median.toFixed(0)} (${lower.toFixed(0)} to ${upper.toFixed(0)}), ${hash}`);
  const measured = await pointOf(trying, { workers: next, share, points, search });
  keepPredictions(ledger, { points: [measured], subjectOf, at: now() });
  return [
    '| workers | messages/s | 90 % |',
    '|---|---|---|',
    ...points.map((point) => rowOf(String(point.workers), point.capacity)),
    rowOf(`${next}, predicted (${grade})`, frozen),
    rowOf(`${next}, measured`, measured.capacity),
    '',
    verdictOf(frozen, measured.capacity.median),
    '',
  ].join('\n');
}

/** Words whether a prediction came true, and by how much it was off. */
export function verdictOf({ lower, median, upper }: Interval, measured: number): string {
  const isWithin = lower <= measured && measured <= upper;
  return `Off by ${(100 * (median / measured - 1)).toFixed(1)} %, ${isWithin ? 'within' : 'outside of'} the interval.`;
}

async function pointOf(
  trying: Trying,
  {
    points,
    search,
    share,
    workers,
  }: { points: readonly ScalingPoint[]; search: typeof searchOnce; share: number; workers: number },
): Promise<ScalingPoint> {
  const last = points.at(-1);
  const { result } = await search(trying, {
    name: `${workers} workers`,
    workers,
    share,
    isBrief: true,
    ...(last && { estimate: (last.capacity.median / last.workers) * workers }),
  });
  // What the generator ended is no point of a law.
  if (result.estimate === undefined || result.atLeast !== undefined)
    throw new Error(`Cannot go on: ${result.sentence}`);
  return { workers, capacity: result.estimate };
}

function rowOf(name: string, { lower, median, upper }: Interval): string {
  return `| ${name} | ${median.toFixed(0)} | ${lower.toFixed(0)} to ${upper.toFixed(0)} |`;
}
