/** Pathologies under load, measured. */
export { type Case, createCases } from './case.ts';
export { type Figure, quantileNames } from './figures.ts';
export { measureCase, type Outcome } from './measure.ts';
