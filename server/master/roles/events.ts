import type { Respond } from '../../protocol/index.ts';

/** What a process's start or end looks like to listeners. */
export interface ProcessEvent {
  id: number;
  pid: number;
  /** True when a process of this id ran before. */
  respawn?: boolean;
  /** True when the master asked for the end. */
  expected?: boolean;
  code?: number | null;
  signal?: string | null;
  /** The end of what it wrote on stderr, and the error it reported. */
  lastWords?: string;
}

/** The process that something comes from. */
export interface Origin {
  role: Role | 'master';
  id: number;
  pid: number;
}

/** What a cluster tells its listeners, with the arguments of each event. */
export interface ClusterEvents {
  ready: [addresses: { port: number; adminPort: number }];
  /** The cluster cannot start; what `start` rejects with. */
  fail: [error: unknown];
  /** An error in a process. After one that nobody caught the process ends, and `isFatal` is true. */
  error: [error: Error, origin: Origin & { isFatal: boolean }];
  /** Something went wrong that ended nothing. */
  warning: [warning: Error, origin: Origin];
  /** Something the master does without being asked, or at length. */
  info: [text: string, origin: Origin];
  /** A worker has sent something; `respond` answers it. */
  workerMessage: [id: number, data: unknown, respond: Respond];
  /** A broker has sent something; `respond` answers it. */
  brokerMessage: [id: number, data: unknown, respond: Respond];
  workerStart: [process: ProcessEvent];
  workerExit: [process: ProcessEvent];
  brokerStart: [process: ProcessEvent];
  brokerExit: [process: ProcessEvent];
  balancerStart: [process: ProcessEvent];
  balancerExit: [process: ProcessEvent];
}

/** A kind of process that the master starts. */
export type Role = 'worker' | 'broker' | 'balancer';
