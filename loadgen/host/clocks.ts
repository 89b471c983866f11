/**
 * The two clocks of a host. The monotonic one is the same for all its processes and is never set; the one of the
 * process counts from the wall clock as it was when the process began, and is never set from then on either.
 */
import { performance } from 'node:perf_hooks';

const NANOSECONDS_PER_MS = 1_000_000;

/** Milliseconds by the clock that all processes of this host share. Where it begins differs from host to host. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / NANOSECONDS_PER_MS;
}

/** Milliseconds since the epoch by this process's own clock. */
export function processClockMs(): number {
  return performance.timeOrigin + performance.now();
}

/** What this process's own clock shows when the host's monotonic clock shows this, milliseconds. */
export function onProcessClock(monotonic: number): number {
  return processClockMs() + monotonic - monotonicMs();
}
