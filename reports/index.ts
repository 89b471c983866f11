/** Everything a run is turned into for people: reports read runs, never a live server. */
export { type Broadcast, startBroadcast } from './broadcast/index.ts';
export { comparisonToJson, formatComparison } from './compare/index.ts';
export { readEmbedded } from './embedded/index.ts';
export {
  alignColumns,
  formatClock,
  formatCount,
  formatDecimal,
  formatNode,
  formatRange,
  formatRate,
  formatThings,
} from './figures/index.ts';
export { reportNames, writeComparison, writeIndex, writeReports } from './files.ts';
export { readLedger } from './gate/index.ts';
export {
  formatGate,
  formatRecomputed,
  formatTrend,
  gateReportNames,
  reportOf,
  writeGateReports,
  writeTrend,
} from './gate-report/index.ts';
export { createLive, glanceAt } from './live/index.ts';
export { formatPeers, writePeersReports } from './peers/index.ts';
export { formatPlanSummary, type PlanDocument, parsePlan, writePlanReports } from './plan/index.ts';
export { formatSummary, mayColour } from './summary.ts';
