/**
 * What else could have been measured: the parametric bootstrap. Each replicate takes one case of the law by its
 * weight, makes points of it with noise, and fits that case again; so the replicates differ as cases do, and as the
 * points of one case would.
 */
import { fitFamily, type LogPoint } from './families.ts';
import { rateOf, type ScalingLaw } from './law.ts';
import type { Candidate, Weighed } from './weigh.ts';

/** A law that could as well be true. */
export interface Replicate {
  readonly law: ScalingLaw;
  /** What one measurement adds to the logarithm of a rate by this law. */
  readonly noise: number;
}

/**
 * Makes replicates. Their noise has the size of the scatter, which few points tell only roughly: each replicate has
 * one that is as likely (Student's factor).
 * @param draw Gives numbers from 0 (inclusive) to 1 (exclusive); the same numbers give the same replicates.
 */
export function replicate(
  { candidates, points, degrees }: Weighed,
  { count, draw }: { count: number; draw: () => number },
): Replicate[] {
  const normal = createNormal(draw);
  const typical = Math.sqrt(points.reduce((sum, { spread }) => sum + spread ** 2, 0) / points.length);
  return Array.from({ length: count }, () => {
    const { family, law } = pick(candidates, draw());
    const factor = Math.sqrt(degrees / sumOfSquares(degrees, normal));
    const again = points.map((point) => remeasure(point, { law, noise: factor * normal() }));
    return {
      law: fitFamily(again, { family, starts: [law] }).law,
      noise: factor * typical * normal(),
    };
  });
}

function pick(candidates: readonly Candidate[], place: number): Pick<Candidate, 'family' | 'law'> {
  let left = place;
  const picked = candidates.find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
  return picked ?? heaviest(candidates);
}

/** Weights add up to 1 but for the last digits. */
function heaviest(candidates: readonly Candidate[]): Candidate {
  return candidates.reduce((best, candidate) => (candidate.weight > best.weight ? candidate : best));
}

function remeasure(point: LogPoint, { law, noise }: { law: ScalingLaw; noise: number }): LogPoint {
  return { ...point, log: Math.log(rateOf(law, point.workers)) + point.spread * noise };
}

function sumOfSquares(count: number, normal: () => number): number {
  let sum = 0;
  for (let drawn = 0; drawn < count; drawn += 1) sum += normal() ** 2;
  return sum;
}

/** Box and Muller's way, of which one value of two is used. */
function createNormal(draw: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}
