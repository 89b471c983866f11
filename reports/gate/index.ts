/**
 * The regression gate: two builds of a server compared on one host, with a promised rate of false alarms. Measuring
 * is for the caller; what is measured when, what counts, and what it says is decided here.
 */
export { type BaselineAnswer, type BaselinePoint, holdAgainst } from './baseline/index.ts';
export {
  appendEntry,
  LEDGER_VERSION,
  type LedgerEntry,
  readLedger,
  runnerOf,
  standingOf,
} from './ledger/index.ts';
export { readLines } from './lines/index.ts';
export { fitLooks } from './looks/index.ts';
export { type Block, sliceMs, type Window } from './measurements/index.ts';
export { type MetricName, metrics, stallLimitMs } from './metrics/index.ts';
export { createGateRecord, GATE_RECORD_NAME, GATE_RECORD_VERSION, type GateHeader } from './record/index.ts';
export { exitCodeOf, type Result, type Row } from './result/index.ts';
export {
  type GateAnswer,
  measureBlock,
  type OpenBlock,
  type Place,
  recompute,
  runGate,
  ServerBrokeDown,
} from './run/index.ts';
export {
  type Arm,
  type BlockLength,
  type BlockPlan,
  deriveSeed,
  planFolders,
  windowsIn,
} from './schedule/index.ts';
export { drawFromBank } from './simulation/index.ts';
export { chainRatios, groupChanges, readTrend } from './trend/index.ts';
export { defaultGuards } from './validity/index.ts';
export { confirmingSettings, nightlySettings, pullRequestSettings, watchOnly } from './verdicts/index.ts';
