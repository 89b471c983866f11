/** What a number of blocks could have found: said with every verdict, so that silence is not taken for peace. */
import { normalQuantile } from './chance.ts';
import type { Method } from './compare.ts';

/** Chance to find an effect that is called detectable. */
const POWER = 0.8;

/** Blocks a test needs where Student's test on normal values needs one. */
const BLOCKS_FOR_ONE: Record<Method, number> = { 'signed-rank': Math.PI / 3, sign: Math.PI / 2 };

/** What is known of the blocks: their spread, the level of the test, and which test. */
export interface Precision {
  /** Standard deviation of the differences of single blocks. */
  readonly spread: number;
  /** Chance of a false alarm that the test allows itself. */
  readonly level: number;
  readonly method: Method;
}

/** Gives the smallest difference that so many blocks find in four jobs of five, on the scale of the spread. */
export function detectableDifference(blocks: number, { spread, level, method }: Precision): number {
  return (reach(level) * Math.sqrt(BLOCKS_FOR_ONE[method]) * spread) / Math.sqrt(blocks);
}

/** Gives how many blocks find a difference of this size in four jobs of five. */
export function blocksNeeded(difference: number, { spread, level, method }: Precision): number {
  return Math.ceil(BLOCKS_FOR_ONE[method] * ((reach(level) * spread) / difference) ** 2);
}

function reach(level: number): number {
  return normalQuantile(1 - level) + normalQuantile(POWER);
}
