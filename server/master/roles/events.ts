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

/** What a cluster tells its listeners, with the arguments of each event. */
export interface ClusterEvents {
  ready: [addresses: { port: number; adminPort: number }];
  workerStart: [process: ProcessEvent];
  workerExit: [process: ProcessEvent];
  brokerStart: [process: ProcessEvent];
  brokerExit: [process: ProcessEvent];
  balancerStart: [process: ProcessEvent];
  balancerExit: [process: ProcessEvent];
}

/** A kind of process that the master starts. */
export type Role = 'worker' | 'broker' | 'balancer';
