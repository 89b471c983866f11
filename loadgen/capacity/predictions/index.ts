/** Door of `predictions`: what was predicted before it was measured, and how often it came true. */
export { bandOf, type Coverage, coverageOf, isWithin, type Outcome } from './coverage.ts';
export {
  freezePrediction,
  type LedgerPrediction,
  outcomesOf,
  readPredictions,
  recordMeasurement,
} from './ledger.ts';
export { type FrozenPrediction, type Measurement, PREDICTIONS_VERSION } from './lines.ts';
