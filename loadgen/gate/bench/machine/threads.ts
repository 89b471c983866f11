/** What every thread of some processes ran and waited for a core, to the microsecond where the kernel tells. */
import { readdirSync } from 'node:fs';
import { microsOf, readKernel } from '../../../host/index.ts';

/** One reading: microseconds by thread. */
export interface ThreadTimes {
  readonly ran: ReadonlyMap<number, number>;
  /** Ready to run, on a core that another had. */
  readonly waited: ReadonlyMap<number, number>;
  /** Smallest step of these times. */
  readonly stepMicros: number;
}

const MICROS_PER_TICK = 10_000;
const NANOS_PER_MICRO = 1_000;

/** Reads the times of all threads; of those of a process that is gone, none. */
export function readThreads(pids: readonly number[]): ThreadTimes {
  const ran = new Map<number, number>();
  const waited = new Map<number, number>();
  let stepMicros = 1;
  for (const [pid, thread] of pids.flatMap(threadsOf)) {
    const schedule = readKernel(`/proc/${pid}/task/${thread}/schedstat`);
    if (schedule === '') {
      stepMicros = MICROS_PER_TICK;
      const stat = readKernel(`/proc/${pid}/task/${thread}/stat`);
      if (stat !== '') ran.set(thread, microsOf(stat));
    } else {
      const [ranNanos = 0, waitedNanos = 0] = schedule.split(' ').map(Number);
      ran.set(thread, ranNanos / NANOS_PER_MICRO);
      waited.set(thread, waitedNanos / NANOS_PER_MICRO);
    }
  }
  return { ran, waited, stepMicros };
}

/** Adds up how much the times have grown. A thread that ended counts for nothing, one that began from its start. */
export function growth(before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const [thread, micros] of after) sum += micros - (before.get(thread) ?? 0);
  return sum;
}

function threadsOf(pid: number): [pid: number, thread: number][] {
  try {
    return readdirSync(`/proc/${pid}/task`).map((name) => [pid, Number(name)]);
  } catch {
    return [];
  }
}
