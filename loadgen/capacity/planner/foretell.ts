/**
 * What is foretold of more workers than were measured, frozen in a ledger for whoever measures them; and what was
 * measured of what others had foretold.
 */
import { existsSync } from 'node:fs';
import type { PlanDocument } from '../../../reports/plan/index.ts';
import { type Estimate, estimateBetween } from '../estimate/index.ts';
import {
  freezePrediction,
  type LedgerPrediction,
  readPredictions,
  recordMeasurement,
} from '../predictions/index.ts';
import type { Profile } from '../profiles/index.ts';
import { predictCapacity, type ScalingFit, type ScalingPoint } from '../scaling/index.ts';
import { formatSlo, type Slo, slowedSlo } from '../slo/index.ts';

/** What it is about. */
export interface Foretelling {
  readonly points: readonly ScalingPoint[];
  /** Absent where the points are too few for a law: nothing is foretold then. */
  readonly fit?: ScalingFit | undefined;
  /** Workers that are foretold. Default: half as many again as the most that were measured. */
  readonly next?: number | undefined;
  /** Names a number of workers as everybody does who measures the same: as `subjectsOf`. */
  subjectOf(workers: number): string;
  readonly at: Date;
}

const UNIT = 'messages/s';

/** As far as a law may be believed without being called an extrapolation. */
const AHEAD = 1.5;

/**
 * Names capacities. What was measured of other users, by another objective, on another host or of workers with another
 * share of a core is another subject.
 */
export function subjectsOf({
  host: { cores, processor },
  profile: { name },
  share = 1,
  slo,
}: {
  host: Pick<PlanDocument['machine'], 'cores' | 'processor'>;
  profile: Pick<Profile, 'name'>;
  share?: number | undefined;
  slo: Slo;
}): (workers: number) => string {
  return (workers) =>
    `capacity of ${name} with ${workers} workers of ${share} of a core, ${formatSlo(slowedSlo(slo, share))}, on ${cores} cores of ${processor}`;
}

/**
 * Gives all predictions of a file; none where there is no file yet.
 * @throws ClusterError as `readPredictions` does.
 */
export function predictionsIn(path: string): LedgerPrediction[] {
  return existsSync(path) ? readPredictions(path) : [];
}

/**
 * Records what was measured of open predictions, and freezes one where there is a law.
 * @returns All predictions of the file, the one that was frozen last.
 * @throws ClusterError as `freezePrediction` and `readPredictions` do.
 */
export function keepPredictions(path: string, foretelling: Foretelling): LedgerPrediction[] {
  const { at, points, subjectOf } = foretelling;
  const open = predictionsIn(path).filter(({ measurement }) => measurement === undefined);
  for (const { hash, subject } of open) {
    const measured = points
      .filter(({ workers }) => subjectOf(workers) === subject)
      .map(({ capacity }) => capacity);
    if (measured.length > 0)
      recordMeasurement(path, { of: hash, at: at.toISOString(), ...limitsOf(meanOf(measured)) });
  }
  freeze(path, foretelling);
  return predictionsIn(path);
}

function freeze(path: string, { at, fit, next, points, subjectOf }: Foretelling): void {
  if (fit === undefined) return;
  const workers = next ?? Math.round(AHEAD * Math.max(...points.map((point) => point.workers)));
  const { grade, ...predicted } = predictCapacity(fit, workers);
  freezePrediction(path, {
    at: at.toISOString(),
    subject: subjectOf(workers),
    unit: UNIT,
    from: points.map((point) => {
      return { subject: subjectOf(point.workers), unit: UNIT, ...limitsOf(point.capacity) };
    }),
    grade,
    ...limitsOf(predicted),
  });
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
