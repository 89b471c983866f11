/** One second of the target, as a run record has it. */

/** One process of the target at one second, as its admin endpoint told it. Rates are per second. */
export interface ProbedProcess {
  role: 'master' | 'balancer' | 'worker' | 'broker';
  id: number;
  /** Its host, of a target with several. Absent: there is one. */
  host?: string;
  pid: number;
  cpuCores: number;
  rssBytes: number;
  eventLoopP99Ms: number;
  gcMsPerSecond: number;
  connections: number;
  messagesInPerSecond: number;
  messagesOutPerSecond: number;
}

/** A process of the generator that makes no windows, at one second. */
export interface ProbedLoad {
  pid: number;
  cpuCores: number;
  rssBytes: number;
}

/** The host at one second. What is counted is of this second; shares are 0 to 1. */
export interface ProbedHost {
  stealPercent: number;
  busyPercent: number;
  /** The part of it that processes took: no interrupts, and nothing stolen. Absent in older records. */
  processPercent?: number;
  memoryFreeBytes: number;
  /** The network of the host; nothing happened where it is absent. */
  network?: { segmentsSent: number; segmentsRetransmitted: number; listenOverflows: number };
  /** How full the kernel's tables are: connections followed by the firewall, open files, memory of TCP. */
  tables?: { conntrack: number; files: number; socketMemory: number };
}

export interface Probe {
  type: 'probe';
  second: number;
  processes: ProbedProcess[];
  /** The coordinator itself: part of the generator. */
  coordinator: ProbedLoad;
  /** The process that makes HTTP requests, while there is one. */
  http?: ProbedLoad;
  host: ProbedHost;
}
