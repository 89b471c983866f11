/** Door of `record`: the shapes of a run's lines. */

export { checkLine, isKnownLine, isTotals, isWindow } from './check/index.ts';
export { COUNTED, RARE } from './counters.ts';
export type { Final, RuleResult, Totals, Verdict } from './final.ts';
export {
  type AgentFacts,
  type Forecast,
  type Header,
  type HostFacts,
  type Phase,
  type PlannedFault,
  type Profile,
  RECORD_VERSION,
} from './header.ts';
export type { Probe, ProbedHost, ProbedLoad, ProbedProcess } from './probe.ts';
export type { HttpRecord, RecordLine, RunEvent } from './run-record.ts';
export type { Fanout, OwnVisits, Window, WorkerWindow } from './window.ts';
