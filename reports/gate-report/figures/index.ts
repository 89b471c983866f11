/** What is told of a gate: its figures, their words, and the shape of gate.json. */
export { reportOf } from './report.ts';
export type { GateReport, ReportBlock, ReportRow } from './schema.ts';
export {
  buildsSentence,
  furtherReasons,
  machineSentence,
  sparkline,
  statusSign,
  statusWord,
  validitySentence,
  writeAlarms,
  writeBlocks,
  writeBounds,
  writeChance,
  writeEffect,
  writeInjected,
  writePlan,
  writeSize,
  writeTest,
  writeValue,
  writeVerdict,
} from './words.ts';
