/**
 * What the kernel counted of the servers' core. The time it was idle is exact; who used it is only sampled, tick by
 * tick, which is off by half for a server that works in bursts a millisecond apart.
 */
import { readKernel } from '../../../host/index.ts';

/** Ticks are hundredths of a second, on every architecture Node runs on. */
const MICROS_PER_TICK = 10_000;

/** Microseconds since the start of the host. */
export interface CoreTime {
  /** In which nobody wanted it. */
  readonly idleMicros: number;
  /** In which another guest of the machine had it. */
  readonly stolenMicros: number;
}

/** Reads the time of one core, or of all together. */
export function readCoreTime(core: number | undefined, stat: string = readKernel('/proc/stat')): CoreTime {
  const name = `cpu${core ?? ''} `;
  const line = stat.split('\n').find((text) => text.startsWith(name)) ?? '';
  // user nice system idle iowait irq softirq steal; a core that waits for a disk has nothing to do.
  const [, , , idle = 0, waiting = 0, , , steal = 0] = line
    .slice(name.length)
    .trim()
    .split(/\s+/)
    .map(Number);
  return { idleMicros: (idle + waiting) * MICROS_PER_TICK, stolenMicros: steal * MICROS_PER_TICK };
}
