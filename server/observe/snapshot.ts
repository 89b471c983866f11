import { watchEventLoop } from './event-loop.ts';
import { watchGc } from './gc.ts';

/** One process's figures at one moment. Counters only ever grow; rates are differences of two snapshots. */
export interface Snapshot {
  role: 'master' | 'balancer' | 'worker' | 'broker';
  /** Number of the process within its role, from 0; a restarted process keeps it. */
  id: number;
  pid: number;
  /** Monotonic time of the snapshot in this process, milliseconds. */
  at: number;
  /** User plus system time used so far, microseconds. */
  cpuMicros: number;
  rssBytes: number;
  heapUsedBytes: number;
  /** Event-loop delay since the previous snapshot, milliseconds. */
  eventLoop: { p50: number; p99: number; max: number };
  /** Time spent in garbage collection so far, milliseconds. */
  gcMs: number;
  /** Open sockets of clients (worker) or links (broker). */
  connections: number;
  /** Sockets accepted so far. */
  accepted: number;
  /** Messages received so far: packets and pongs in a worker, publications in a broker. */
  messagesIn: number;
  /** Messages sent so far: frames in a worker, deliveries in a broker. */
  messagesOut: number;
  /** Other counters by name, for example sockets closed for being too slow. */
  counters: Record<string, number>;
}

/** One as the master has it. */
export interface AgedSnapshot extends Snapshot {
  /** Time since it came, milliseconds: of a process that stands still it grows. */
  ageMs: number;
}

/** The whole cluster at one moment, as the admin endpoint answers it. */
export interface ClusterState {
  version: 1;
  appName: string;
  /** Name of this host among others, which stands before the numbers of its workers. Absent: it has none. */
  host?: string;
  /** `starting`, `ready`, `draining`. */
  phase: 'starting' | 'ready' | 'draining';
  /** Whether clients are taken: a worker runs, and a balancer where there are any. */
  isReady: boolean;
  /** Whether it is ending. */
  draining: boolean;
  /** While it is: clients that are still here, those told to go so far, and those cut off as they did not go in time. */
  left?: number;
  sentAway?: number;
  cutOff?: number;
  /** Seconds since the master started. */
  uptime: number;
  port: number;
  processes: AgedSnapshot[];
  /** Restarts of children so far, newest last, at most the last 100. */
  restarts: {
    role: string;
    id: number;
    pid: number;
    at: string;
    code: number | null;
    signal: string | null;
    lastWords?: string;
  }[];
}

/** The figures of a snapshot that only the role itself knows. */
export type RoleFigures = Pick<
  Snapshot,
  'accepted' | 'connections' | 'counters' | 'messagesIn' | 'messagesOut'
>;

/**
 * Begins to watch this process. Each call of the returned function reads the role's own figures and gives
 * them with those of the process as one snapshot.
 */
export function createSnapshots(role: Snapshot['role'], id: number, read: () => RoleFigures): () => Snapshot {
  const readEventLoop = watchEventLoop();
  const readGcMs = watchGc();
  let memory = process.memoryUsage();
  return () => {
    const cpu = process.cpuUsage();
    memory = readMemory() ?? memory;
    return {
      role,
      id,
      pid: process.pid,
      at: performance.now(),
      cpuMicros: cpu.user + cpu.system,
      rssBytes: memory.rss,
      heapUsedBytes: memory.heapUsed,
      eventLoop: readEventLoop(),
      gcMs: readGcMs(),
      ...read(),
    };
  };
}

/** Undefined when the system does not tell: with no descriptor left /proc cannot be opened, and that is no reason to end. */
function readMemory(): NodeJS.MemoryUsage | undefined {
  try {
    return process.memoryUsage();
  } catch {
    return undefined;
  }
}
