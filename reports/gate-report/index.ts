/** What a gate is turned into for people and for build servers. */
export { reportOf } from './figures/index.ts';
export { gateReportNames, writeGateReports, writeTrend } from './files.ts';
export { formatGate, formatRecomputed } from './terminal.ts';
export { formatTrend } from './trend/index.ts';
