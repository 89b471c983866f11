/** Door of `scaling`: how capacity grows with workers, and what it will be of more of them. */
export type { Replicate } from './bootstrap.ts';
export type { Family } from './families.ts';
export { areEnough, fitScaling, type ScalingFit, type ScalingPoint } from './fit-scaling.ts';
export { peakOf, rateOf, type ScalingLaw } from './law.ts';
export {
  type Coefficient,
  coefficientsOf,
  findPeak,
  type Grade,
  gradeOf,
  type Peak,
  type Prediction,
  predictCapacity,
} from './predict.ts';
export type { Superlinear } from './superlinear.ts';
export type { Candidate } from './weigh.ts';
