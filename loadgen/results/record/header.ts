/** The first line of a run record: what was planned, for whom, and where. */
import type { ProbedProcess } from './probe.ts';

/** Version of the format. Readers take this and older versions. */
export const RECORD_VERSION = 2;

export interface Phase {
  name: string;
  /** Seconds since the common start; `end` is exclusive. */
  start: number;
  end: number;
  /** Whether the run's own figures are taken from it. Version 1 has none: it was the phase named `steady`. */
  measured?: boolean;
  /** Messages and publications that are planned to leave in it. Absent in version 1, and when answers set the pace. */
  planned?: number;
  /** The speed of what users do, at its start and end. Absent where it stays the same. */
  pace?: { from: number; to: number };
}

export interface HostFacts {
  cpus: number;
  model: string;
  memoryGB: number;
  kernel: string;
  node: string;
  /** Descriptors one process may open. */
  fdLimit: number;
}

/** A fault as it was planned. What it did, and to which processes, is told by events. */
export interface PlannedFault {
  second: number;
  /** A sentence for people. */
  text: string;
  /** Whom it is done to: a role, and one of its processes or all. */
  role?: ProbedProcess['role'];
  id?: number;
}

/** What the doctor foretold of one side: busy cores in the measured phases, and memory. */
interface ForetoldSide {
  /** At most. */
  cpuCores: number;
  /** Absent where that was all it could tell. */
  leastCpuCores?: number;
  rssMB: number;
}

/** What the doctor foretold of a run. */
export interface Forecast {
  /** Users the host can carry, and the limit that binds first. */
  users: number;
  limit: string;
  generator: ForetoldSide;
  /** Null for a target elsewhere. */
  target: ForetoldSide | null;
}

/** A process of the target that was profiled while the run went on, which slows it down. */
export interface Profile {
  tool: 'doctor' | 'flame' | 'bubbleprof' | 'heapprofiler' | 'cpu';
  role: ProbedProcess['role'];
  id: number;
  /** Name of what came of it, in the folder of the record. Absent when nothing did. */
  file?: string;
}

/** A host that held users, and how its clock stood to the coordinator's before the start. */
export interface AgentFacts {
  /** Given by whoever started it. */
  name: string;
  /** Numbers of its load processes. */
  processes: number[];
  host: HostFacts;
  /** Milliseconds: how far the clock on its wall was ahead, and how well that can be told. */
  clock: { offsetMs: number; errorMs: number };
}

export interface Header {
  type: 'header';
  version: number;
  /** Version of socketcluster-bench that wrote the record. */
  tool: string;
  scenario: string;
  /** The one question the scenario answers. */
  question: string;
  seed: number;
  /** ISO time of the common start. */
  startedAt: string;
  /** The command that repeats this run. */
  command: string;
  users: number;
  /** Users that arrive per second; of several stages the mean. */
  ramp: number;
  /** Planned messages per second of all users together in the steady phase. */
  messagesPerSecond: number;
  phases: Phase[];
  /** The resolved scenario, as data, for people to read. */
  plan: Record<string, unknown>;
  /** Hash of the schedule: equal plans have equal hashes, however many processes drive them. */
  planHash: string;
  rules: string[];
  /** What is done to the target while the load is on. Absent in version 1. */
  faults?: PlannedFault[];
  target: { url: string; own: boolean; workers: number; brokers: number; balancers: number };
  /** `precedence`: whether load processes went before others that wanted a processor. Absent: not known. */
  generator: {
    processes: number;
    sourceAddresses: number;
    driver: string;
    precedence?: 'real-time' | 'high' | 'normal';
    /** Absent when all load processes ran on the coordinator's host. */
    agents?: AgentFacts[];
  };
  host: HostFacts;
  /** Absent when the doctor was not asked. */
  forecast?: Forecast;
  /** Absent when nothing was profiled. */
  profile?: Profile;
}
