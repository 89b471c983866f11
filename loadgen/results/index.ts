/** The file format between loadgen and reports, and what can be computed from it. */
export { createHistogram, decodeHistogram, Histogram } from './histogram.ts';
export { TIMES } from './measure.ts';
export {
  PEERS_VERSION,
  type PeerCell,
  type PeerComparison,
  type PeerRatio,
  type PeerRow,
  type PeerTarget,
  parsePeers,
} from './peers/index.ts';
export type {
  AgentFacts,
  Fanout,
  Forecast,
  Header,
  HostFacts,
  HttpRecord,
  OwnVisits,
  Probe,
  ProbedLoad,
  ProbedProcess,
  Profile,
  RecordLine,
  RuleResult,
  RunEvent,
  Totals,
  Verdict,
  Window,
  WorkerWindow,
} from './record/index.ts';
export { COUNTED, isTotals, isWindow, RARE, RECORD_VERSION } from './record/index.ts';
export type { RecordFile } from './record-file.ts';
export { createRecord, RECORD_NAME, readRun } from './record-file.ts';
export type { Run } from './run.ts';
export { OpenRun, summarize, toRun } from './run.ts';
export { summarySchema } from './schema/index.ts';
export type { Counters, Latency, LoadSecond, Second, WorkerSecond } from './second.ts';
export { COORDINATOR_ID, COUNTERS, generatorName, HTTP_ID, megabytes, processName } from './second.ts';
export { addShapes, quantileOf, type Shape, SLOTS_PER_DOUBLING } from './shape.ts';
export type { PhaseSummary, Quantiles, Summary } from './summary.ts';
export { checkConservation, hasConnected, unforeseenEnds } from './verdict/index.ts';
export {
  appendLine,
  cannotWrite,
  makePath,
  makeTemporaryFolder,
  refuseUnwritten,
  writeWhole,
} from './writing/index.ts';
