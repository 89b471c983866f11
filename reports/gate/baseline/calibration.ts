/**
 * Figures of different days made comparable: a workload without code of this project runs beside every measurement,
 * and what slows both is the host.
 */
import { mean, studentBeyond } from '../statistics/index.ts';

/** One measurement with the calibration workload's figure beside it, both in any unit, more being slower. */
export interface Calibrated {
  readonly value: number;
  readonly calibration: number;
}

/** Points from which on the slope is learnt; before, a host twice as slow is taken to double the figure. */
const LEARNT_FROM = 20;

/** Slopes in which the host still explains the figure: beyond, the calibration measures something else. */
const LEAST_SLOPE = 0.5;
const GREATEST_SLOPE = 1.5;

const CONFIDENCE = 0.95;

/** Gives the power of the calibration to which a figure follows the host: learnt where it can be, 1 elsewhere. */
export function slopeOf(points: readonly Calibrated[]): number {
  if (points.length < LEARNT_FROM) return 1;
  const x = points.map(({ calibration }) => Math.log(calibration));
  const y = points.map(({ value }) => Math.log(value));
  const [centreX, centreY] = [mean(x), mean(y)];
  const squares = x.reduce((sum, one) => sum + (one - centreX) ** 2, 0);
  if (squares === 0) return 1;
  const slope =
    x.reduce((sum, one, index) => sum + (one - centreX) * ((y[index] ?? 0) - centreY), 0) / squares;
  const left = y.reduce(
    (sum, one, index) => sum + (one - centreY - slope * ((x[index] ?? 0) - centreX)) ** 2,
    0,
  );
  const degrees = points.length - 2;
  const error = Math.sqrt(left / degrees / squares);
  // The interval lies inside when both ends of what is allowed are ruled out.
  const isInside = [LEAST_SLOPE, GREATEST_SLOPE].every((end) => {
    return studentBeyond((slope - end) / error, degrees) < 1 - CONFIDENCE;
  });
  return isInside && slope > LEAST_SLOPE && slope < GREATEST_SLOPE ? slope : 1;
}

/** Gives the logarithm of a figure with the host's share taken out. */
export function normalise({ value, calibration }: Calibrated, slope: number): number {
  return Math.log(value) - slope * Math.log(calibration);
}
