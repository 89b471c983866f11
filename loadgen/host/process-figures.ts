/** What the kernel says of a process, read from outside so that asking costs the process nothing. Linux only. */
import { readFileSync } from 'node:fs';

/** The kernel counts processor time in hundredths of a second, on every architecture Node runs on. */
const MICROS_PER_TICK = 10_000;
const BYTES_PER_KB = 1_024;

/** Memory of one process, bytes. */
export interface Memory {
  rss: number;
  /** Pages that no other process has: what would come back if it ended. */
  private: number;
}

/** Processor time of some processes so far, user and system, microseconds. */
export function cpuMicros(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + microsOf(readFileSync(`/proc/${pid}/stat`, 'utf8')), 0);
}

/** Memory of one process. */
export function memoryOf(pid: number): Memory {
  return parseMemory(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
}

/** Reads utime and stime, fields 14 and 15. The name, field 2, can hold blanks and brackets of its own. */
export function microsOf(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  if (!Number.isInteger(user + system)) {
    throw new RangeError(`Cannot read processor time: wanted the fields of /proc/PID/stat, have "${stat}"`);
  }
  return (user + system) * MICROS_PER_TICK;
}

/** Reads a `smaps_rollup`. */
export function parseMemory(rollup: string): Memory {
  const kilobytes = (name: string): number => {
    const value = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(rollup)?.[1];
    if (value === undefined) {
      throw new RangeError(`Cannot read memory: "${name}" is missing in /proc/PID/smaps_rollup`);
    }
    return Number(value);
  };
  return {
    rss: kilobytes('Rss') * BYTES_PER_KB,
    private: (kilobytes('Private_Clean') + kilobytes('Private_Dirty')) * BYTES_PER_KB,
  };
}
