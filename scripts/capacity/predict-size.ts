/** The capacity of more workers, predicted from fewer and frozen before it is measured. */
import { join } from 'node:path';
import type { Estimate } from '../../loadgen/capacity/estimate/index.ts';
import { hostPart, keepPredictions, subjectsOf } from '../../loadgen/capacity/planner/index.ts';
import { areEnough, fitScaling, type ScalingPoint } from '../../loadgen/capacity/scaling/index.ts';
import { createDraws } from '../../loadgen/capacity/simulation/index.ts';
import { ClusterError } from '../../server/errors/index.ts';
import { findCapacity, searchOnce, type Trying } from './trying.ts';

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

/**
 * Keeps a table of the points, the prediction and the measurement, row by row as they are known.
 * @throws ClusterError OPTION_INVALID before anything is measured, where the sizes can tell no law; and what
 *   `findCapacity` throws.
 */
export async function predictSize(
  trying: Trying,
  { next, share, sizes }: Sizes,
  { now, search }: Instruments = real,
): Promise<void> {
  refuseUnfit([...sizes, next]);
  refuseFew(sizes);
  const points: ScalingPoint[] = [];
  trying.keep('| workers | messages/s | 90 % |\n|---|---|---|\n');
  for (const workers of sizes) {
    const point = await pointOf(trying, { workers, share, points, search });
    points.push(point);
    trying.keep(rowOf(String(workers), point.capacity));
  }
  const fit = fitScaling(points, { draw: createDraws(1, 0).even });
  const ledger = join(trying.out, 'predictions.jsonl');
  const subjectOf = subjectsOf({ ...trying, share, host: hostPart() });
  const frozen = keepPredictions(ledger, { points, fit, next, subjectOf, at: now() }).at(-1);
  if (frozen === undefined) throw new Error(`Cannot go on: nothing was frozen in "${ledger}"`);
  trying.keep(rowOf(`${next}, predicted (${frozen.grade})`, frozen));
  trying.say(`Frozen as ${frozen.hash}`);
  const measured = await pointOf(trying, { workers: next, share, points, search });
  keepPredictions(ledger, { points: [measured], subjectOf, at: now() });
  trying.keep(rowOf(`${next}, measured`, measured.capacity));
  trying.keep(
    `\n${verdictOf(frozen, measured.capacity.median)} Frozen as ${frozen.hash} before it was measured.\n`,
  );
}

/** Words whether a prediction came true, and by how much it was off. */
export function verdictOf({ lower, median, upper }: Interval, measured: number): string {
  const isWithin = lower <= measured && measured <= upper;
  return `Off by ${(100 * (median / measured - 1)).toFixed(1)} %, ${isWithin ? 'within' : 'outside of'} the interval.`;
}

function refuseUnfit(sizes: readonly number[]): void {
  const odd = sizes.find((workers) => !(Number.isInteger(workers) && workers > 0));
  if (odd === undefined) return;
  throw new ClusterError(`Cannot measure ${odd} workers: wanted is a whole number above 0`, {
    code: 'OPTION_INVALID',
  });
}

function refuseFew(sizes: readonly number[]): void {
  if (areEnough(sizes.map((workers) => ({ workers })))) return;
  throw new ClusterError(
    `Cannot predict from the sizes ${sizes.join(', ')}: wanted are 6 or more, of 4 or more different numbers of workers`,
    { code: 'OPTION_INVALID' },
  );
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
  const wish = {
    name: `${workers} workers`,
    workers,
    share,
    isBrief: true,
    ...(last && { estimate: (last.capacity.median / last.workers) * workers }),
  };
  return { workers, capacity: await findCapacity(trying, wish, search) };
}

function rowOf(name: string, { lower, median, upper }: Interval): string {
  return `| ${name} | ${median.toFixed(0)} | ${lower.toFixed(0)} to ${upper.toFixed(0)} |\n`;
}
