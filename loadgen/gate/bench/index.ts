/** The bench of the gate: two builds as live servers, loaded in turn, one window at a time. */
export { parseInjection } from './application/index.ts';
export { type Bench, type Calibration, createBench } from './bench.ts';
export type { Pace } from './calibration.ts';
export type { BenchOptions, Lengths } from './options.ts';
export { scenarioNames } from './scenarios.ts';
