/** One second of the target, as a run record has it. */

/** One process of the target at one second, as its admin endpoint told it. Rates are per second. */
export interface ProbedProcess {
  role: 'master' | 'balancer' | 'worker' | 'broker';
  id: number;
  pid: number;
  cpuCores: number;
  rssBytes: number;
  eventLoopP99Ms: number;
  gcMsPerSecond: number;
  connections: number;
  messagesInPerSecond: number;
  messagesOutPerSecond: number;
}

export interface Probe {
  type: 'probe';
  second: number;
  processes: ProbedProcess[];
  /** The coordinator itself: part of the generator. */
  coordinator: { pid: number; cpuCores: number; rssBytes: number };
  host: { stealPercent: number; busyPercent: number; memoryFreeBytes: number };
}
