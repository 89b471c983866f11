/** The scaling law, as a plan holds it. */
import type { PlanDocument } from '../../../../reports/plan/index.ts';
import {
  areEnough,
  findPeak,
  fitScaling,
  predictCapacity,
  type ScalingFit,
  type ScalingPoint,
} from '../../scaling/index.ts';
import type { SizeFound } from '../search/index.ts';

/** Times the largest size measured, up to which the band is drawn. */
const DRAWN = 4;

/** Gives the points of a law: searches that came to an estimate which is no lower bound. */
export function pointsOf(found: readonly SizeFound[]): ScalingPoint[] {
  return found.flatMap(({ result: { atLeast, estimate }, workers }) =>
    estimate === undefined || atLeast !== undefined ? [] : [{ workers, capacity: estimate }],
  );
}

/** Fits a law to points; undefined where they are too few for one. */
export function lawOf(points: readonly ScalingPoint[], draw: () => number): ScalingFit | undefined {
  return areEnough(points) ? fitScaling(points, { draw }) : undefined;
}

/** Puts a law into a plan. */
export function scalingPart(fit: ScalingFit): NonNullable<PlanDocument['scaling']> {
  const most = DRAWN * Math.max(...fit.points.map(({ workers }) => workers));
  const sizes = Array.from({ length: most }, (_, index) => index + 1);
  return {
    points: fit.points.map((point) => ({ ...point })),
    laws: fit.candidates.map(({ family, law, weight }) => ({ name: family, weight, ...law })),
    band: sizes.map((workers) => {
      const { grade, lower, median, upper } = predictCapacity(fit, workers);
      return { workers, median, lower, upper, grade };
    }),
    peak: peakSentence(fit),
    remarks: fit.superlinear.map(({ finding }) => finding),
  };
}

function peakSentence(fit: ScalingFit): string | null {
  const peak = findPeak(fit);
  if (peak === undefined) return null;
  const { lower, median, upper } = peak;
  const about = median === undefined ? '' : `about ${median.toFixed(0)} workers, `;
  const to = upper === undefined ? 'no known number' : upper.toFixed(0);
  return `More workers make all slower beyond ${about}90 %: ${lower.toFixed(0)} to ${to}`;
}
