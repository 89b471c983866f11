/**
 * What a plan foretells of more workers than it measured, frozen in a ledger for whoever measures them; and what it
 * measured of what others had foretold.
 */
import { existsSync } from 'node:fs';
import { type Estimate, estimateBetween } from '../../estimate/index.ts';
import {
  freezePrediction,
  type LedgerPrediction,
  readPredictions,
  recordMeasurement,
} from '../../predictions/index.ts';
import { predictCapacity, type ScalingFit, type ScalingPoint } from '../../scaling/index.ts';

/** What it is about. */
export interface Foretelling {
  readonly points: readonly ScalingPoint[];
  /** Absent where the points are too few for a law. */
  readonly fit?: ScalingFit | undefined;
  /** Names a number of workers as every plan of the same kind does. */
  subjectOf(workers: number): string;
  readonly at: Date;
}

const UNIT = 'messages/s';

/** As far as a law may be believed without being called an extrapolation. */
const AHEAD = 1.5;

/**
 * Records what was measured of open predictions, and freezes one of half as many workers again as were measured.
 * @returns All predictions of the file.
 * @throws ClusterError as `freezePrediction` and `readPredictions` do.
 */
export function keepPredictions(
  path: string,
  { at, fit, points, subjectOf }: Foretelling,
): LedgerPrediction[] {
  const open = (existsSync(path) ? readPredictions(path) : []).filter(
    ({ measurement }) => measurement === undefined,
  );
  const time = at.toISOString();
  for (const { hash, subject } of open) {
    const measured = points
      .filter(({ workers }) => subjectOf(workers) === subject)
      .map(({ capacity }) => capacity);
    if (measured.length > 0) recordMeasurement(path, { of: hash, at: time, ...limitsOf(meanOf(measured)) });
  }
  if (fit !== undefined) {
    const next = Math.round(AHEAD * Math.max(...points.map(({ workers }) => workers)));
    const { grade, ...predicted } = predictCapacity(fit, next);
    const from = points.map(({ capacity, workers }) => {
      return { subject: subjectOf(workers), unit: UNIT, ...limitsOf(capacity) };
    });
    freezePrediction(path, {
      at: time,
      subject: subjectOf(next),
      unit: UNIT,
      from,
      grade,
      ...limitsOf(predicted),
    });
  }
  return existsSync(path) ? readPredictions(path) : [];
}

/** Of searches of the same size: each end is the mean of theirs, which promises no more than they do. */
function meanOf(estimates: readonly Estimate[]): Estimate {
  const mean = (of: (estimate: Estimate) => number): number =>
    estimates.reduce((sum, estimate) => sum + of(estimate), 0) / estimates.length;
  return estimateBetween({
    median: mean(({ median }) => median),
    lower: mean(({ lower }) => lower),
    upper: mean(({ upper }) => upper),
  });
}

function limitsOf({ lower, median, upper }: Estimate): Pick<Estimate, 'lower' | 'median' | 'upper'> {
  return { lower, median, upper };
}
