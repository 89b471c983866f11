/** Chance that can be repeated, one stream of it for each use. */
import { uniform } from '../../plan/index.ts';

/** A stream of numbers; the same seed gives the same ones. */
export interface Draws {
  /** From 0 (inclusive) to 1 (exclusive). */
  even(): number;
  /** Of the normal law with mean 0 and standard deviation 1: Box and Muller's way. */
  normal(): number;
}

/** Opens the stream of a seed and a use of it; both are whole numbers. */
export function createDraws(seed: number, use: number): Draws {
  let drawn = 0;
  const even = (): number => {
    drawn += 1;
    return uniform(seed, use, drawn);
  };
  return {
    even,
    normal: () => Math.sqrt(-2 * Math.log(1 - even())) * Math.cos(2 * Math.PI * even()),
  };
}
