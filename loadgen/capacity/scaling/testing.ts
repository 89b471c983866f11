/** Measured capacities for tests. */
import { createStream } from '../../../reports/gate/schedule/index.ts';
import { estimateOf } from '../estimate/index.ts';
import type { LogPoint } from './families.ts';
import type { ScalingPoint } from './fit-scaling.ts';
import { rateOf, type ScalingLaw } from './law.ts';

/** Opens numbers from 0 to 1, and normal ones, which the seed decides. */
export function createChance(seed: string): { draw: () => number; normal: () => number } {
  const draw = createStream(seed, 'scaling');
  return {
    draw,
    normal: () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw()),
  };
}

/** Measures a law at some numbers of workers; without noise, exactly. */
export function measure(
  law: ScalingLaw,
  {
    sizes,
    stated = 0.03,
    noise = () => 0,
  }: { sizes: readonly number[]; stated?: number; noise?: () => number },
): ScalingPoint[] {
  return sizes.map((workers) => ({
    workers,
    capacity: estimateOf(rateOf(law, workers) * Math.exp(noise()), stated),
  }));
}

/** Writes capacities as fits of one case take them. */
export function toLogs(points: readonly ScalingPoint[]): LogPoint[] {
  return points.map(({ workers, capacity }) => ({
    workers,
    log: Math.log(capacity.median),
    spread: capacity.spread,
  }));
}
