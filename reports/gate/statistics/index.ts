/** The exact statistics of the gate. Pure: numbers in, numbers out. */
export { bootstrapInterval } from './bootstrap.ts';
export { binomialAtLeast, rateBound, studentBeyond, studentQuantile, unevenness } from './chance.ts';
export { type Comparison, compareBlocks, estimateEffect, type Levels, type Method } from './compare.ts';
export { blocksNeeded, detectableDifference } from './detectable.ts';
export { rankSumLaw } from './signed-rank.ts';
export { mean, median, quantile, spread, variance } from './spread.ts';
