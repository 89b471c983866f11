/** What the host's own counters say: processor time stolen by its neighbours, time in use, free memory. */
import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { type NetworkCounters, readNetwork, readTables, type TableShares } from '../host/index.ts';

/** Share of processor time over the last interval, percent of all cores. */
export interface HostUse {
  stealPercent: number;
  busyPercent: number;
  /** The part of it that processes took: no interrupts, and nothing stolen. */
  processPercent: number;
  memoryFreeBytes: number;
  /** Counted over the last interval. */
  network: NetworkCounters;
  /** Now. */
  tables: TableShares;
}

interface Ticks {
  total: number;
  idle: number;
  processes: number;
  steal: number;
}

/** Makes a function that tells the use since its previous call. Where /proc is missing it tells zeros. */
export function createHostMeter(read: () => string = readStat): () => HostUse {
  let before = ticksOf(read());
  let network = readNetwork();
  return () => {
    const now = ticksOf(read());
    const counted = readNetwork();
    const total = now.total - before.total;
    const share = (part: number) => (total > 0 ? (100 * part) / total : 0);
    const use = {
      stealPercent: share(now.steal - before.steal),
      busyPercent: share(total - (now.idle - before.idle)),
      processPercent: share(now.processes - before.processes),
      memoryFreeBytes: freemem(),
      network: since(network, counted),
      tables: readTables(),
    };
    before = now;
    network = counted;
    return use;
  };
}

function since(before: NetworkCounters, now: NetworkCounters): NetworkCounters {
  return {
    segmentsSent: now.segmentsSent - before.segmentsSent,
    segmentsRetransmitted: now.segmentsRetransmitted - before.segmentsRetransmitted,
    listenOverflows: now.listenOverflows - before.listenOverflows,
  };
}

function readStat(): string {
  try {
    return readFileSync('/proc/stat', 'utf8');
  } catch {
    return ''; // Not Linux.
  }
}

/** First line of /proc/stat: cpu user nice system idle iowait irq softirq steal guest guest_nice. */
function ticksOf(stat: string): Ticks {
  const fields = /^cpu\s+(.*)$/m.exec(stat)?.[1]?.split(/\s+/).map(Number) ?? [];
  // Guest time is contained in user time already.
  const counted = fields.slice(0, 8);
  return {
    total: counted.reduce((sum, value) => sum + value, 0),
    idle: (fields[3] ?? 0) + (fields[4] ?? 0),
    processes: (fields[0] ?? 0) + (fields[1] ?? 0) + (fields[2] ?? 0),
    steal: fields[7] ?? 0,
  };
}
