/**
 * How much is to be believed of each case of the law: by Akaike's criterion, with the noise that the fullest case
 * leaves (K. P. Burnham and D. R. Anderson, "Model Selection and Multimodel Inference", 2002, 2.5).
 *
 * The criterion is not corrected for few points. With six to eight of them the correction all but forbids the third
 * parameter: on simulated clusters 63 to 67 % of the intervals at twice the range held instead of 90 to 91 %, and
 * nearly all others promised too much.
 */
import { type Family, type FamilyFit, fitFamily, type LogPoint } from './families.ts';

/** A case of the law with the weight it has in predictions; weights add up to 1. */
export interface Candidate extends FamilyFit {
  readonly weight: number;
}

/** Cases, and what the points scatter around them. */
export interface Weighed {
  readonly candidates: readonly Candidate[];
  /** The points, with the standard deviations that they really scatter by. */
  readonly points: readonly LogPoint[];
  /** Degrees of freedom that the scatter is known with. */
  readonly degrees: number;
}

/** Parameters of each case. */
const sizes: Record<Family, number> = { universal: 3, amdahl: 2, linear: 1 };

/** Scatter below this share of what was stated is luck, or an example in a book. */
const LEAST_SCALE = 0.1;

/**
 * Fits all cases and weighs them. Stated deviations say how the points compare with each other; how large they are
 * altogether is taken from what the universal law leaves.
 * @param points More than three.
 */
export function weigh(points: readonly LogPoint[]): Weighed {
  const degrees = points.length - sizes.universal;
  const universal = fitFamily(points, { family: 'universal' });
  const scale = Math.max(LEAST_SCALE, Math.sqrt(universal.squares / degrees));
  const others = (['amdahl', 'linear'] as const).map((family) => fitFamily(points, { family }));
  const scores = [universal, ...others].map((fit) => ({
    fit: { ...fit, squares: fit.squares / scale ** 2 },
    score: fit.squares / scale ** 2 + 2 * sizes[fit.family],
  }));
  const best = Math.min(...scores.map(({ score }) => score));
  const likelihoods = scores.map(({ fit, score }) => ({ fit, likelihood: Math.exp((best - score) / 2) }));
  const total = likelihoods.reduce((sum, { likelihood }) => sum + likelihood, 0);
  return {
    candidates: likelihoods.map(({ fit, likelihood }) => ({ ...fit, weight: likelihood / total })),
    points: points.map((point) => ({ ...point, spread: point.spread * scale })),
    degrees,
  };
}
